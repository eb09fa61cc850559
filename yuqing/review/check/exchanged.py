"""Two names that have changed places around a verb: 甲县选派医生到乙市 for 乙市选派医生到甲县."""

from __future__ import annotations

import re
from functools import lru_cache

from yuqing.review.check.actors import actors
from yuqing.review.check.aligned import closest
from yuqing.review.check.clauses import Parsed, words

_MUTUAL = re.compile(r"签|合作|共建|联合|达成|共同|携手")  # what both do
_WAYS = ("到", "赴", "往")


def changed_places(row: Parsed, article: Parsed) -> list[str]:
    """The acts of ``row`` that the same statement of ``article`` has only the other way round."""
    found: list[str] = []
    for clause in row.clauses:
        said = _acts(clause.text)
        for told in closest(clause, (), article) if said else ():
            its = _acts(told.clause.text)
            for one, verb, other in said:
                turned = any(act == verb and _same(one, to) and _same(other, of) for of, act, to in its)
                if turned and not any(act == verb and _same(one, of) and _same(other, to) for of, act, to in its):
                    found.append(f"“{clause.text}”（原文为“{told.clause.text}”）")
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _acts(text: str) -> tuple[tuple[str, str, str], ...]:
    """Each verb of a clause with a name before and one behind it."""
    names = actors(text)
    found: list[tuple[str, str, str]] = []
    at = 0
    for word, flag in words(text):
        start, at = at, at + len(word)
        act = flag.startswith("v") and (len(word) > 1 or word in _WAYS) and not _MUTUAL.search(word)
        if act and not any(one.start <= start < one.end for one in names):
            before = [one.name for one in names if one.end <= start]
            behind = [one.name for one in names if one.start >= at]
            found += [(one, word, other) for one in before for other in behind if not _same(one, other)]
    return tuple(found)


def _same(one: str, other: str) -> bool:
    return one in other or other in one
