"""Numbers, shares, ordinals and periods in Chinese text, as values: 12万 is 120000, 三成 is 30 %, 首批 is 第一批."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["plain", "percent", "ordinal", "year", "month", "quarter"]

_HAN = "零〇一二两三四五六七八九十百千万亿"
_MEASURES = (
    "个百分点|百分点|个月|折|工作日|公顷|平方米|平方公里|平米|美元|公斤|分钟|港元|澳门元|欧元|日元|个|家|项|名|人|次|处|户|亩|台|套|座|所|间|批|条|件|只|份|副|枚|吨|公里|千米|米|元|笔|万|亿|倍|辆|艘|架|头|峰|条|支|张"
    "|位|类|种|年|天|日|小时|分钟|秒|周|届|场|城|省市|省|市|县|区|州|旗|乡|镇|村|部门|地|国|口岸|大|步|级|层|期|块|本|篇|户|门|轮|站|家"
)
_ARABIC = re.compile(
    r"(?<![\dA-Za-z.])(?!\d(?:[GKD](?![A-Za-z])|A级))(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<scale>万亿|亿|千万|百万|十万|万|千(?!米|瓦|克)|百(?!分))?(?P<share>%|％|‰)?"
)
_NUMERAL = re.compile(
    rf"(?<![{_HAN}第])(?P<han>[{_HAN}]+|(?<![上下])半)(?P<more>多|余|来)?(?=(?P<unit>成|{_MEASURES}))"
)
_TENTHS = re.compile(
    r"(?P<han>[一二两三四五六七八九])成(?P<more>[一二三四五六七八九半])?(?![立为果就员效长分都功本])(?!(?<=成[一二三])[级类期批档])"
)
_FRACTION = re.compile(r"(?P<whole>[二三四五六七八九十百]+)分之(?P<part>[一二三四五六七八九十]+)")
_ORDINAL = re.compile(
    rf"第(?P<han>[{_HAN}]+|\d+)(?P<unit>[一-鿿]|(?=[，。；、！”]|$))|(?P<again>[二三四五])(?P<time>次)(?=审议|征求|公开|修订|延期|招标|上市)"
    r"|(?P<first>首)(?P<of>批|个(?!月|年)|届|次|家|条|期|座|例|轮|阶(?=段)|张|单|票|笔|宗|起|款|部|支|台|辆|套|项|站|场)"
)
_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?=年)|(?P<word>今年|本年|去年|上一?年|前年|明年|次年)|(?<=[—\-－至])(?P<to>20\d\d)(?=年)"
    r"|(?<!\d)(?P<from>20\d\d)(?=[—\-－~～至]20\d\d年)|(?<!\d)(?P<bare>20\d\d)(?=[“中第]|$)"
)
_YEAR_WORDS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1, "次年": 1}
_QUARTER = re.compile(
    r"(?P<upto>前)?第?(?P<quarter>[一二三四1-4])(?:季度|季)|前(?P<months>1[01]|[2-9])个?月|(?P<half>上半年)"
)
_MONTH = re.compile(r"(?<![\d个前])(?P<month>1[0-2]|0?[1-9])月(?!\d)")
_UNIT = re.compile(rf"(?:多|余|来|个(?!百分点|月|项目))?(?P<unit>{_MEASURES}|[一-鿿])?")
_ALONE = 100.0
_SCALES = {"万亿": 1e12, "亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5, "万": 1e4, "千": 1e3, "百": 1e2}
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_HALVES = {"年": (6.0, "月"), "小时": (30.0, "分钟"), "个月": (15.0, "天"), "天": (12.0, "小时")}


# Units of time, of area, of mass and of length; those with the same value are interchangeable.
SCALES_OF_UNITS: tuple[dict[str, int], ...] = (
    {"秒": 1, "分钟": 2, "小时": 3, "天": 4, "日": 4, "工作日": 4, "周": 5, "个月": 6, "月": 6, "年": 7},
    {"平方米": 1, "平米": 1, "亩": 2, "公顷": 3, "平方公里": 4},
    {"公斤": 1, "吨": 2},
    {"元": 1, "美元": 2, "港元": 3, "澳门元": 4, "欧元": 5, "日元": 6},
    {"米": 1, "公里": 2, "千米": 2},
)


_PEOPLE = frozenset("人名位")
_THINGS = frozenset("个项种类款件处")


class Number(NamedTuple):
    """A number and its place; ``unit`` is the measure word after it, "" where none is known."""

    value: float
    kind: Kind
    start: int
    end: int
    unit: str = ""


def han_value(text: str) -> float:
    """The value of a Chinese numeral: 三十五, 一千二百, 二〇一八, 两万."""
    if not any(char in _TENS or char in "万亿" for char in text):
        return float("".join(str(_DIGITS[char]) for char in text))
    total, part, digit = 0.0, 0.0, 0.0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            part += (digit or 1) * _TENS[char]
            digit = 0
        else:
            total = (total + part + digit) * _SCALES[char]
            part = digit = 0
    return total + part + digit


def find_numbers(text: str, year: int) -> list[Number]:
    """Every number of ``text``, a text without its days; ``year`` is what 今年 means. A year is found once, as a
    year."""
    found = [*_periods(text, year), *_ordinals(text), *_tenths(text)]
    for number in (*_arabic(text), *_numerals(text)):
        if not any(known.start <= number.start < known.end for known in found):
            found.append(number)
    return sorted(found, key=lambda number: number.start)


def _periods(text: str, year: int) -> Iterator[Number]:
    for match in _YEAR.finditer(text):
        word = match["word"]
        value = year + _YEAR_WORDS[word] if word else int(match[0])
        yield Number(float(value), "year", match.start(), match.end())
    for match in _QUARTER.finditer(text):
        yield Number(_part_of_year(match), "quarter", match.start(), match.end())
    for match in _MONTH.finditer(text):
        yield Number(float(match["month"]), "month", match.start(), match.end())


def _part_of_year(match: re.Match[str]) -> float:
    """The months up to which a part of the year goes from its beginning; a later quarter alone is another number."""
    if match["months"] or match["half"]:
        return float(match["months"] or 6)
    quarter = han_value(match["quarter"]) if match["quarter"] in _DIGITS else float(match["quarter"])
    return 3 * quarter if match["upto"] or quarter == 1 else _ALONE + quarter


def _ordinals(text: str) -> Iterator[Number]:
    for match in _ORDINAL.finditer(text):
        if match["unit"] in ("季", "方"):
            continue
        han = match["han"] or match["again"]
        value = 1.0 if match["first"] else float(han) if han.isdigit() else han_value(han)
        yield Number(value, "ordinal", match.start(), match.end(), match["unit"] or match["of"] or match["time"] or "")


def _tenths(text: str) -> Iterator[Number]:
    for match in _FRACTION.finditer(text):
        share = round(100 * han_value(match["part"]) / han_value(match["whole"]), 1)
        yield Number(share, "percent", match.start(), match.end())
    for match in _TENTHS.finditer(text):
        more = (
            {"半": 5.0}.get(match["more"], 0.0)
            if not match["more"] or match["more"] == "半"
            else han_value(match["more"])
        )
        yield Number(han_value(match["han"]) * 10 + more, "percent", match.start(), match.end())


def _arabic(text: str) -> Iterator[Number]:
    for match in _ARABIC.finditer(text):
        value = float(match["digits"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1)
        kind: Kind = "percent" if match["share"] else "plain"
        yield Number(
            round(value, 6), kind, match.start(), match.end(), "" if kind == "percent" else _unit(text, match.end())
        )


def _numerals(text: str) -> Iterator[Number]:
    for match in _NUMERAL.finditer(text):
        if match["unit"] == "成":
            continue
        if match["han"] == "半":
            half = _HALVES.get(match["unit"])
            if half:
                yield Number(half[0], "plain", match.start(), match.end(), half[1])
            continue
        yield Number(han_value(match["han"]), "plain", match.start(), match.end(), _unit(text, match.end()))


def _unit(text: str, end: int) -> str:
    match = _UNIT.match(text, end)
    return (match["unit"] or ("个" if "个" in match[0] else "")) if match else ""


def is_measure(unit: str) -> bool:
    """Whether ``unit`` is a measure word, not the start of a noun: 4180万用户."""
    return unit in _MEASURES.split("|")


def same_unit(unit: str, other: str) -> bool:
    """Whether the two are the same measure: 个月 and 月, 人 and 名."""
    if unit == other or {unit, other} <= _PEOPLE or {unit, other} <= _THINGS:
        return True
    return any(unit in scale and scale[unit] == scale.get(other) for scale in SCALES_OF_UNITS)


def unlike(unit: str, other: str) -> bool:
    """Whether the two measure the same quantity, time or area or mass, in different units."""
    return any(unit in scale and other in scale and scale[unit] != scale[other] for scale in SCALES_OF_UNITS)


def comparable(one: Number, other: Number) -> bool:
    """Whether the two may be figures for the same: shares, or counts of one unit; 1.4倍 and 86 % are both a growth."""
    if one.kind != other.kind or one.kind not in ("plain", "percent"):
        return {one.kind, other.kind} == {"plain", "percent"} and "倍" in (one.unit, other.unit)
    return one.kind == "percent" or same_unit(one.unit, other.unit)


def equal(one: Number, other: Number) -> bool:
    """Whether the two are one number of one kind."""
    return one.kind == other.kind and abs(one.value - other.value) < 1e-6 * max(1.0, abs(one.value))
