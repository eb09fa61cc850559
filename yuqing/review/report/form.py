"""What the institute configures for its report: names, fixed texts and ordering."""

from __future__ import annotations

from dataclasses import dataclass, field

from yuqing.core.names import NO_NAMES, Names
from yuqing.core.records import Tier
from yuqing.review.report.records import Shown

TITLE = "“互联网+”发展情况"
SUBTITLE = "舆情监测"
PREFACE = (
    "本报告汇集本期监测时段内公开发布的“互联网+”相关信息，分国家部委、地方、企业、峰会与专题整理，"
    "每条均附原文链接，便于查证。监测来源为中国政府网、各部委及各省（区、市）政府门户、人民网、新华网等"
    "公开网站；同一消息的转载合并为一条，链接优先取自首发或权威来源。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Settings of the report; the defaults give a report that lacks only the institute and its contacts.

    ``names`` are those of keywords.yaml; rows follow their order, and labels not among them come last. ``tiers`` orders
    the links of a reprint cluster, best first.
    """

    title: str = TITLE
    subtitle: str = SUBTITLE
    institute: str = ""
    preface: str = PREFACE
    contacts: tuple[str, ...] = ()
    names: Names = NO_NAMES
    tiers: tuple[Tier, ...] = (
        "ministry",
        "province-gov",
        "central-gov",
        "central-media",
        "province-media",
        "commercial",
    )
    accepted_only: bool = False
    shown: Shown = field(default_factory=Shown)
