"""Figures bound to what they count: the row gives one member of a parallel the figure of another.

A figure's own words are those of its piece, with the clause before where the piece is elliptical. The row is wrong if
a rival, a figure of the same kind, has words of the row for its subject that the figure itself has not, while the
figure has none of the row's words for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from yuqing.review.check.clauses import Clause, Parsed, pairs, shares, words
from yuqing.review.check.numbers import Number, comparable, equal, find_numbers

_LISTED = re.compile(r"分别|\d[\d.]*[^，\d]{0,4}[、和与及]\d")  # a list not shared out: whose figure is whose is open
_FROM_TO = re.compile(r"^[^，\d]{0,8}[到至为成][^，\d]{0,3}$")
_LARGE = 10_000
_AFTER = 6  # characters behind a figure that say what it counts
_HEADS = ("n", "j", "l", "s", "b", "x", "eng", "vn", "f", "z", "ng", "an")
_GENERAL = re.compile(
    r"同比|环比|增[长加幅速至到]|下降|提[高升]|减少|达到|超过|约为|占比|其中|新增|累计|共有|总[数计量额]|合计|平均|目前|目标|计划|预计|今年|去年|全[国省市区县]|每[年月日天次]"
)


class _Bound(NamedTuple):
    """A figure with its own words, and the text of the piece it stands in."""

    number: Number
    content: frozenset[str]
    bare: frozenset[str]
    topic: frozenset[str]
    text: str


def of_other_figure(row: Parsed, article: Parsed, year: int) -> list[str]:
    """The figures of ``row`` that ``article`` gives for another member of a parallel."""
    told = _bound(article, year)
    found: list[str] = []
    stated = _bound(row, year)
    for said in stated:
        if _LISTED.search(said.text):
            continue
        own = [one for one in told if equal(one.number, said.number)]
        if not own:
            continue
        for rival in told:
            if equal(rival.number, said.number) or not comparable(rival.number, said.number):
                continue
            if any(equal(other.number, rival.number) for other in stated if other.text == said.text):
                continue
            if _both_stated(said, stated, own, rival) or any(one.text == rival.text for one in own):
                continue
            if all(_taken(said, one, rival) for one in own):
                number = said.number
                written = said.text[number.start : number.end + len(number.unit)]
                found.append(f"“{written}”与原文不符（原文为“{rival.text}”）")
                break
    return list(dict.fromkeys([*found, *_of_neighbours(stated, told, row, article)]))


def _of_neighbours(stated: tuple[_Bound, ...], told: tuple[_Bound, ...], row: Parsed, article: Parsed) -> Iterator[str]:
    """The figures that ``row`` gives to the neighbour of what the article counts: 水泥企业 for 焦化企业接入率76%."""
    for said in stated:
        own = [one for one in told if equal(one.number, said.number)]
        if len(own) != 1 or _LISTED.search(said.text):
            continue
        head = _first_noun(own[0].text)
        if not head or head in row.text:
            continue
        for sentence in article.sentences:
            for one, other in (*pairwise(sentence), *((b, a) for a, b in pairwise(sentence))):
                rival = _first_noun(other.text)
                kin = (pairs(own[0].text) & other.content) - said.topic
                if (
                    own[0].text in one.text
                    and rival
                    and rival in said.text
                    and rival not in one.text
                    and kin & said.content
                ):
                    yield f"“{rival}”的数与原文不符（原文为“{own[0].text}”）"


def _first_noun(text: str) -> str:
    """The noun that a clause begins with."""
    word, flag = (*words(text), ("", ""))[0]
    return word if len(word) > 1 and flag.startswith(_HEADS) and not _GENERAL.search(word) else ""


def _both_stated(said: _Bound, stated: tuple[_Bound, ...], own: list[_Bound], rival: _Bound) -> bool:
    """Whether the row gives the rival's figure too, and the two would fit no better the other way round."""
    return any(
        len(said.content & one.content) + len(other.content & rival.content)
        >= len(said.content & rival.content) + len(other.content & one.content)
        for other in stated
        if equal(other.number, rival.number)
        for one in own
    )


def _taken(said: _Bound, own: _Bound, rival: _Bound) -> bool:
    """Whether the row's words for its figure are those of ``rival`` and not of ``own``."""
    theirs = ((said.bare or said.content) & rival.content) - own.content - own.topic
    mine = (said.content & own.content) - rival.content
    return bool(theirs) and not mine and _names_one(theirs, rival.text)


def _names_one(shared: frozenset[str], text: str) -> bool:
    """Whether a noun of ``text`` is made of the ``shared`` pairs."""
    return any(
        len(word) > 1
        and flag.startswith(_HEADS)
        and pairs(word)
        and pairs(word) <= shared
        and not _GENERAL.search(word)
        for word, flag in words(text)
    )


@lru_cache(maxsize=64)
def _bound(text: Parsed, year: int) -> tuple[_Bound, ...]:
    return tuple(bound for sentence in text.sentences for bound in _of_sentence(sentence, year))


def _of_sentence(sentence: tuple[Clause, ...], year: int) -> Iterator[_Bound]:
    topic: frozenset[str] = frozenset()  # what stands before the first figure of the sentence
    before: frozenset[str] = frozenset()
    for clause in sentence:
        for part in shares(clause):
            numbers = [n for n in find_numbers(part, year) if _counts(n, part)]
            at = 0
            for number, after in zip(numbers, [*(n.start for n in numbers[1:]), len(part)], strict=False):
                front = part[at : number.start]
                behind = part[number.end : after][: _AFTER + len(number.unit)]
                content = pairs(front) | pairs(behind)
                bare = content if re.search(r"[一-鿿]{2}", _GENERAL.sub("", front)) else frozenset()
                if not _headed(front) or (at and _FROM_TO.match(front)):
                    content |= before
                yield _Bound(number, content, bare, topic, part)
                before = content
                at = number.end
            if not numbers:
                before = pairs(part)
                topic |= before


def _counts(number: Number, text: str) -> bool:
    """Whether it is a count or a share in digits, not the number of a line or a house."""
    if number.kind == "percent":
        return True
    large = number.value >= _LARGE  # no unit is needed: 4300万
    return number.kind == "plain" and text[number.start].isdigit() and (large or number.unit not in ("号", "次", ""))


def _headed(front: str) -> bool:
    """Whether the words before a figure name what it counts."""
    return any(
        len(word) > 1 and flag.startswith(_HEADS) and not _GENERAL.search(word) for word, flag in words(front.strip())
    )
