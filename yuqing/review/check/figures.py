"""The figures of a row: whether the article has them, for the same thing, the same time and the same direction."""

from __future__ import annotations

import re
from datetime import date

from yuqing.review.check.clauses import pairs, words
from yuqing.review.check.contrasts import Around, direction_differs, limit_differs
from yuqing.review.check.derived import (
    STAGES,
    an_article,
    counted,
    is_difference,
    is_sum,
    lasts,
    next_month,
    of_day,
    rounds,
    stage_alike,
)
from yuqing.review.check.numbers import Number, equal, find_numbers, is_measure, same_unit, unlike
from yuqing.review.check.plans import announces, plans
from yuqing.review.check.replaced import common_start

_AROUND = 12  # characters around a number that say what it counts
_CLOSE = 4  # characters from a number within which a word says what that number counts
_STOP = re.compile(r"[，。；：！？\n]")
_GENERAL = frozenset("个的了为以约近超达")
_VAGUE = re.compile(
    r"达到|超过|共有|增[长加至]|下降|突破|完成|实现|约为|其中|投入|新增|覆盖|提[高升]|压缩|缩[短减]|降[低至]|减[少至]"
)
_NAMED_TERM = re.compile(r"年(?:行动|计划|规划|方案|攻坚)")  # the name of a plan
_WHOLE = re.compile(r"[^，。；\d]{0,6}中的?(?=\d)")  # 74个县区中的62个
_ALREADY = re.compile(r"已(?!有)[经]?")
_PER = re.compile(r"每(?P<unit>公斤|吨|亩|公顷|天|日|周|个?月|年|小时|分钟)[^，。；]{0,6}$")
_CHANGED = re.compile(
    r"(?:缩短|压缩|减少|下降|降低|压减|精简|增加|增长|提高|提升|上升|上涨|扩大|延长|缩减|下调|上调)(?:(?P<to>[为至到]|成)|了)?(?:近|约|逾|超过)?$"
)
_PERIODS = ("year", "quarter", "month")
_TOP = re.compile(r"首位|居首|榜首|最[高多大快]|冠军")
_HEAD = re.compile(
    r"(?:^|[，。；：、！？\n])(?:其中)?(?P<head>[^，。；：、！？\n\d]{2,8}|[^，。；：、！？\n]{0,6}前\d{1,2}个月)(?:为|达到?|约|近|超过?)?$"
)
_STOP_OR_LIST = re.compile(r"[，。；：、！？\n]")
_FULL_STOP = re.compile(r"[。；\n]")
_SENTENCE_SHARE = 0.6  # of the words of the row's clause
_COMPARED = re.compile(r"(?:[比较到至从由]|连同|加上|包括)$")  # 比去年, but not 去年的71%


def absent_figures(row: str, source: str, published: date, whole: str = "") -> list[str]:
    """The numbers of ``row`` that ``source`` lacks or gives for something else, another time or another direction.

    ``whole`` is ``source`` including its days, to which a month of the row may refer (6月底 for 6月30日).
    """
    found: list[str] = []
    known = find_numbers(source, published.year)
    said = find_numbers(row, published.year)
    for number in said:
        written = row[number.start : number.end + (0 if number.kind == "ordinal" else len(number.unit))]
        same = [other for other in known if equal(number, other) or stage_alike(number, other)]
        if number.kind == "year" and number.value == published.year:
            found += [written] if not same and _other_year(number, row, source, known) else []
            continue
        if number.kind == "month" and not same and of_day(number, row, whole):
            continue
        if number.unit == "日" and not same and re.search(rf"月{number.value:.0f}日", whole):
            continue  # 15日起 for 12月15日起
        if number.kind == "quarter" and not same and re.search(rf"(?<!\d){number.value:.0f}月", whole):
            continue  # 上半年 for 6月底前
        if number.kind == "month" and (number.value == published.month or next_month(number, source, published)):
            continue
        if not same and any(rounds(number, row, other) for other in known):
            continue
        if not same:
            if number.kind == "ordinal" and row[number.start + 1 : number.end] in source:
                continue  # 二代 for 第二代
            if number[:2] == (1, "ordinal") and number.unit in ("", "位", "名") and _TOP.search(source):
                continue
            if (number.value, number.unit) == (1, "期") and "二期" in source:
                continue
            if number.kind == "plain" and (lasts(number, source, published.year) or an_article(number, row, source)):
                continue
            if number.kind == "plain" and (
                is_sum(number, row, said, source, known) or is_difference(number, row, source, known)
            ):
                continue
            if not re.search(rf"(?<![\d.]){re.escape(row[number.start : number.end + 2])}", source):
                found += [] if counted(number, source) else [written]
            continue
        if number.kind == "ordinal" and _other_one(number, row, same, source, known):
            found.append(f"{written}（次序）")
        if number.kind not in ("plain", "percent"):
            continue
        around = _around(row, number)
        near = [other for other in same if _same_thing(number, row, other, source, known)]
        if row[max(0, number.start - _AROUND) : number.end + 2] in source and not _of_a_whole(
            same, row, number, source
        ):
            continue
        if not near and (counted(number, source) or an_article(number, row, source)):
            continue
        if not near and lasts(number, source, published.year):
            continue
        if not near and _speaks_of_it(number, row, same, source):
            near = same
        if not near:
            found.append(written)
        elif all(direction_differs(around, _around(source, other)) for other in near):
            found.append(f"{written}（增减方向）")
        elif all(limit_differs(around, _around(source, other)) for other in near):
            found.append(f"{written}（上限还是下限）")
        elif all({_change(row, number), _change(source, other)} == {"to", "by"} for other in near):
            found.append(f"{written}（变为多少还是变了多少）")
        elif all({_each(row, number), _each(source, other)} == {True, False} for other in near):
            found.append(f"{written}（总数还是每个）")
        elif not _NAMED_TERM.match(row, number.end) and _only_planned(number, row, near, source, published):
            found.append(f"{written}（原文是计划数）")
        elif all(_other_time(number, row, said, other, source, known) for other in near):
            found.append(f"{written}（时间）")
    return found


def _other_year(number: Number, row: str, source: str, known: list[Number]) -> bool:
    """Whether ``source`` has another year before the same words: 2018年度名单 for 2017年度名单."""
    behind = row[number.end : number.end + _CLOSE]
    others = (other for other in known if other.kind == "year" and not equal(other, number))
    return any(source[other.end : other.end + _CLOSE] == behind for other in others)


def _change(text: str, number: Number) -> str:
    """Whether a number is what something changed "to" or "by", "" where no verb of change precedes it."""
    match = _CHANGED.search(text[: number.start])
    return "" if not match else "to" if match["to"] else "by"


def _each(text: str, number: Number) -> bool | None:
    """Whether a number is per unit (每年出资2000万元) or a total (共出资2000万元); None where the text says neither."""
    before = text[max(0, number.start - _AROUND) : number.start]
    marks = re.findall(r"每|各(?![地省市县区州级])|平均|分别|共|总|合计|累计", re.split(r"[，。；\d]", before)[-1])
    return None if not marks else marks[-1] in ("每", "各", "平均", "分别")


def _around(text: str, number: Number) -> Around:
    return Around(text[max(0, number.start - _AROUND) : number.start], text[number.end : number.end + _AROUND])


def _beside(text: str, number: Number, numbers: list[Number]) -> Around:
    """What surrounds a number up to the numbers before and after it: what it counts, without those."""
    around = _around(text, number)
    before = max((o.end + len(o.unit) for o in numbers if o.end <= number.start), default=0)
    after = min((o.start for o in numbers if o.start >= number.end), default=len(text))
    return Around(
        around.before[max(0, len(around.before) - max(0, number.start - before)) :],
        around.after[: max(0, after - number.end)],
    )


def _same_thing(number: Number, row: str, other: Number, source: str, known: list[Number]) -> bool:
    """Whether two equal numbers count the same: by their unit, or by a word next to them.

    If no word next to the row's number occurs in the article at all, it was put in other words: not reported.
    """
    if unlike(number.unit, other.unit):
        return False
    mine, its = (_PER.search(text[max(0, n.start - _AROUND) : n.start]) for text, n in ((row, number), (source, other)))
    if mine and its and unlike(mine["unit"], its["unit"]):
        return False
    if _of_a_whole([other], row, number, source):
        return False
    said = _around(row, number)
    beside = {said.before[-2:], _noun(said.after, number.unit if is_measure(number.unit) else "")[:2]} - {""}
    beside = {word for word in beside if re.fullmatch(r"[一-鿿]{2}", word) and not _GENERAL & set(word)}
    if any(word in "|".join(_beside(source, other, known)) for word in beside):
        return True
    told = _around(source, other)
    measured = number.kind == "percent" or (
        bool(number.unit)
        and (
            same_unit(number.unit, other.unit)
            or number.unit in told.after[:5]
            or said.after[:1] == told.after[:1] == "个"  # 58.6万个岗位 and 岗位58.6万个
        )
    )
    if _headed(number, row, other, source):
        return True
    if any(word in source for word in beside):
        rivals = [
            _beside(source, o, known)
            for o in known
            if (o.unit, o.kind) == (number.unit, number.kind)
            and not equal(o, number)
            and source[o.start : o.end] != "一"
        ]
        things = {word for word in beside if not words(word)[0][1].startswith("v")}
        taken = any(word in a.before[-_CLOSE:] or word in a.after[:_CLOSE] for a in rivals for word in things)
        before = said.before[-2:]
        taken = taken or (
            before in beside and not _VAGUE.match(before) and any(a.before[-2:] == before for a in rivals)
        )
        near = any(word in "|".join(told) for word in beside)
        return (measured or near) and not (number.unit and taken)
    return measured or not number.unit or not other.unit


def _of_a_whole(same: list[Number], row: str, number: Number, source: str) -> bool:
    """Whether the article names a part of it next, and the row does not: 74个县区中的62个."""
    return any(_WHOLE.match(source, other.end) for other in same) and not _WHOLE.match(row, number.end)


def _speaks_of_it(number: Number, row: str, same: list[Number], source: str) -> bool:
    """Whether the article has the number once, in a sentence that shares most of the row's clause."""
    if len(same) != 1 or number.unit == "号" or _of_a_whole(same, row, number, source):
        return False
    noun = not is_measure(number.unit) and re.match(r"[一-鿿]{2}", row[number.end :])  # 4180万用户
    per, its_per = (
        _PER.search(text[max(0, n.start - _AROUND) : n.start]) for text, n in ((row, number), (source, same[0]))
    )
    if not (noun or same_unit(number.unit, same[0].unit)) or (per and its_per and unlike(per["unit"], its_per["unit"])):
        return False
    mine = pairs(row[_clause_start(row, number) : _clause_end(row, number)])
    start = max(source.rfind(mark, 0, same[0].start) for mark in "。；\n") + 1
    end = _FULL_STOP.search(source, same[0].end)
    return len(mine & pairs(source[start : end.start() if end else len(source)])) >= max(3, _SENTENCE_SHARE * len(mine))


def _headed(number: Number, row: str, other: Number, source: str) -> bool:
    """Whether all that stands before the article's figure stands before the row's: 海屿市1180个, after 项目2310个."""
    head = _HEAD.search(source[: other.start])
    piece = _STOP_OR_LIST.split(row[: number.start])[-1]
    if not head or head["head"] not in piece or not same_unit(number.unit, other.unit):
        return False
    return any(flag.startswith(("n", "j", "t", "f")) and not _VAGUE.match(word) for word, flag in words(head["head"]))


def _other_one(number: Number, row: str, same: list[Number], source: str, known: list[Number]) -> bool:
    """Whether the row says of the second what the article says of the first: the words after it are the first's."""
    mine = row[number.end :]
    own = max(common_start(mine, source[other.end :]) for other in same)
    rivals = (o for o in known if o.kind == "ordinal" and o.value != number.value)
    return any(common_start(mine, source[o.end :]) >= own + _CLOSE for o in rivals)


def _noun(after: str, unit: str) -> str:
    rest = after.lstrip("多余来个")
    return rest[len(unit) :] if unit and rest.startswith(unit) else rest


def _only_planned(number: Number, row: str, near: list[Number], source: str, published: date) -> bool:
    """Whether the article has the number only in plans, and the row mentions none before it."""
    end = _clause_end(row, number)
    said = row[max(row.rfind("。", 0, number.start), 0) : end]
    if announces(said, published) and not _ALREADY.search(row[_clause_start(row, number) : number.start]):
        return False
    return all(plans(source[_clause_start(source, o) : _clause_end(source, o)], published) for o in near)


def _clause_start(text: str, number: Number) -> int:
    return max((match.end() for match in _STOP.finditer(text, 0, number.start)), default=0)


def _clause_end(text: str, number: Number) -> int:
    end = _STOP.search(text, number.end)
    return end.start() if end else len(text)


def _other_time(number: Number, row: str, said: list[Number], other: Number, source: str, known: list[Number]) -> bool:
    """Whether the row gives a number another year, quarter, month or stage than the article does."""
    mine = _governing(number, row, said, _STOP)
    its = _governing(other, source, known, re.compile(r"[。！？\n]"))
    return any(one in its and its[one] != value for one, value in mine.items())


def _governing(number: Number, text: str, numbers: list[Number], stop: re.Pattern[str]) -> dict[str, float]:
    """The year, quarter, month and stage named last before ``number``, ignoring those compared with (比去年)."""
    start = max((match.end() for match in stop.finditer(text, 0, number.start)), default=0)
    found: dict[str, float] = {}
    for one in numbers:
        if one.start < start or one.end > number.start:
            continue
        if text[one.end : number.start] == "的" or not _COMPARED.search(text[: one.start]):
            if one.kind in _PERIODS:
                found.pop({"month": "quarter", "quarter": "month"}.get(one.kind, ""), None)
                found[one.kind] = one.value
            elif one.unit in STAGES:
                found[one.unit] = one.value
    return found
