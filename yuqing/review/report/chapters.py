"""The chapter headings after the tables, the same in every format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yuqing.core.names import NO_NAMES
from yuqing.review.report.records import Paragraph, Report, Segment, Topic
from yuqing.review.report.sections import section_heading

_SUMMARY = "【舆情总结】"
NO_SUMMITS = "本期未监测到相关峰会、论坛。"
COMPARISON = "附一、与上期比较"
_CONTACTS = "联系人"
PREFACE = "前言"
CORRECTIONS = "更正"
VERSIONS = "版本"
VERSION_NAMES = {"keywords": "关键词表", "sources": "来源表", "yuqing": "程序"}
CHANGE_NAMES = {"new": "新增", "up": "上升", "down": "下降", "gone": "消失", "same": "持平"}


def topic_title(topic: Topic) -> str:
    """“两会”专题 for a topic called 两会 or 两会专题."""
    return topic.name if topic.name.endswith("专题") else f"“{topic.name.strip('“”')}”专题"


def _topics_heading(report: Report) -> str:
    """五、“两会”专题 for one topic, 五、专题 for several."""
    several = section_heading("special", NO_NAMES)
    return f"五、{topic_title(report.topics[0])}" if len(report.topics) == 1 else several


# The chapters without a table, each with its default heading.
NAMED: Mapping[str, Callable[[Report], str]] = {
    "summary": lambda report: _SUMMARY,
    "summit": lambda report: section_heading("summit", NO_NAMES),
    "special": _topics_heading,
    "contacts": lambda report: _CONTACTS,
}


def heading(report: Report, name: str) -> str:
    """The heading of one of the chapters :data:`NAMED`."""
    return report.headings.get(name) or NAMED[name](report)


def unreviewed(report: Report) -> Paragraph:
    """A notice that the report contains drafts nobody has reviewed; () if it does not."""
    printed = report.entries()[: len(report.entries()) - len(report.unplaced)]
    entries = [entry for entry in printed if not entry.cross_listed]
    pending = tuple(entry.id for entry in entries if entry.state == "pending")
    if not pending:
        return ()
    every = tuple(entry.id for entry in entries)
    return (
        Segment(text="本报告"), Segment(text=str(len(every)), refs=every), Segment(text="条中，"),
        Segment(text=str(len(pending)), refs=pending), Segment(text="条尚未经人工审核，文字由程序据原文起草。"),
    )  # fmt: skip


def has_comparison(report: Report) -> bool:
    """Whether there is something to compare with, and hence a first appendix."""
    return bool(report.changes or report.new_words)


def coverage_heading(report: Report) -> str:
    """附二、覆盖说明 after a comparison, otherwise 附、覆盖说明."""
    return f"附{'二' if has_comparison(report) else ''}、覆盖说明"


def version_texts(report: Report) -> list[str]:
    """The versions the report was made with, one text each."""
    return [f"{VERSION_NAMES.get(version.name, version.name)}：{version.value}" for version in report.versions]
