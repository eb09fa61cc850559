"""The day with which a row begins, where the article has another day for that act: 27日 for what was signed on 26日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from yuqing.review.check.actors import actors
from yuqing.review.check.aligned import Told, closest
from yuqing.review.check.clauses import Clause, Parsed, pairs
from yuqing.review.check.days import REPORTED
from yuqing.review.draft.dates import DayMention, find_days

_ENOUGH = 4  # pairs of characters in a clause that tells of an act


def of_another_day(row: Parsed, article: Parsed, published: date) -> list[str]:
    """The first day of ``row``, if the article's statements of its act all have another day before them."""
    days = find_days(row.text, published)
    if not days or days[0].start or not days[0].first or REPORTED.match(row.text, days[0].end):
        return []
    said = days[0]
    act = re.split("[，：。；]", row.text[said.end :].lstrip("，"))[0]
    clause = Clause(act, pairs(act))
    told = closest(clause, actors(act), article) if len(clause.content) >= _ENOUGH else []
    dated = [_days(one, published) for one in told]
    if not told or not all(dated) or any(_may_be(said, day) for its in dated for day in its):
        return []
    if not any(_may_be(said, day) for day in _named(article.text, published)):
        return []  # reported on its own
    return [f"“{row.text[: said.end]}”（原文为“{'，'.join(one.text for one in told[0].before)}”）"]


def _named(text: str, published: date) -> Iterator[DayMention]:
    """The days of ``text`` that are written out and not the day of a report."""
    for day in find_days(text, published):
        if not day.relative and not REPORTED.match(text, day.end):
            yield day


def _days(told: Told, published: date) -> list[DayMention]:
    """The days in the sentence of a statement; none if its last day before it is not one of an event."""
    text = "，".join(one.text for one in told.before)
    before = [day for day in find_days(text, published) if not REPORTED.match(text, day.end)]
    if not before or before[-1].role != "event" or before[-1].relative:
        return []
    return [*before, *find_days(told.after, published)]


def _may_be(said: DayMention, other: DayMention) -> bool:
    """Whether the days overlap."""
    if not (said.first and said.last and other.first and other.last):
        return True
    return said.first <= other.last and other.first <= said.last
