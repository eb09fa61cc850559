"""Rates of change and what they belong to: 34 % of cross-border parcels given to all parcels, or a rise told as a fall.

A rate belongs to the figure before it in its clause or the one before that (507.1亿件，比上年增长26.6%).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from yuqing.review.check.derived import rounds
from yuqing.review.check.numbers import Number, equal, find_numbers

_UP = "增长|增加|上升|提高|提升|回升|上涨|扩大|增|涨|升|多|高"
_DOWN = "下降|减少|下滑|回落|降低|缩小|下跌|减|降|跌|少|低"
_COMPARED = r"(?:同比|环比|[较比][^，。；：、]{1,8}?|年均|月均)"
_CHANGE = re.compile(
    r"(?P<base>\d[\d.,]*(?:万亿|[万亿])?(?:%)?(?:[^，。；：、\d]|(?<=\d)、){0,6}?)(?:[，（])?"
    rf"(?:(?P<times>(?:是|为|相当于|达到?)(?:去年|上年)?(?:同期|同比)?的?\d[\d.]*倍)"
    rf"|(?P<than>{_COMPARED})?(?:净|大幅|均|约|又|再|将|实现|明显|持续|显著|小幅|略)*(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
    r"(?:了|约|近|逾|超过?|达到?|率为?|幅度?达?为?)*(?P<rate>\d[\d.,]*(?:%|倍|个百分点))?)"
)
_ENDS = "，。；、）！？"


class _Growth(NamedTuple):
    """A figure with how it changed: ``rate`` as written, None where the text only says which way."""

    base: Number
    up: bool
    rate: Number | None
    text: str


def other_growths(row: str, article: str, year: int) -> list[str]:
    """The rates and directions of ``row`` that ``article`` does not give to the figure before them."""
    told = _growths(article, year)
    found: list[str] = []
    for said in _growths(row, year):
        own = [one for one in told if _same(said.base, one.base)]
        if not own:
            continue
        turned = all(one.up != said.up for one in own)
        if turned or (said.rate and all(one.rate and not _agrees(said.rate, one.rate, row) for one in own)):
            found.append(f"“{said.text}”与原文不符（原文为“{own[0].text}”）")
    return list(dict.fromkeys(found))


def _same(one: Number, other: Number) -> bool:
    return equal(one, other) and (one.unit == other.unit or not one.unit or not other.unit)


def _agrees(said: Number, told: Number, row: str) -> bool:
    if {said.unit, told.unit} == {"", "个百分点"} or {said.kind, told.kind} == {"plain", "percent"}:
        return True  # one compares shares, the other counts: both may be said of one figure
    return equal(said, told) or rounds(said, row, told)


@lru_cache(maxsize=64)
def _growths(text: str, year: int) -> tuple[_Growth, ...]:
    return tuple(_found(text, year))


def _found(text: str, year: int) -> Iterator[_Growth]:
    numbers = {number.start: number for number in find_numbers(text, year)}
    for match in _CHANGE.finditer(text):
        base = numbers.get(match.start("base"))
        if base is None or base.kind not in ("plain", "percent"):
            continue
        rate = numbers.get(match.start("rate")) if match["rate"] else None
        if match["times"]:
            yield _Growth(base, True, None, match[0])
        elif rate or (match["than"] and text[match.end() : match.end() + 1] in _ENDS):
            yield _Growth(base, bool(match["up"]), rate, match[0])
