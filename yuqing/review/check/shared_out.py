"""Lists whose members share out another list, spelled out: 甲、乙分别为3个和5个 becomes 甲为3个，乙为5个.

The members stand before 分别 in its clause, in the list of the clause before it (玉米42万吨、小麦18万吨，成交率分别
为…), or at the start of each of the clauses before it (进口211万单，货值4.3亿元，分别增长…).
"""

from __future__ import annotations

import re
from itertools import pairwise

from yuqing.review.check.clauses import PLAIN, words

_FIGURE = r"\d[\d.,]*(?:万亿|[万亿千])?(?:%|‰|个百分点|[倍成]|[一-鿿]{0,3}?(?=[、和与及，。；]|$)|[一-鿿])?"
_FIGURES = re.compile(rf"(?P<all>{_FIGURE}(?:、{_FIGURE})*[、和与及]{_FIGURE})(?P<tail>[^，。；]*)$")
_VALUE = re.compile(r"^[\d.,]+")
_EACH = re.compile(r"分别")
_AND = re.compile(r"[、和与及]")
_DIGIT = re.compile(r"\d")
_MEASURED = re.compile(
    r"(?:人数|率|额|量|价|价格|数|面积|长度|比例|比重|占比|收入|成本|费用?|时间|时限|规模|产值|次数|幅)$"
)
_NAMES = ("n", "j", "l", "s", "b", "x", "eng", "vn", "f", "z")
_LONG = 24  # characters of a member at most


def spelled_out(text: str) -> str:
    """``text`` with each member of such a list next to its own figure."""
    spans = [match.span() for match in PLAIN.finditer(text)]
    found: list[str] = []
    at = 0
    for rank, (start, end) in enumerate(spans):
        clause = text[start:end]
        listed = _FIGURES.search(clause)
        if not listed:
            continue
        figures, tail = _with_tail(_AND.split(listed["all"]), listed["tail"])
        each = _EACH.search(clause, 0, listed.start())
        before = [text[first:last] for first, last in spans[max(0, rank - len(figures)) : rank]]
        # A full stop ends what the members can be taken from.
        if "。" in text[spans[rank - 1][1] : start] if rank else True:
            before = []
        members, own = _members(clause, each, before, len(figures), listed.start())
        if not members:
            continue
        about = clause[own : each.start() if each else listed.start()]
        verb = clause[each.end() : listed.start()] if each else ""
        pieces = (f"{m}{about}{verb}{one}{tail}" for m, one in zip(members, figures, strict=True))
        found += [text[at:start], "，".join(pieces)]
        at = end
    return "".join([*found, text[at:]])


def _with_tail(figures: list[str], tail: str) -> tuple[list[str], str]:
    """The figures with one unit, and what all of them count: 站点 of 3个和5个站点."""
    unit, rest = _VALUE.sub("", figures[0]), _VALUE.sub("", figures[-1])
    if not unit or not rest.startswith(unit):
        return figures, tail
    more = rest[len(unit) :]
    return [*figures[:-1], figures[-1].removesuffix(more)], more + tail


def _members(
    clause: str, each: re.Match[str] | None, before: list[str], count: int, figures: int
) -> tuple[list[str], int]:
    """The members that share out ``count`` figures, and where in ``clause`` what follows them begins."""
    if each:
        for marks in ("、", _AND.pattern):  # 工业和信息化厅、发展改革委: 和 is part of a name
            own = re.split(marks, clause[: each.start()])
            if len(own) == count and not any(_DIGIT.search(one) for one in own):
                return _with_measure([own[0][-_LONG:].removeprefix("由"), *own[1:]]), each.start()
    listed = before[-1].split("、")[-count:] if before else []
    if len(listed) == count and all(_DIGIT.search(part) for part in listed):
        heads = [_head(part) for part in listed]
        return (heads, 0) if all(heads) else ([], 0)
    if each and len(before) == count and all(_DIGIT.search(one) for one in before):
        heads = [_head(one) for one in before]
        return (heads, 0) if all(heads) else ([], 0)
    return [], 0


def _head(part: str) -> str:
    """The name that a figure of ``part`` counts, or ``part`` itself where it has none: 玉米 of 本场挂牌玉米42万吨."""
    figure = _DIGIT.search(part)
    name = ""
    for word, flag in reversed(words(part[: figure.start()] if figure else part)):
        if not flag.startswith(_NAMES):
            if name:
                break
            continue  # 东城装表4.1万只: the verb before the figure
        name = word + name
    return name


def _with_measure(members: list[str]) -> list[str]:
    """The members with what is measured of the last one, and so of all: 爱课程、学堂在线注册人数."""
    members = [one + members[-1][1:] if len(one) == 1 else one for one in members]  # 东、中、西部地区
    cut = words(members[-1])
    if not _MEASURED.search(members[-1]) or len(cut) < 2:
        return members
    measured = cut[-1][0]
    for (word, flag), _ in reversed(list(pairwise(cut))[1:]):
        if not flag.startswith("v"):
            break
        measured = word + measured
    return [one if one.endswith(measured) else one + measured for one in members]
