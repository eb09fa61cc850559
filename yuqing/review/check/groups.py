"""Figures of several places or bodies, reported one after the other: the row gives one of them a figure of the next.

高新区受理申请286件、通过241件，经开区受理175件、通过139件: each figure belongs to the name at the start of its
clause or of one before it in the sentence, and is told from the others of that name by its label (通过).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from yuqing.review.check.clauses import Clause, Parsed, pairs, shares, words
from yuqing.review.check.numbers import Number, comparable, equal, find_numbers

_HEAD = re.compile(
    r"^(?:其中|而|同期|此外|据|由|在|对)?(?P<head>(?![全各本该我两同另])[一-鿿]{1,12}?"
    r"(?:[省市县区州旗镇乡村局厅院校所社站馆]|公司|集团|中心|平台|银行|大学|医院|机场|口岸|号线))(?=[一-鿿\d])"
)
_FRONT = re.compile(r"[，。；：、\d]")
_MOST = 0.6  # share of the shorter of two labels
_NO_NAME = re.compile(r"[年月日全她他我该本各每]")


class _Owned(NamedTuple):
    """A figure with the name that owns it, "" where none is named, and its label."""

    number: Number
    owner: str
    label: frozenset[str]
    text: str


def of_next_owner(row: Parsed, article: Parsed, year: int) -> list[str]:
    """The figures of ``row`` that ``article`` gives to another name than the row does."""
    told = _owned(article, year)
    owners = {one.owner for one in told if one.owner}
    found: list[str] = []
    for said, label, owner in _with_owner(row, owners, year):
        own = [one for one in told if equal(one.number, said)]
        if not own or not owner or any(one.owner in owner or owner in one.owner for one in own):
            continue
        for rival in told:
            if rival.owner != owner or equal(rival.number, said) or not comparable(rival.number, said):
                continue
            if _alike(label, rival.label) and all(_alike(one.label, rival.label) for one in own):
                found.append(f"“{owner}”的数与原文不符（原文为“{rival.text}”）")
                break
    return list(dict.fromkeys(found))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two labels may be the same: most of the shorter one is in both."""
    return bool(one and other) and len(one & other) >= _MOST * min(len(one), len(other))


def _with_owner(row: Parsed, owners: set[str], year: int) -> Iterator[tuple[Number, frozenset[str], str]]:
    """Each figure of ``row`` with its label and the last of the article's owners named before it."""
    for number in find_numbers(row.text, year):
        if number.kind in ("plain", "percent"):
            named = {row.text.rfind(owner, 0, number.start): owner for owner in sorted(owners, key=len)}
            last = max(named, default=-1)
            front = _FRONT.split(row.text[: number.start])[-1]
            yield number, pairs(front), named[last] if last >= 0 else ""


@lru_cache(maxsize=64)
def _owned(text: Parsed, year: int) -> tuple[_Owned, ...]:
    return tuple(owned for sentence in text.sentences for owned in _of_sentence(sentence, year))


def _of_sentence(sentence: tuple[Clause, ...], year: int) -> Iterator[_Owned]:
    owner = ""
    for clause in sentence:
        for part in shares(clause):
            head = _HEAD.match(part)
            if head and (_NO_NAME.search(head["head"]) or words(head["head"])[0][1].startswith("v")):
                head = None
            owner = head["head"] if head else owner
            at = head.end() if head else 0
            for number in find_numbers(part, year):
                if number.kind in ("plain", "percent"):
                    yield _Owned(number, owner, pairs(part[at : number.start]), part)
                    at = number.end + len(number.unit)
