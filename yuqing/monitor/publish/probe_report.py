"""The report of a probe round: one Chinese line per source, worst first, as text, HTML and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape

from crawler.probe.records import STATES, WORKING, Probe, Verdict
from yuqing.core.errors import YuqingError
from yuqing.core.jsonio import to_json, to_plain
from yuqing.core.times import now
from yuqing.review.web.details import chinese_detail

METHODS = {
    "source": "来源选择器",
    "family": "CMS 家族",
    "density": "正文密度",
    "run": "正文密度",
    "trafilatura": "trafilatura",
}
"""How an article's body was found."""
DATES = {"label": "页面标注", "url": "网址", "listing": "列表", "meta": "元数据", "library": "推断"}
_ORDER = list(Verdict)
NAME = "sources-probe"


@dataclass(frozen=True, slots=True)
class Proposed:
    """The proposals of a round as changes to sources.yaml: the reliable ones, and all."""

    sure: str
    unsure: str


def line_of(probe: Probe) -> str:
    """Everything important about a source in one Chinese line."""
    asked = [seen for seen in probe.lists if seen.state != "unasked"]
    good = sum(seen.state in WORKING for seen in asked)
    newest = max((seen.newest for seen in asked if seen.newest), default=None)
    read = sum(article.whole for article in probe.articles)
    parts = [f"列表 {good}/{len(asked)}"]
    if len(asked) < len(probe.lists):
        parts[0] += f"（另 {len(probe.lists) - len(asked)} 个本次未问）"
    parts.append(f"最新 {newest}" if newest else "没有日期")
    parts.append(f"文章 {read}/{len(probe.articles)}" + (f"（{methods_of(probe)}）" if read else ""))
    if probe.proposals:
        sure = sum(each.sure for each in probe.proposals)
        parts.append(f"修改建议 {len(probe.proposals)} 条" + (f"，{sure} 条可直接应用" if sure else "，待确认"))
    line = f"{probe.verdict}　{probe.source_id} {probe.name}：{'；'.join(parts)}"
    note = note_of(probe)
    return f"{line}。{note}" if note else line


def note_of(probe: Probe) -> str:
    """What is wrong, in a few Chinese words; empty if nothing is."""
    told = []
    asked = [seen for seen in probe.lists if seen.state not in (*WORKING, "unasked")]
    for state in dict.fromkeys(seen.state for seen in asked):
        first = next(seen for seen in asked if seen.state == state)
        detail = f"（{chinese_detail(first.detail)}）" if first.detail else ""
        told.append(f"{first.channel or first.url}：{STATES[state]}{detail}")
    lacking = [article for article in probe.articles if not article.whole]
    if lacking:
        why = f"（{chinese_detail(lacking[0].rejected)}）" if lacking[0].rejected else ""
        told.append(f"{len(lacking)} 篇文章没有读全{why}")
    if wrong := sum(article.agrees is False for article in probe.articles):
        told.append(f"{wrong} 篇的日期与列表不同")
    return "；".join(told)


def methods_of(probe: Probe) -> str:
    """The methods by which the bodies were found."""
    counts = Counter(METHODS.get(each.method, each.method) for each in probe.articles if each.whole)
    return "、".join(counts)


def worst_first(probes: Sequence[Probe]) -> list[Probe]:
    """The probes by verdict, then by id."""
    return sorted(probes, key=lambda probe: (_ORDER.index(probe.verdict), probe.source_id))


def write_probe_report(probes: Sequence[Probe], proposed: Proposed, out: Path) -> list[Path]:
    """Write ``sources-probe.html`` and ``sources-probe.json`` into ``out`` and return their paths."""
    files = {f"{NAME}.html": _html(probes, proposed).encode(), f"{NAME}.json": probe_json(probes)}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise YuqingError(f"{out}: cannot be written ({error.strerror}).") from error
    return [out / name for name in files]


def probe_json(probes: Sequence[Probe]) -> bytes:
    """The probes as one JSON object: the number of each verdict, then every probe, worst first."""
    counts = Counter(probe.verdict.value for probe in probes)
    return to_json(
        {
            "at": now().isoformat(timespec="seconds"),
            "verdicts": {verdict.value: counts[verdict.value] for verdict in _ORDER},
            "requests": sum(probe.requests for probe in probes),
            "sources": [{"line": line_of(probe), **to_plain(probe)} for probe in worst_first(probes)],
        }
    )


def _html(probes: Sequence[Probe], proposed: Proposed) -> str:
    pages = Environment(
        loader=PackageLoader("yuqing.monitor.publish", "."),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    counts = Counter(probe.verdict for probe in probes)
    pages.filters["chinese_detail"] = chinese_detail
    return pages.get_template("probe_report.html.jinja").render(
        probes=worst_first(probes),
        counts=[(verdict, counts[verdict]) for verdict in _ORDER],
        requests=sum(probe.requests for probe in probes),
        states=STATES,
        working=WORKING,
        methods=METHODS,
        dates=DATES,
        proposed=proposed,
        note_of=note_of,
        when=now(),
    )
