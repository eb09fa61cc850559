"""Two things of one kind that the article tells apart: 动态条码 and 静态条码, 红榜 and 黑榜, 一期 and 二期."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from yuqing.core.segment import tagged
from yuqing.review.check.clauses import pairs

_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_SENTENCE = re.compile(r"[^。！？；\n]+")
_KINDS = ("n", "b", "a", "vn", "j", "l", "nz", "s")
_LIST = re.compile(r"[、和与及或]")
_MUCH = 2  # pairs of characters by which another clause must be more like the row's


def of_another(row: str, article: str) -> list[str]:
    """What ``row`` tells of one of two siblings and ``article`` of the other."""
    found: list[str] = []
    told = list(_told(article))
    for mine, its in _siblings(article):
        for clause in (match[0] for match in _CLAUSE.finditer(row)):
            if mine not in clause or its in row:
                continue
            content = frozenset(pair for pair in pairs(clause) if pair not in mine and pair not in its)
            figures = _figures(clause)
            places = [one for one in told if figures & _figures(one[0])] or told
            own = max((len(content & has) for text, has in places if mine in text), default=0)
            rival = max((len(content & has) for text, has in places if its in text and mine not in text), default=0)
            alone = places is not told and not any(mine in text for text, _ in places)
            if rival >= own + _MUCH or (alone and rival):
                found.append(f"“{mine}”（原文说的是“{its}”）")
    return list(dict.fromkeys(found))


def _figures(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d[\d.]*", text))


def _told(article: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The clauses of ``article``, each with the one before it where that only names what it is about (使用…的)."""
    for sentence in _SENTENCE.finditer(article):
        before = ""
        for match in _CLAUSE.finditer(sentence[0]):
            text = before + match[0]
            yield text, pairs(text)
            before = match[0] if match[0].endswith(("的", "时", "后")) else ""


def _siblings(article: str) -> Iterator[tuple[str, str]]:
    """Words of ``article`` of one length that differ in their first characters and end alike, both ways round."""
    words = {(word, flag[0]) for word, flag in tagged(article) if 2 <= len(word) <= 4 and flag.startswith(_KINDS)}
    ending: dict[tuple[str, str], list[str]] = {}
    for word, flag in sorted(words):
        ending.setdefault((word[1:], flag), []).append(word)
    for alike in ending.values():
        for one, other in combinations(alike, 2):
            yield one, other
            yield other, one
