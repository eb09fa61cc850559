"""The chapter headings behind the tables, the same in every format."""

from __future__ import annotations

from yuqing.review.report.records import Report, Topic

SUMMARY = "【舆情总结】"
SUMMITS = "四、相关峰会"
NO_SUMMITS = "本期未监测到相关峰会、论坛。"
COMPARISON = "附一、与上期比较"
CONTACTS = "联系人"
VERSIONS = "版本"
VERSION_NAMES = {"keywords": "关键词表", "sources": "来源表", "yuqing": "程序"}
CHANGE_NAMES = {"new": "新增", "up": "上升", "down": "下降", "gone": "消失", "same": "持平"}


def topic_title(topic: Topic) -> str:
    """“两会”专题 for a topic called 两会 or 两会专题."""
    return topic.name if topic.name.endswith("专题") else f"“{topic.name.strip('“”')}”专题"


def topics_heading(report: Report) -> str:
    """五、“两会”专题 for one topic, 五、专题 for several."""
    return "五、" + (topic_title(report.topics[0]) if len(report.topics) == 1 else "专题")


def has_comparison(report: Report) -> bool:
    """Whether there is something to compare with, and so a first appendix."""
    return bool(report.changes or report.new_words)


def coverage_heading(report: Report) -> str:
    """附二、覆盖说明 behind a comparison, 附、覆盖说明 alone."""
    return f"附{'二' if has_comparison(report) else ''}、覆盖说明"


def version_texts(report: Report) -> list[str]:
    """What the report was made with, a text each."""
    return [f"{VERSION_NAMES.get(version.name, version.name)}：{version.value}" for version in report.versions]
