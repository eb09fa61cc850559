"""How many proposals of one event are right, and how many of the pairs that tell one are proposed."""

from __future__ import annotations

from dataclasses import dataclass

from tests.review.row_measure import Half, item, lines
from yuqing.review.check.same_event import Around, likeness


@dataclass(frozen=True, slots=True)
class EventFigures:
    """``proposed`` pairs, of which ``right`` tell one event; ``same`` of all ``pairs`` do."""

    pairs: int
    same: int
    proposed: int
    right: int


def event_figures(half: Half) -> EventFigures:
    """The figures of one half."""
    proposed = right = same = 0
    cases = lines("events", half)
    stories = [tuple(item(case[k]["title"], case[k]["text"], case[k]["date"]) for k in "ab") for case in cases]
    around = Around(one for pair in stories for one in pair)
    for case, (one, other) in zip(cases, stories, strict=True):
        found = likeness(one, other, around).same
        same += case["same"]
        proposed += found
        right += found and case["same"]
    return EventFigures(len(cases), same, proposed, right)
