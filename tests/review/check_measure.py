"""How quiet and how sharp the check of a row against its article is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from time import process_time

from classifiers.names import names_of
from tests.review.row_measure import Half, item, lines, row_cases, rules
from yuqing.core.names import Names
from yuqing.core.records import Item
from yuqing.review.check.doubts import doubts


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence with what the check doubted in it, in how many ``milliseconds`` of the processor.

    ``planted`` is the kind of its error, "" for a true one.
    """

    id: str
    sentence: str
    planted: str
    doubted: tuple[str, ...]
    milliseconds: float


@cache
def names() -> Names:
    """The names of the keywords.yaml of the checkout."""
    return names_of(rules().keywords)


@cache
def _story(title: str, text: str, day: str) -> Item:
    return item(title, text, day)


def _doubted(sentence: str, story: Item) -> tuple[str, ...]:
    allowed = [unit for r in story.tags.regions for unit in (r.province, r.city, r.county) if unit]
    return tuple(doubts(sentence, story.article, names(), allowed))


def checked(half: Half) -> list[Checked]:
    """Every sentence of one half, checked against its article."""
    found = []
    for case in lines("checks", half):
        source = case["source"]
        story = _story(source["title"], source["text"], source["date"])
        began = process_time()
        said = _doubted(case["sentence"], story)
        took = 1000 * (process_time() - began)
        found.append(Checked(case["id"], case["sentence"], "" if case["true"] else case["planted"] or "?", said, took))
    return found


def rows_doubted(half: Half) -> tuple[int, int]:
    """How many of the rows that a person wrote for whole articles are doubted, and how many there are."""
    found = [bool(_doubted(case.row, case.item)) for case in row_cases(half)]
    return sum(found), len(found)
