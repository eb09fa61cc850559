"""Who does it: a row that attributes an act to another of the article's actors, or swaps giver and receiver."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from yuqing.review.check.clauses import Parsed, pairs, words
from yuqing.review.check.replaced import common_start

_FIGURE = re.compile(r"\d[\d.]*")
_LEAD = re.compile(r"^(?:其中|同时|此外|另外|随后|而|则|并|由)+")
_NAMES = ("n", "j", "x", "eng", "l", "b", "s", "vn", "vg", "f", "z")
_LOCAL = "省市县区"  # 甲省乙厅、省丙局: of the place of the first
_BRANCHES = ("分行", "支行")  # no verbs
_DOES = ("v", "vn", "vd", "vi")
_SKIPPED = ("d", "p", "r", "t", "m", "q", "c", "a")  # between an actor and its verb: 已, 向, 每年
_ASIDE = ("就", "以", "从", "自", "经", "据", "按", "针对", "围绕")  # what follows is neither, and ends the search
_TO = ("向", "为", "给", "对", "与", "把", "将")  # what follows is not the actor
_TAKER = re.compile(r"(?:向|给|为|对|把|将)(?P<taker>[^，。、]{2,12})$")
# Verbs of little meaning: their object counts, and they are interchangeable.
_FREE = frozenset(("提供", "进行", "开展", "实施", "完成", "负责", "承担", "承接"))
_TIME = re.compile(r"[起前后时内间]$|^即日")
_OFFICE = re.compile(
    r"政府|部委|[两三四五六七八九十][部省市地家方]|[省市县区州盟旗乡镇村]$|部门|当地|[省市县区州]里|全[国省市县区]|我[国省市县区]|大会|会[议上]|论坛|峰会|现场|双方|各[方地]|两[家地]"
)
_FOR = re.compile(r"^(?P<giver>[^，为向给]{2,16}?)(?:为|向|给)(?P<taker>[一-鿿]{2,12})")
_BY_ONE = re.compile(r"由(?P<who>[一-鿿]{2})(?P<act>[一-鿿]{4})")
_AND = re.compile(r"[、和与]")
_SHARED = 0.6  # share of the row's words for an act that the article uses for it
_LONG = 24  # characters of an actor at most


class _Deed(NamedTuple):
    """``doer`` does ``act``; ``words`` are the pairs of what follows, ``before`` is in between; 由 makes it passive."""

    doer: str
    act: str
    words: frozenset[str]
    before: str
    passive: bool


def other_doers(row: Parsed, article: Parsed) -> list[str]:
    """Acts that ``row`` attributes to one of the article's actors and ``article`` to another."""
    told = _deeds(article)
    found: list[str] = []
    for said in _deeds(row):
        if len(said.words) < 2 or _OFFICE.search(said.doer):
            continue
        same = [deed for deed in told if _same_act(said.act, deed.act) and _covers(said, deed)]
        if not same or any(_may_be(said.doer, deed) or _mostly(pairs(said.doer), deed.words) for deed in same):
            continue  # what the row begins with may be what is done: 平台建成143个
        if _stands(said.doer, article.text):
            found.append(f"“{said.doer}{said.act}”（原文为“{same[0].doer}{same[0].act}”）")
    given = list(_taken(article))
    for _, taker, act in _taken(row):
        same_act = [(giver, other) for giver, other, its in given if its == act]
        if same_act and all(taker not in other and other not in taker and taker in giver for giver, other in same_act):
            found.append(f"“向{taker}{act}”（原文为“向{same_act[0][1]}{act}”）")
    return [*found, *_turned(row, article)]


def _turned(row: Parsed, article: Parsed) -> Iterator[str]:
    """Each 甲为乙 of ``row`` that ``article`` has only as 乙为甲, and 由乙 where it has 甲为乙."""
    told = [(match, clause) for clause in article.clauses for match in _FOR.finditer(clause.text)]
    for clause in row.clauses:
        for match in _FOR.finditer(clause.text):
            giver, taker = pairs(match["giver"]), pairs(match["taker"])
            if any(_mostly(giver, pairs(other["giver"])) for other, _ in told):
                continue
            for other, its in told:
                act = (clause.content & its.content) - giver - taker
                if act and _mostly(giver, pairs(other["taker"])) and _mostly(pairs(other["giver"]), taker):
                    yield f"“{match[0]}”（原文为“{other[0]}”）"
        for by in _BY_ONE.finditer(clause.text):
            for other, its in told:
                if other["taker"].startswith(by["who"]) and by["who"] + by["act"] in its.text:
                    yield f"“由{by['who']}”（原文为“{other[0]}”）"


def _mostly(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether most of ``one`` is in ``other``."""
    return bool(one) and len(one & other) >= _SHARED * len(one)


def _same_act(one: str, other: str) -> bool:
    return one == other or (one in _FREE and other in _FREE)


def _covers(said: _Deed, deed: _Deed) -> bool:
    """Whether the two acts have the same object."""
    shared = said.words & deed.words
    if said.act in _FREE:
        shared -= {said.act, deed.act}
    if said.passive != deed.passive and said.act not in _FREE:
        return bool(shared - {said.act})
    least = 1 if said.act in _FREE and len(said.words) <= 2 else 2
    return len(shared) >= max(least, _SHARED * min(len(said.words), len(deed.words)))


def _may_be(doer: str, deed: _Deed) -> bool:
    """Whether ``doer`` is the actor of ``deed``, in full or shortened, or an office acting for a place.

    If the row names several, each must be. Whoever precedes the act in its clause may be the actor too, unless it is
    the one to whom the act is done.
    """
    if len(parts := [part for part in _AND.split(doer) if len(part) > 1]) > 1:
        return _may_be(parts[0], deed) and all(part[0] in _LOCAL or _may_be(part, deed) for part in parts[1:])
    if _OFFICE.search(deed.doer) or _inside(doer, deed.doer) or _inside(deed.doer, doer):
        return True
    between = _TAKER.sub("", deed.before)
    if doer in between or pairs(doer) & pairs(between):
        return True
    place = common_start(doer, deed.doer)  # 镇江海关 and 镇江港
    one, other = doer[place:], deed.doer[place:]
    kind = common_start(one[::-1], other[::-1])  # 天津图书馆 and 国家图书馆
    return bool(pairs(one[: len(one) - kind]) & pairs(other[: len(other) - kind]))


def _inside(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short)


def _stands(doer: str, article: str) -> bool:
    """Whether ``article`` names ``doer``, at least by its first or last characters."""
    return doer in article or (len(doer) > 3 and (doer[:3] in article or doer[-3:] in article))


@lru_cache(maxsize=64)
def _deeds(text: Parsed) -> tuple[_Deed, ...]:
    return tuple(deed for sentence in text.sentences for deed in _of_sentence([clause.text for clause in sentence]))


def _of_sentence(parts: list[str]) -> Iterator[_Deed]:
    for clause, after in zip(parts, [*parts, ""][1:], strict=True):
        by = clause.rfind("由")
        yield from _of_clause(clause[by + 1 :], after, by >= 0)


def _of_clause(text: str, after: str, passive: bool) -> Iterator[_Deed]:
    """The acts of a clause: nouns at its start, and each verb after them; ``after`` is what a final verb is about."""
    cut = words(_LEAD.sub("", text))
    doer, at = "", 0
    for word, flag in cut:
        named = flag.startswith(_NAMES) or word in "、和与" or word.endswith(_BRANCHES) or (passive and flag[0] in "ad")
        if not named or word in _TO or (passive and doer and flag.startswith("vn")):
            break
        doer += word
        at += 1
    if (
        not 2 <= len(doer) <= _LONG
        or _TIME.search(doer)
        or (not passive and any(word in _ASIDE for word, _ in cut[at : at + 2]))
    ):
        return
    first = at
    if at < len(cut) and cut[at][0] in ("在", "于"):
        at = next((place for place in range(at + 1, len(cut)) if cut[place][1] == "v"), len(cut))
    if passive and at < len(cut) and cut[at][0] in _ASIDE:
        at = next((place for place in range(at + 1, len(cut)) if cut[place][1] == "v"), len(cut))
    while at < len(cut) and (cut[at][1].startswith(_SKIPPED) or _after_to(cut, at)):
        at += 1
    if at < len(cut) and cut[at][1].startswith(_DOES) and len(cut[at][0]) > 1:
        act, rest = cut[at][0], "".join(word for word, _ in cut[at + 1 :]) or after
        before = "".join(word for word, _ in cut[first:at])
        yield _Deed(doer, act, pairs(rest) | frozenset((act, *_FIGURE.findall(rest))), before, passive)


def _after_to(cut: tuple[tuple[str, str], ...], at: int) -> bool:
    """Whether the word belongs to what 向, 为, 给, 对 or 与 introduces."""
    to = any(word in _TO for word, _ in cut[max(0, at - 2) : at])
    return to and cut[at][1].startswith(("n", "j", "x", "l"))


def _taken(text: Parsed) -> Iterator[tuple[str, str, str]]:
    """Each 向, 给 or 为 with giver, receiver and verb: 瓜子, 车享, 支付."""
    for clause in text.clauses:
        cut = words(clause.text)
        for at, (word, _) in enumerate(cut):
            if word not in ("向", "给", "为") or not at:
                continue
            taker = ""
            for other, flag in cut[at + 1 :]:
                if flag.startswith("v") and taker:
                    yield "".join(w for w, _ in cut[:at]), taker, other
                    break
                if not flag.startswith(_NAMES):
                    break
                taker += other
