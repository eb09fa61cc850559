"""What the institute sets for its report: names, fixed texts and orders."""

from __future__ import annotations

from dataclasses import dataclass, field

from yuqing.core.records import Tier
from yuqing.review.draft.orders import ENTERPRISES, MAINLAND, MINISTRIES, PREFACE, PROVINCES, SUBTITLE, TITLE
from yuqing.review.report.records import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Settings of the report; the defaults give a report that only lacks the institute and its contacts.

    ``ministries``, ``provinces`` and ``enterprises`` are orders: a label that is not in its list follows
    after those that are. ``expected`` are the provinces that 覆盖说明 names when they have no item. ``tiers``
    orders the links of a reprint cluster, best first.
    """

    title: str = TITLE
    subtitle: str = SUBTITLE
    institute: str = ""
    preface: str = PREFACE
    contacts: tuple[str, ...] = ()
    ministries: tuple[str, ...] = MINISTRIES
    provinces: tuple[str, ...] = PROVINCES
    enterprises: tuple[str, ...] = ENTERPRISES
    expected: tuple[str, ...] = MAINLAND
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
