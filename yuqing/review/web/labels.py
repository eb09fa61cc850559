"""Chinese display names for code and templates."""

from __future__ import annotations

from typing import get_args

from yuqing.core.facets import FACETS, facet_texts, queue_filters, tag_text
from yuqing.core.labels import OUTCOMES, REASONS, RUN_STATES, SECTIONS, STATES
from yuqing.core.records import Document, ReviewState, Section, Tags

__all__ = [
    "ALL_STATES", "HEATS", "OUTCOMES", "REASONS", "RELEVANCE", "RUN_STATES", "SECTIONS", "SORTS", "SPANS", "STATES",
    "document_facts", "filter_names", "further_tags", "sections_text", "tag_text",
]  # fmt: skip

HEATS = {"2": "2 篇以上", "5": "5 篇以上", "10": "10 篇以上"}
SORTS = {"": "最新在前", "report": "报告顺序", "score": "把握大的在前", "unsure": "把握小的在前", "heat": "热度"}
SPANS = {"30": "30 天", "7": "7 天", "90": "90 天"}
RELEVANCE = {"": "相关条目", "low": "低于门槛", "all": "全部"}
DOCUMENT = {
    "number": "发文字号", "index": "索引号", "issuer": "发文机关", "written_on": "成文日期", "published_on": "发布日期",
    "topic": "主题分类", "validity": "有效性",
}  # fmt: skip


ALL_STATES: tuple[ReviewState, ...] = get_args(ReviewState)


def document_facts(document: Document) -> list[tuple[str, str, str]]:
    """The metadata that a document has: label, value, and the words they were read from."""
    return [
        (label, value, document.found_in.get(name, ""))
        for name, label in DOCUMENT.items()
        if (value := getattr(document, name))
    ]


def filter_names() -> dict[str, str]:
    """The filters displayed as collapsible lists of values."""
    return {**queue_filters(), "source": "来源"}


def sections_text(sections: tuple[Section, ...]) -> str:
    """The sections as display text."""
    return "、".join(SECTIONS[section] for section in sections) or "未归栏"


def further_tags(tags: Tags) -> dict[str, list[str]]:
    """The tags as display text by facet name, except facets with a form of their own."""
    return {facet.label: facet_texts(facet, tags) for facet in FACETS if facet.key not in ("sector", "region")}
