"""A name or word of the article that the row uses where the article has another of its kind.

The rest of the row's clause is searched for in the article; if the clauses that contain it name another place or body,
or the opposite, the row has mixed up two statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from classifiers.regions.scan import place_hits, place_names
from yuqing.core.segment import tagged
from yuqing.review.check.clauses import DENIAL, pairs
from yuqing.review.check.contrasts import PATTERNS

_CLAUSE = re.compile(r"(?:《[^》]*》|“[^”]*”|[^，。；：！？\n])+")
_SENTENCE_END = re.compile(r"[。！？；\n]")
_PROPER = ("nt", "nr", "nz", "j")
_NAMING = ("n", "j", "l", "b", "s", "x", "eng")
_MARKS = "，。“”（）《》、"
_BODY = re.compile(r"..(?:局|厅|委|部|署|院|公司|集团|大学|银行|中心|政府|医院|协会|海关|支行|机场|港)$")
_COVERED = 0.5  # share of the rest of the row's clause that an article's clause must contain
_ENOUGH = 4  # pairs of it at least
_STRICT = 0.7  # the same if a word merely excludes the other


class _Name(NamedTuple):
    text: str
    place: bool


class _Told(NamedTuple):
    text: str
    content: frozenset[str]
    sentence: int


def misplaced(row: str, article: str) -> list[str]:
    """The names and contrasting words of ``row`` where ``article`` uses others in the corresponding statement."""
    told = _told(article)
    found: list[str] = []
    for clause in (match[0] for match in _CLAUSE.finditer(row)):
        for name in _names(clause):
            best = _alike(pairs(clause.replace(name.text, "，")), told, _COVERED)
            if name.text not in article or any(_has(name.text, one, told) for one in best):
                continue
            others = (other for one in best for other in _names(one.text) if other.place == name.place)
            if rival := next((o.text for o in others if not (pairs(o.text) & pairs(row) or o.text in row)), ""):
                found.append(f"“{name.text}”（原文为“{rival}”）")
        found += _contrary(clause, told)
    return list(dict.fromkeys(found))


def _contrary(clause: str, told: tuple[_Told, ...]) -> Iterator[str]:
    """Words of ``clause`` whose statement in the article uses the opposite, although the article has them elsewhere."""
    for patterns in PATTERNS:
        for kind in patterns:
            match = kind.search(clause)
            if not match or len(match[0]) < 2 or DENIAL.search(clause):
                continue
            if sum(bool(one.search(clause)) for one in patterns) > 1:
                continue
            best = _alike(pairs(clause[: match.start()] + "，" + clause[match.end() :]), told, _STRICT)
            if not best or any(kind.search(one.text) for one in best):
                continue
            others = [found for one in best for other in patterns if (found := other.search(one.text))]
            if others and len(others[0][0]) > 1:
                yield f"“{match[0]}”（原文为“{others[0][0]}”）"


@lru_cache(maxsize=8)
def _told(article: str) -> tuple[_Told, ...]:
    """The clauses of ``article``; cached, because a row is checked at each edit."""
    found: list[_Told] = []
    sentence = 0
    for match in _CLAUSE.finditer(article):
        found.append(_Told(match[0].strip(), pairs(match[0]), sentence))
        sentence += bool(_SENTENCE_END.match(article, match.end()))
    return tuple(found)


def _alike(content: frozenset[str], told: tuple[_Told, ...], share: float) -> tuple[_Told, ...]:
    """The clauses that contain most of ``content``."""
    shared = [len(content & one.content) for one in told]
    top = max(shared, default=0)
    if top < max(_ENOUGH, share * len(content)):
        return ()
    return tuple(one for one, count in zip(told, shared, strict=True) if count >= top - 1)


def _names(clause: str) -> Iterator[_Name]:
    """The names of places and bodies in a clause."""
    run, proper = "", False
    for word, flag in (*tagged(clause), ("", "")):
        if word and flag.startswith(_NAMING) and word not in _MARKS:
            run += word
            proper |= flag.startswith(_PROPER)
            continue
        if len(run) > 1:
            known = place_names()
            hits = [known[index] for _, _, index in place_hits(run)]
            place = any(hit.kind == "name" and not (hit.weak or hit.ordinary) for hit in hits)
            if _BODY.search(run) or proper:
                yield _Name(run, False)
            elif place:
                yield _Name(run, True)
        run, proper = "", False


def _has(name: str, one: _Told, told: tuple[_Told, ...]) -> bool:
    """Whether the clause, or another of its sentence, contains the name in full or shortened."""
    own = pairs(name)
    for other in told:
        if other.sentence == one.sentence and (
            name in other.text or (own and 2 * len(own & other.content) >= len(own)) or _inside(name, other.text)
        ):
            return True
    return False


def _inside(short: str, text: str) -> bool:
    """Whether a name in ``text`` contains the characters of ``short`` in their order: 工行 in 工商银行."""
    return any(_in_order(short, name.text) for name in _names(text))


def _in_order(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short)
