"""A name or word of the article that the row uses where the article has another of its kind.

The rest of the row's clause is searched for in the article; if the clauses that contain it name another place or body,
or the opposite, the row has mixed up two statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from classifiers.regions.scan import place_hits, place_names
from yuqing.review.check.clauses import DENIAL, Clause, Parsed, pairs, words
from yuqing.review.check.contrasts import PATTERNS

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


def misplaced(row: Parsed, article: Parsed) -> list[str]:
    """The names and contrasting words of ``row`` where ``article`` uses others in the corresponding statement."""
    found: list[str] = []
    for clause, _ in row.clauses:
        for name in _names(clause):
            best = _alike(pairs(clause.replace(name.text, "，")), article, _COVERED)
            if name.text not in article.text or any(_has(name.text, one, article) for one in best):
                continue
            others = (other for one in best for other in _names(one.text) if other.place == name.place)
            if rival := next(
                (o.text for o in others if not (pairs(o.text) & pairs(row.text) or o.text in row.text)), ""
            ):
                found.append(f"“{name.text}”（原文为“{rival}”）")
        found += _contrary(clause, article)
    return list(dict.fromkeys(found))


def _contrary(clause: str, told: Parsed) -> Iterator[str]:
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


def _alike(content: frozenset[str], told: Parsed, share: float) -> tuple[Clause, ...]:
    """The clauses that contain most of ``content``."""
    shared = [len(content & one.content) for one in told.clauses]
    top = max(shared, default=0)
    if top < max(_ENOUGH, share * len(content)):
        return ()
    return tuple(one for one, count in zip(told.clauses, shared, strict=True) if count >= top - 1)


def _names(clause: str) -> Iterator[_Name]:
    """The names of places and bodies in a clause."""
    run, proper = "", False
    for word, flag in (*words(clause), ("", "")):
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


def _has(name: str, one: Clause, told: Parsed) -> bool:
    """Whether the clause, or another of its sentence, contains the name in full or shortened."""
    own = pairs(name)
    return any(
        name in other.text or (own and 2 * len(own & other.content) >= len(own)) or _inside(name, other.text)
        for sentence in told.sentences
        if one in sentence
        for other in sentence
    )


def _inside(short: str, text: str) -> bool:
    """Whether a name in ``text`` contains the characters of ``short`` in their order: 工行 in 工商银行."""
    return any(_in_order(short, name.text) for name in _names(text))


def _in_order(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short)
