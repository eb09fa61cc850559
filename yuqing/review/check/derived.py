"""Numbers of a row that the article gives in another form: rounded, listed, summed, a month for a day, a year span."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations, pairwise

from yuqing.review.check.numbers import SCALES_OF_UNITS, Number, same_unit

_AND = r"[、和与及]|会同|联合|携手"
_CHANGES = re.compile(r"减少|增加|缩短|压缩|提高|提升|上升|下降|降低|多|少|增|减")
_FIRST = re.compile(r"个?(年|月|天|日|周)")
_WHOLE_SENTENCE = re.compile(r"[^。！？\n]+")
_NEAR = 10  # characters from a verb of change to its figure
_HALF_YEAR = 6.0  # months
_TENTH = 3.0  # points: 七成 for 71 %
_LISTED = frozenset(
    ("部门", "部", "家", "方", "省", "市", "地", "区", "县", "国", "项", "类", "门", "大", "种", "个", "城")
)
_SPAN = re.compile(
    r"(?P<from>20\d\d)年?(?:(?P<first>1[0-2]|[1-9])月)?(?:底|起|初)?[至到—\-－～~]+(?P<to>20\d\d)年(?:(?P<last>1[0-2]|[1-9])月)?"
)
STAGES = ("期", "批", "轮")  # 一期, 首批


def stage_alike(number: Number, other: Number) -> bool:
    """Whether one says 首期 and the other 一期."""
    return {number.kind, other.kind} == {"ordinal", "plain"} and (
        number.unit == other.unit and number.unit in STAGES and number.value == other.value
    )


def of_day(number: Number, row: str, whole: str) -> bool:
    """Whether ``whole`` names a day of the month: its last for 6月底, its first for 7月起."""
    behind = row[number.end : number.end + 2]
    days = {"底": r"(?:2[89]|3[01])", "末": r"(?:2[89]|3[01])", "起": "1", "初": r"\d"}.get(behind[:1], r"\d{1,2}")
    return bool(re.search(rf"(?<!\d){number.value:.0f}月{days}日", whole))


def next_month(number: Number, source: str, published: date) -> bool:
    return number.value == published.month % 12 + 1 and bool(re.search(r"次月|下个?月", source))


def is_sum(number: Number, row: str, said: list[Number], source: str, known: list[Number]) -> bool:
    """Whether ``number`` is the sum of two numbers of one unit next to each other in ``source``: 4个直辖市和7个城市.

    Where the row says 共 or 合计 they may be any two of a sentence, or all that it has of one unit. What the row states
    next to the sum is no part of it.
    """
    apart = {other.value for other in said if other.kind == "plain"}
    if re.search("共|合计|总", row):
        for start, end in (match.span() for match in _WHOLE_SENTENCE.finditer(source)):
            own = [n for n in known if start <= n.start < end and n.kind == "plain" and same_unit(n.unit, number.unit)]
            if any(one.value + other.value == number.value for one, other in combinations(own, 2)):
                return True
            if sum(one.value for one in own) == number.value:
                return True
    return any(
        one.kind == other.kind == "plain"
        and not {one.value, other.value} & apart
        and one.value + other.value == number.value
        and same_unit(other.unit, number.unit)
        and not re.search(r"[。；]", source[one.end : other.start])
        for one, other in pairwise(known)
    )


def is_difference(number: Number, row: str, source: str, known: list[Number]) -> bool:
    """Whether ``number`` is how much lies between two numbers of a change in ``source``: 由312人减少到124人."""
    kind = "percent" if number.unit.endswith("百分点") else "plain"
    if not _CHANGES.search(row[max(0, number.start - _NEAR) : number.start]):
        return False
    changes = (
        number._replace(value=round(abs(one.value - other.value), 6))
        for one, other in pairwise(known)
        if one.kind == other.kind == kind
        and re.search(r"[到至为]", source[one.end : other.start])
        and not re.search(r"[，。；]", source[one.end : other.start])
    )
    return any(change.value == number.value or rounds(number, row, change) for change in changes)


def an_article(number: Number, row: str, source: str) -> bool:
    """Whether 一 is merely an article: 一个平台, or a span that ``source`` calls 全年 or 首月."""
    if row[number.start : number.end] == "一" and (span := _FIRST.match(row, number.end)):
        return bool(re.search(f"[首全每年]{span[1]}|(?<![\\d一-鿿]){span[1]}(?=[节均增])", source))
    measured = any(number.unit in scale for scale in SCALES_OF_UNITS)
    return row[number.start : number.end] == "一" and not measured and number.unit not in (*STAGES, "倍")


def lasts(number: Number, source: str, year: int) -> bool:
    """Whether ``source`` names a span of that many years or months: 2021年3月至2023年2月, or from one to ``year``."""
    if number.unit == "年" and re.search(rf"{year - int(number.value)}年", source):
        return True
    for match in _SPAN.finditer(source):
        whole = match["first"] is None
        months = (int(match["to"]) - int(match["from"])) * 12 + int(match["last"] or 12) - int(match["first"] or 1) + 1
        if number.unit == "年" and number.value * 12 in (months, months - (0 if whole else 1)):
            return True
        if number.unit in ("月", "个月") and number.value in (months, months - 1):
            return True
    return (number.value, number.unit) == (_HALF_YEAR, "月") and bool(re.search("[上下]半年", source))


def counted(number: Number, source: str) -> bool:
    """Whether ``source`` lists that many: 三部门 for 交通运输部、公安部、税务总局."""
    lists = {len(re.split(marks, clause)) for clause in re.split(r"[，。；：！？\n]", source) for marks in (_AND, "、")}
    return number.kind == "plain" and number.unit in _LISTED and number.value >= 2 and int(number.value) in lists


def rounds(number: Number, row: str, other: Number) -> bool:
    """Whether ``number`` is said to be about ``other``: 两成多 for 21 %, 近400 for 396, 超过200 for 206."""
    more = (
        row[number.end : number.end + 1] in ("多", "余")
        or row[number.end + len(number.unit) :].startswith("以上")
        or re.search(r"超过?$|逾$|突破$|达$|过$", row[: number.start])
    )
    tenths = number.kind == "percent" and "成" in row[number.start : number.end]
    less = re.search(r"近$|将近$", row[: number.start])
    about = re.search(r"约$", row[: number.start]) or re.match("左右|上下", row[number.end + len(number.unit) :])
    if number.unit == "倍" and other.kind == "percent":
        number = number._replace(value=number.value * 100, kind="percent")
    if other.kind != number.kind or not number.value:
        return False
    step = 10.0 if number.kind == "percent" and number.value % 10 == 0 else number.value / 10
    low = number.value - (step if less or about else 0)
    high = number.value + (step if more or about else _TENTH if tenths else 0)
    return bool(more or less or about or tenths) and low < other.value < high
