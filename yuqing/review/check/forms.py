"""One form for what can be written in several ways, before a row and its article are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from yuqing.review.check.numbers import han_value
from yuqing.review.draft.places import short_province

_PARTS_OF_YEAR = re.compile(
    r"(?<!\d)1(?:月份?)?(?:[—\-－~～至到]+)(?P<month>1[0-2]|[2-9])月份?|前(?P<months>1[01]|[2-9]|[两二三四五六七八九十])个月"
)
_HOUR_OF_SPAN = re.compile(r"(?<=\d日)(?:零时|0时|24时|凌晨)(?=[—\-－~～至到]|$|[，。止])")
_LEVEL = re.compile(r"(?<=[一-鿿]{2})(?:特别行政区|自治区|自治州|自治县|省|市|县|区|州|盟|旗)$")
_SAME_TIME = re.compile(r"(?:较|比|与|和)(?:去年|上年)同期(?:相比)?")
_FIRST_DAY = re.compile(r"(?<![星第])第一天")
_NEXT_DAY = re.compile(r"(?<![星第])第二天|翌日|隔天")


def one_form(text: str) -> str:
    """``text`` with 一季度 or 上半年 for the first months of a year, spans of days without hours, 次日 and 同比."""
    text = _SAME_TIME.sub("同比", _HOUR_OF_SPAN.sub("", text))
    return _PARTS_OF_YEAR.sub(_part_of_year, _NEXT_DAY.sub("次日", _FIRST_DAY.sub("首日", text)))


def without_parents(row: str, source: str, places: Iterable[str]) -> str:
    """``row`` without the provinces and cities that it puts before a place and ``source`` does not: 广东省深圳市.

    ``places`` are those of the item's tags.
    """

    parents = _parents(tuple(places))
    known = {match[0] for match in parents.finditer(source)}
    return parents.sub(lambda match: match[0] if match[0] in known else "", row)


@lru_cache(maxsize=256)
def _parents(places: tuple[str, ...]) -> re.Pattern[str]:
    forms = {form for place in places for form in (place, short_province(place), _LEVEL.sub("", place))}
    one = "|".join(sorted((re.escape(form) for form in forms if len(form) > 1), key=len, reverse=True)) or "(?!)"
    return re.compile(f"(?:{one})(?=(?P<place>{one}))")


def _part_of_year(match: re.Match[str]) -> str:
    last = match["month"] or match["months"]
    months = int(last) if last.isdigit() else int(han_value(last))
    return {3: "一季度", 6: "上半年", 9: "前三季度"}.get(months, f"前{months}个月")
