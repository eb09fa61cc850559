"""The chapter headings behind the tables, the same in every format."""

from __future__ import annotations

from review.report import Report, Topic

SUMMARY = "【舆情总结】"
SUMMITS = "四、相关峰会"
NO_SUMMITS = "本期未监测到相关峰会、论坛。"
COMPARISON = "附一、与上期比较"
COVERAGE = "附二、覆盖说明"
CONTACTS = "联系人"
VERSIONS = "版本"
CHANGE_NAMES = {"new": "新增", "up": "上升", "down": "下降", "gone": "消失", "same": "持平"}


def topic_title(topic: Topic) -> str:
    """“两会”专题 for a topic called 两会 or 两会专题."""
    return topic.name if topic.name.endswith("专题") else f"“{topic.name.strip('“”')}”专题"


def topics_heading(report: Report) -> str:
    """五、“两会”专题 for one topic, 五、专题 for several."""
    return "五、" + (topic_title(report.topics[0]) if len(report.topics) == 1 else "专题")
