"""The records that drafting produces: rows, and the sentences they rest on."""

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

    ``date_start``/``date_end`` are the day or span that the row begins with; ``actor`` is who acts, in the row's words
    ("" if the row begins with something else); ``score`` orders the drafts of an item.
    """

    text: str
    date_start: date
    date_end: date
    kind: Kind
    actor: str
    evidence: tuple[Quote, ...]
    score: float
