"""In which role a body takes part: the host of a row whom the article names as guide, supporter or lecturer's body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from yuqing.review.check.actors import actors
from yuqing.review.check.clauses import Parsed, pairs
from yuqing.review.check.names import shortened

_ROLES = {
    "主办": "主办|举办",
    "承办": "承办",
    "协办": "协办",
    "指导": "指导(?!意见|目录|员|价|性|思想|书)",
    "支持": "支持",
    "研发": "研发|开发(?!区)",
    "承建": "承建",
    "运营": "运营|代建|监制",
    "牵头": "牵头",
    "参与": "参与|参加|协助|配合",
}
_ROLE = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _ROLES.items()))
_BY = re.compile(
    r"由(?P<who>[^，。；由]{2,16}?)(?P<role>主办|承办|协办|指导|研发|开发|承建|建设|运营|牵头|承担|负担|主持|出资|组织|发起|管理|负责|提供)"
)
_KIND = 3  # characters of the kind of a body: 发改委
_BETWEEN = re.compile(  # between a body and its role
    r"(?:[、和与及]|等|[一两三四五六七八九十\d]+[家个部方]?|共同|联合|分别|负责|主要|会同|[于在][一-鿿]{2,8}?|单位|部门|机构|有关)*"
)


def other_roles(row: Parsed, article: Parsed, parents: tuple[str, ...]) -> list[str]:
    """The bodies to which ``row`` gives a role that ``article`` gives to others, while these have another there."""
    told = _roles(article)
    found: list[str] = []
    for name, role, written in _roles(row):
        own = {(its, words) for other, its, words in told if _same(name, other, parents)}
        given = any(its == role for _, its, _ in told)
        if own and given and role not in {its for its, _ in own}:
            found.append(f"“{name}{written}”（原文为“{sorted(own)[0][1]}”）")
    by = {match["role"]: match["who"] for match in _BY.finditer(article.text)}
    for match in _BY.finditer(row.text):
        who = by.get(match["role"], "")
        if who and not pairs(who) & pairs(match["who"]):
            found.append(f"“{match[0]}”（原文为“由{who}{match['role']}”）")
    return list(dict.fromkeys(found))


def _same(one: str, other: str, parents: tuple[str, ...]) -> bool:
    short, full = sorted((one, other), key=len)
    return short in full or shortened(short, full, ()) or _bare(short, parents) in full


def _bare(name: str, parents: tuple[str, ...]) -> str:
    """``name`` without a place that a row may add, as long as more than its kind is left."""
    for unit in parents:
        name = rest if len(rest := name.removeprefix(unit)) > _KIND else name
    return name


@lru_cache(maxsize=64)
def _roles(text: Parsed) -> tuple[tuple[str, str, str], ...]:
    return tuple(role for clause, _ in text.clauses for role in _of_clause(clause))


def _of_clause(clause: str) -> Iterator[tuple[str, str, str]]:
    """Each body of a list with the role behind the list."""
    names = [one for one in actors(clause) if not one.kind]
    start = 0
    for match in _ROLE.finditer(clause):
        at = match.start()
        for one in sorted((one for one in names if start <= one.start and one.end <= at), key=lambda one: -one.end):
            if one.end > at:
                continue
            if not _BETWEEN.fullmatch(clause[one.end : at]):
                break
            at = one.start
            yield one.name, str(match.lastgroup), match[0]
        start = match.end()
