"""Where it is done, and in which direction: another place of the article for an act, 从 for 赴."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yuqing.review.check.clauses import Parsed, pairs, words

_AT = re.compile(r"[在于](?=[一-鿿]{3})")
_PLACES = ("ns", "n", "s", "nz", "nr", "nt", "f", "b", "j")
_LONGEST = 12  # characters of a place
_TO = r"(?:赴|前往|运往|发往|飞往|抵达|迁[至入往到])"
_FROM = r"(?:从|来自|自|源自|迁[出离])"
_WAY = re.compile(rf"(?:(?P<to>{_TO})|(?P<from>{_FROM}))(?P<place>[一-鿿]{{2}})")


def other_places(row: Parsed, article: Parsed) -> list[str]:
    """The places at which ``row`` locates something that ``article`` locates elsewhere, and reversed directions."""
    told = list(_at(article))
    found: list[str] = []
    for place, act in _at(row):
        same = [other for other, its in told if set(act) & set(its)]
        if same and place in article.text and not any(_may_be(place, other) for other in same):
            found.append(f"“在{place}{act}”（原文为“在{same[0]}”）")
    return found + _turned(row.text, article.text)


def _at(text: Parsed) -> Iterator[tuple[str, str]]:
    """Each 在 with a named place and the verb directly after it: 在昆明签订."""
    for clause, _ in text.clauses:
        for at in _AT.finditer(clause):
            place, proper = "", False
            for word, flag in words(clause[at.end() :]):
                if flag.startswith("v") and proper and len(word) > 1:
                    yield place, word
                    break
                if not flag.startswith(_PLACES) or len(place) > _LONGEST:
                    break
                place += word
                proper |= flag.startswith(("ns", "nz", "nr", "nt"))


def _may_be(one: str, other: str) -> bool:
    return bool(pairs(one) & pairs(other)) or one in other or other in one


def _turned(row: str, article: str) -> list[str]:
    ways: dict[str, set[str]] = {}
    for match in _WAY.finditer(article):
        ways.setdefault(match["place"], set()).add("to" if match["to"] else "from")
    return [
        f"“{match[0]}”（方向）"
        for match in _WAY.finditer(row)
        if (told := ways.get(match["place"])) and ("to" if match["to"] else "from") not in told
    ]
