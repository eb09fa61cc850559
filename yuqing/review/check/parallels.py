"""Two things that the article mentions in parallel, one of which the row replaces with the other.

They are siblings by their names (动态条码 and 静态条码), or each is at the start of its own piece of one sentence
(北疆740万亩、南疆410万亩; 粤东西北给予补助，珠三角自行解决).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, combinations, pairwise, permutations
from typing import NamedTuple

from yuqing.review.check.clauses import Clause, Parsed, pairs, shares, words

_FIGURE = re.compile(r"\d[\d.]*")
_YEAR = re.compile(r"20\d\d年")
_KINDS = ("n", "b", "a", "j", "l", "s")
_HEADS = ("n", "b", "j", "l", "s", "f")
_PROPER = ("ns", "nt", "nr", "nz", "j")  # a two-character head must be a proper name: 双方 and 项目 are not
_CONDITION = ("的", "时", "后")  # ends a clause that merely states a condition for the next one: 使用…的
_MUCH = 3  # pairs of characters by which the other's piece must be more similar to the row's clause
_FIGURE_WORTH = 2  # pairs that a figure counts as
_REPORTS = re.compile(r"会议|通报|报告|介绍|数据|[两三四五六七八九十\d][省市县区个家]")  # names no member
_SCOPES = "全各本该我两同另总"
_LONG = 8  # maximum characters of a head


class _Piece(NamedTuple):
    text: str
    content: frozenset[str]
    head: str
    proper: bool


def of_another(row: Parsed, article: Parsed) -> list[str]:
    """What ``row`` says of one of two parallel things and ``article`` of the other."""
    told, both = _read(article)
    found: list[str] = []
    said = [clause.text for clause in row.clauses]
    for mine, its in both:
        if its in row.text or mine not in row.text or mine in article.clauses[0].text:
            continue  # what the headline names is what all of it is about
        if any(mine in clause and _tells_of_other(clause, mine, its, told) for clause in said):
            found.append(f"“{mine}”（原文说的是“{its}”）")
    return list(dict.fromkeys(found))


@lru_cache(maxsize=8)
def _read(article: Parsed) -> tuple[tuple[_Piece, ...], tuple[tuple[str, str], ...]]:
    """The pieces of ``article`` and its parallel things; cached, because a row is checked at each edit."""
    sentences = [tuple(_pieces(sentence)) for sentence in article.sentences]
    both = dict.fromkeys((*_siblings(article.text), *(pair for pieces in sentences for pair in _neighbours(pieces))))
    return tuple(chain.from_iterable(sentences)), tuple(both)


def _tells_of_other(clause: str, mine: str, its: str, told: Sequence[_Piece]) -> bool:
    content = frozenset(pair for pair in pairs(clause) if pair not in mine and pair not in its)
    figures = set(_FIGURE.findall(clause))
    places = [one for one in told if figures & set(_FIGURE.findall(one.text))] or told

    def likeness(piece: _Piece) -> int:
        return len(content & piece.content) + _FIGURE_WORTH * len(figures & set(_FIGURE.findall(piece.text)))

    own = max((likeness(one) for one in places if mine in one.text), default=0)
    rival = max((likeness(one) for one in places if its in one.text and mine not in one.text), default=0)
    alone = places is not told and not any(mine in one.text for one in places)
    return rival >= own + _MUCH or (alone and rival > _FIGURE_WORTH and rival > own)


def _pieces(sentence: Iterable[Clause]) -> Iterator[_Piece]:
    """The clauses of ``sentence``, each with a preceding condition; a list of things with figures is split up."""
    before = ""
    for clause in sentence:
        for part in shares(clause):
            yield _Piece(before + part, pairs(before + part), *_head(part))
        before = clause.text if clause.text.endswith(_CONDITION) else ""


def _head(text: str) -> tuple[str, bool]:
    """The name at the start of a piece and whether it is a proper name, "" where it begins otherwise."""
    head, proper = "", False
    for word, flag in words(text.removeprefix("其中").strip()):
        if not flag.startswith(_HEADS) or word.endswith(("起", "前", "后")):
            break
        head += word
        proper |= flag.startswith(_PROPER)
    listed = text.startswith(f"{head}、")
    if _REPORTS.search(head):
        return "", False
    return head if (2 if proper else 3) <= len(head) <= _LONG and not listed else "", proper


def _neighbours(pieces: Iterable[_Piece]) -> Iterator[tuple[str, str]]:
    """The heads of adjacent pieces, in both directions, unless one is part of the other."""
    heads = [(piece.head, piece.proper) for piece in pieces if piece.head]
    for (one, proper), (other, its_proper) in pairwise(heads):
        if proper == its_proper and not (pairs(one) & pairs(other) or one in other or other in one):
            yield one, other
            yield other, one


def _siblings(article: str) -> Iterator[tuple[str, str]]:
    """Years, and words of the same length that differ in their first characters and end alike, in both directions."""
    yield from permutations(dict.fromkeys(_YEAR.findall(article)), 2)
    known = {(word, flag[0]) for word, flag in words(article) if 2 <= len(word) <= 4 and flag.startswith(_KINDS)}
    ending: dict[tuple[str, str], list[str]] = {}
    for word, flag in sorted(known):
        ending.setdefault((word[1:], flag), []).append(word)
    for alike in ending.values():
        alike = [word for word in alike if word[0] not in _SCOPES]
        for one, other in combinations(alike, 2):
            yield one, other
            yield other, one
