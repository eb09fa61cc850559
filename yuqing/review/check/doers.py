"""Who does it: a row that gives an act of the article to another of the article's doers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from yuqing.core.segment import tagged
from yuqing.review.check.clauses import pairs
from yuqing.review.check.replaced import common_start

_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_SENTENCE = re.compile(r"[^。！？；\n]+")
_LEAD = re.compile(r"^(?:其中|同时|此外|另外|随后|而|则|并|由|经|据|对|在)+")
_SKIPPED = ("d", "p", "r", "t", "m", "q", "c", "a")  # between a doer and its verb: 已, 向, 每年
_NAMES = ("n", "j", "x", "eng", "l", "b", "s", "vn", "vg", "f", "z")
_DOES = ("v", "vn", "vd", "vi")
_OFFICE = re.compile(
    r"政府|部委|[两三四五六七八九十][部省市地家方]|[省市县区州盟旗乡镇村]$|部门|当地|全[国省市县区]|我[国省市县区]|双方|各[方地]|两[家地]"
)
_SHARED = 0.6  # share of the row's words for an act that the article has for it
_FREE = frozenset(("提供", "进行", "开展", "实施", "完成"))  # verbs that say little: their object counts
_LONG = 24  # characters of a doer at most


class _Deed(NamedTuple):
    """``doer`` does ``act``; ``words`` are the pairs of characters of the act and what follows; 由 makes it passive."""

    doer: str
    act: str
    words: frozenset[str]
    passive: bool


def other_doers(row: str, article: str) -> list[str]:
    """Acts that ``row`` tells of one of the article's doers and ``article`` of another."""
    told = _deeds(article)
    found: list[str] = []
    for said in _deeds(row):
        if len(said.words) < 2 or _OFFICE.search(said.doer):
            continue
        same = [deed for deed in told if deed.act == said.act and _covers(said, deed)]
        if not same or any(_may_be(said.doer, deed) for deed in same):
            continue
        if _stands(said.doer, article):
            found.append(f"“{said.doer}{said.act}”（原文为“{same[0].doer}{same[0].act}”）")
    return found


def _covers(said: _Deed, deed: _Deed) -> bool:
    shared = said.words & deed.words
    if said.passive != deed.passive and said.act not in _FREE:
        return bool(shared - {said.act})
    return len(shared) >= max(2, _SHARED * min(len(said.words), len(deed.words)))


def _may_be(doer: str, deed: _Deed) -> bool:
    """Whether ``doer`` is the doer of ``deed``, in full or shortened, or an office that acts for a place."""
    if _OFFICE.search(deed.doer) or _inside(doer, deed.doer) or _inside(deed.doer, doer):
        return True
    place = common_start(doer, deed.doer)  # 镇江海关 and 镇江港
    return bool(pairs(doer[place:]) & pairs(deed.doer[place:]))


def _inside(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short)


def _stands(doer: str, article: str) -> bool:
    """Whether ``article`` names ``doer``, by its first characters at least."""
    return doer in article or (len(doer) > 3 and doer[:3] in article)


@lru_cache(maxsize=64)
def _deeds(text: str) -> tuple[_Deed, ...]:
    return tuple(deed for sentence in _SENTENCE.finditer(text) for deed in _of_sentence(sentence[0]))


def _of_sentence(sentence: str) -> Iterator[_Deed]:
    for match in _CLAUSE.finditer(sentence):
        clause = match[0].strip()
        by = clause.rfind("由")
        yield from _of_clause(clause[by + 1 :], by >= 0)


def _of_clause(text: str, passive: bool) -> Iterator[_Deed]:
    """The deed of a clause: nouns at its head, then a verb, small words between them aside."""
    words = tagged(_LEAD.sub("", text))
    doer, at = "", 0
    for word, flag in words:
        named = flag.startswith(_NAMES) or word in "、和与" or (passive and flag[0] in "ad")
        if not named:
            break
        doer += word
        at += 1
    if not 2 <= len(doer) <= _LONG or at == len(words):
        return
    while at < len(words) and (
        words[at][1].startswith(_SKIPPED) or (words[at][0] not in doer and _after_to(words, at))
    ):
        at += 1
    if at < len(words) and words[at][1].startswith(_DOES) and len(words[at][0]) > 1:
        rest = "".join(word for word, _ in words[at:])
        yield _Deed(doer, words[at][0], pairs(rest) | frozenset(re.findall(r"\d[\d.]*", rest)), passive)


def _after_to(words: list[tuple[str, str]], at: int) -> bool:
    """Whether the word belongs to what 向, 为, 给, 对 or 与 introduces."""
    return any(word in ("向", "为", "给", "对", "与", "把", "将") for word, _ in words[max(0, at - 2) : at]) and words[
        at
    ][1].startswith(("n", "j", "x", "l"))
