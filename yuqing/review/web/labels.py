"""The Chinese names of what the page shows, for code and templates."""

from __future__ import annotations

from typing import get_args

from yuqing.core.facets import FACETS, facet_texts, label_of, queue_filters
from yuqing.core.labels import OUTCOMES, REASONS, RUN_STATES, SECTIONS, STATES
from yuqing.core.records import ReviewState, Section, Tags

__all__ = [
    "ALL_STATES", "HEATS", "OUTCOMES", "REASONS", "RELEVANCE", "RUN_STATES", "SECTIONS", "SORTS", "SPANS", "STATES",
    "filter_names", "further_tags", "sections_text", "tag_text",
]  # fmt: skip

HEATS = {"2": "2 篇以上", "5": "5 篇以上", "10": "10 篇以上"}
SORTS = {"": "最新在前", "heat": "热度", "score": "相关度"}
SPANS = {"30": "30 天", "7": "7 天", "90": "90 天"}
RELEVANCE = {"": "相关条目", "low": "低于门槛", "all": "全部"}
RUN_STATES = {"running": "进行中", "done": "完成", "stopped": "中止", "failed": "失败", "crashed": "崩溃"}
FACETS = {
    "sector": "领域",
    "province": "省份",
    "ministry": "部委",
    "enterprise": "企业",
    "source": "来源",
}
EVIDENCE = {
    "sector": "领域",
    "region": "地区",
    "province": "地区",
    "ministry": "部委",
    "enterprise": "企业",
    "event": "活动",
    "topic": "专题",
    "section": "栏目",
    "relevant": "相关",
}
OUTCOMES: dict[str, str] = {
    Outcome.INDEXED: "新条目",
    Outcome.UPDATED: "更新",
    Outcome.UNCHANGED: "未变",
    Outcome.REPRINT: "转载",
    Outcome.NOT_RELEVANT: "不相关",
    Outcome.UNDATED: "无日期",
    Outcome.NOT_STORED: "入库被拒",
    Outcome.TOO_SHORT: "正文过短",
    Outcome.NO_TITLE: "无标题",
    Outcome.LIST_PAGE: "误为列表",
    Outcome.NOT_HTML: "非网页",
    Outcome.UNDECODABLE: "无法解码",
    Outcome.GARBLED: "乱码",
    Outcome.ERROR_PAGE: "错误页",
    Outcome.PART: "分页",
    Outcome.LISTING: "列表页",
    Outcome.LISTING_EMPTY: "列表无链接",
    Outcome.CONTROL: "对照页",
    Outcome.REFUSED: "拒绝访问",
    Outcome.BACKOFF: "暂停访问",
    Outcome.ROBOTS: "robots 禁止",
    Outcome.OFF_SITE: "跳出本站",
    Outcome.REDIRECT_LOOP: "循环跳转",
    Outcome.HTTP_ERROR: "HTTP 错误",
    Outcome.TOO_LARGE: "过大",
    Outcome.TIMEOUT: "超时",
    Outcome.NETWORK: "网络故障",
    Outcome.BAD_ADDRESS: "网址有误",
    Outcome.UNREADABLE: "存档损坏",
    Outcome.FAILED: "程序出错",
}

ALL_STATES: tuple[ReviewState, ...] = get_args(ReviewState)


def filter_names() -> dict[str, str]:
    """The filters that are folded lists of values."""
    return {**queue_filters(), "source": "来源"}


def sections_text(sections: tuple[Section, ...]) -> str:
    """The sections in words."""
    return "、".join(SECTIONS[section] for section in sections) or "未归栏"


def further_tags(tags: Tags) -> dict[str, list[str]]:
    """The tags in words by the names of their facets, but for those with a form of their own."""
    return {facet.label: facet_texts(facet, tags) for facet in FACETS if facet.key not in ("sector", "region")}


def tag_text(label: str) -> str:
    """A tag ``kind:name`` in words."""
    kind, colon, name = label.partition(":")
    if kind == "relevance" or not colon:
        return label_of(kind)
    if kind == "section":
        name = SECTIONS.get(name, name)
    return f"{label_of(kind)} {name}"
