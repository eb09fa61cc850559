"""What drafting makes: rows, and the sentences that they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["event", "report"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the article that a draft rests on, by its offsets in the title or body."""

    field: Literal["title", "body"]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft row. ``kind``: "event" on a known day, or "report" (消息) on the day of the report.

    ``date_start``/``date_end`` are the day or span that the row begins with; ``actor`` is who acts, as the
    row says it ("" where the row begins with something else); ``score`` orders the drafts of an item.
    """

    text: str
    date_start: date
    date_end: date
    kind: Kind
    actor: str
    evidence: tuple[Quote, ...]
    score: float
