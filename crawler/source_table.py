"""docs/sources.md: the sources as tables, generated from sources.yaml so that it is always up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from crawler.dialects import DIALECTS, SYSTEMS
from crawler.lists import ADAPTERS
from yuqing.core.labels import TIERS
from yuqing.core.provinces import mainland
from yuqing.core.records import Source

_CONFIDENCE = {"high": "高", "medium": "中", "low": "低"}
_READS = {
    "daily-archive": "每天一页的归档，从新往旧读",
    "fjdzapp": "福建 TRS 检索：列表页给栏目号，表单查询",
    "gkmlpt": "广东政府信息公开平台的接口",
    "html-list": "普通网页列表，按记录里的选择器",
    "jcms-xml": "大汉 JCMS 栏目页里的 XML 和 dataproxy 翻页",
    "jpaas": "大汉 jpaas：栏目页给参数，JSON 里包着网页片段",
    "json-feed": "JSON 或 JSONP 文件，键名写在记录里",
    "query-list": "江西 2025 年起的 /queryList 接口",
    "rss": "RSS 和 Atom",
    "sitemap": "站点地图，含索引和压缩文件",
    "trs-static": "TRS 静态栏目，index_1.html 往后翻",
    "ucap-json": "开普云 /common/search/ 接口，栏目号在列表页里",
    "xinhua-ds": "新华网发布系统的 ds_*.json",
}


def table(sources: Mapping[str, Source]) -> str:
    """The whole page as Markdown, in Chinese: totals, one table per tier, coverage, adapters and URL forms."""
    parts = [
        "# 来源",
        "本页由 `yuqing sources table` 从 sources.yaml 生成，不要手改。",
        _totals(sources.values()),
    ]
    for tier, title in TIERS.items():
        found = [source for source in sources.values() if source.tier == tier]
        if found:
            parts += [f"## {title}（{len(found)}）", _rows(found)]
    parts += ["## 各省覆盖", _coverage(sources.values())]
    parts += ["## 列表读法", _adapters(sources.values())]
    parts += ["## 网址写法", _dialects()]
    return "\n\n".join(parts) + "\n"


def _totals(sources: Iterable[Source]) -> str:
    every = list(sources)
    lists = sum(len(source.open_lists) for source in every)
    retired = sum(source.deprecated is not None for source in every)
    verified = sum(source.verified != "never" for source in every)
    return (
        f"共 {len(every)} 个来源、{lists} 个列表；停用 {retired} 个，实际访问核实过 {verified} 个。"
        "“资料”是该来源最近在什么年份的公开资料里见过，不等于现在可用；把握分高、中、低。"
    )


def _rows(sources: Iterable[Source]) -> str:
    lines = []
    for source in sources:
        adapters = Counter(list_page.adapter for list_page in source.open_lists)
        note = source.note
        if source.deprecated:
            note = f"**停用（{source.deprecated.date:%Y-%m-%d}）**：{source.deprecated.reason}　{note}"
        lines.append(
            (
                f"`{source.id}`",
                source.name,
                mainland()[source.province].short if source.province else "",
                "、".join(source.hosts),
                source.cms,
                source.encoding,
                "、".join(f"{name}×{count}" for name, count in adapters.items()),
                _CONFIDENCE[source.confidence],
                source.seen,
                "从未" if source.verified == "never" else f"{source.verified:%Y-%m-%d}",
                note,
            )
        )
    head = ("编号", "名称", "省份", "主机", "系统", "编码", "列表", "把握", "资料", "核实", "备注")
    return _markdown(head, lines)


def _coverage(sources: Iterable[Source]) -> str:
    columns = {"province-gov": "政府", "central-media": "中央媒体频道", "province-media": "地方媒体"}
    held: dict[str, dict[str, list[str]]] = {code: {tier: [] for tier in columns} for code in mainland()}
    for source in sources:
        if source.province and source.tier in columns and source.deprecated is None:
            held[source.province][source.tier].append(source.name)
    lines = [
        (province.short, *("、".join(held[code][tier]) for tier in columns)) for code, province in mainland().items()
    ]
    return _markdown(("省份", *columns.values()), lines)


def _adapters(sources: Iterable[Source]) -> str:
    users: dict[str, dict[str, int]] = {name: {} for name in sorted(ADAPTERS)}
    for source in sources:
        for list_page in source.open_lists:
            users[list_page.adapter][source.id] = users[list_page.adapter].get(source.id, 0) + 1
    lines = []
    for name, found in users.items():
        shown = "、".join(list(found)[:6]) + (" 等" if len(found) > 6 else "")
        lines.append((f"`{name}`", _READS[name], str(len(found)), str(sum(found.values())), shown))
    return _markdown(("读法", "读什么", "来源", "列表", "用它的来源"), lines)


def _dialects() -> str:
    systems: dict[str, list[str]] = {}
    for system, keys in SYSTEMS.items():
        for key in keys:
            systems.setdefault(key, []).append(system)
    lines = [
        (
            f"`{key}`",
            dialect.system,
            f"`{dialect.example}`",
            "日" if "d" in dialect.pattern.groupindex else "月" if "m" in dialect.pattern.groupindex else "无",
            "、".join(systems.get(key, [])),
        )
        for key, dialect in DIALECTS.items()
    ]
    return _markdown(("写法", "谁用", "例子", "含日期到", "哪些 cms 默认"), lines)


def _markdown(head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    rows = [head, ("---",) * len(head), *lines]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
