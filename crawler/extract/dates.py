"""Days and times as Chinese sites write them. Text only: which one is the day of publication is decided in
:mod:`crawler.extract.published`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from yuqing.core.times import SHANGHAI

FIRST_YEAR = 1994  # China's first web pages

_TIME = (
    r"(?:\s*(?:星期|周|礼拜)[一二三四五六日天]|\s*\(?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*\)?)?[\sT,|-]*"
    r"(?P<half>上午|下午|晚上|凌晨|AM|PM)?\s*(?P<hour>[01]?\d|2[0-4])\s*[:时点]\s*(?P<minute>[0-5]?\d)"
    r"(?:\s*[:分]\s*(?P<second>[0-5]\d)(?:\.\d+)?)?\s*[分秒]?(?!\d)"
    r"\s*(?P<zone>Z|[+-]\d\d:?\d\d)?(?P<after>AM|PM)?"
)
_DAY = (
    r"(?=[012]\d)(?<![\d.])(?:(?P<year>(?:19|20)\d\d)\s*"
    r"(?:年\s*(?P<m1>\d{1,2})\s*月\s*(?P<d1>\d{1,2})\s*日?"
    r"|(?P<sep>[-/.])\s*(?P<m2>\d{1,2})\s*(?P=sep)\s*(?P<d2>\d{1,2})(?!\d(?!\d:))"
    r"|\s*(?P<m3>0[1-9]|1[0-2])\s*/\s*(?P<d3>[0-3]\d)"
    r"|(?P<m4>0[1-9]|1[0-2])(?P<d4>0[1-9]|[12]\d|3[01])(?!\d))"
    # 18-03-08 18:53; without a time only after a label or if there is nothing else
    r"|(?<![-/:年月])(?P<y5>[012]\d)(?P<sep5>[-/.])(?P<m5>0?[1-9]|1[0-2])(?P=sep5)(?P<d5>[0-3]?\d)(?=\s+[012]?\d:[0-5]\d)"
    r"|(?:(?<=间:)|(?<=期:)|(?<=间: )|(?<=期: )|(?<=^)|(?<=间)|(?<=期)|(?<=\[)"
    r"|(?<=\())(?P<y6>[012]\d)(?:(?P<sep6>[-/])(?P<m6>0?[1-9]|1[0-2])(?P=sep6)(?P<d6>[0-3]?\d)"
    r"|年(?P<m7>0?[1-9]|1[0-2])月(?P<d7>[0-3]?\d)日)(?=\s*(?:$|[\])|,;]|\s[^\d])))"
)
_MOMENT = re.compile(rf"{_DAY}(?:{_TIME})?", re.IGNORECASE)


_ZERO_TO_NINE = "零一二三四五六七八九"
_ZEROS = str.maketrans("〇○", "零零")
_NUMERALS = re.compile(
    r"([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"((?:{'|'.join(_MONTHS)})[a-z]*)\.?"
_ENGLISH = re.compile(
    rf"\b(?:{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?|(\d{{1,2}})\s+{_MONTH},?)\s+(20\d\d)\b", re.IGNORECASE
)
# 3月22日 2011年, 02-15 09:20 2020年: the year stands last, and nothing but a blank or a bar between.
_YEAR_LAST = re.compile(
    r"(?<![\d年./-])(?:(\d{1,2})月(\d{1,2})日|(\d\d)-(\d\d))((?:\s+\d{1,2}:\d\d(?::\d\d)?)?)[\s|]*((?:19|20)\d\d)年(?!\w)"
)
_MONTH_GROUPS = tuple(f"m{number}" for number in range(1, 8))
_DAY_GROUPS = tuple(f"d{number}" for number in range(1, 8))


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with the time if one was written (China time); ``start``/``end`` are its place in the text."""

    day: date
    time: str = ""  # "HH:MM:SS"
    start: int = 0
    end: int = 0

    @property
    def iso(self) -> str:
        """ISO 8601: with ``+08:00`` where the time is known, otherwise the day alone."""
        return f"{self.day.isoformat()}T{self.time}+08:00" if self.time else self.day.isoformat()


def fold(text: str) -> str:
    """The text with full-width digits and every kind of colon (U+2236 too) in ASCII.

    Days in English (Mar 5, 2018), in Chinese numerals (二〇一八年三月五日) and with the year last are converted.
    """
    folded = unicodedata.normalize("NFKC", text).replace("∶", ":")
    if "年" in folded:
        folded = _YEAR_LAST.sub(r"\6-\1\3-\2\4\5", _NUMERALS.sub(_in_digits, folded))
    return _ENGLISH.sub(_year_first, folded) if "20" in folded else folded


def _in_digits(match: re.Match[str]) -> str:
    year = "".join(str(_ZERO_TO_NINE.index(sign) % 10) for sign in match[1].translate(_ZEROS))
    return f"{year}年{_number(match[2])}月{_number(match[3])}日"


def _number(text: str) -> int:
    """The value of a numeral below 100: 三, 十, 十二, 二十, 三十一."""
    tens, ten, ones = text.rpartition("十")
    return (_ZERO_TO_NINE.index(tens or "一") * 10 if ten else 0) + (_ZERO_TO_NINE.index(ones) if ones else 0)


def _year_first(match: re.Match[str]) -> str:
    month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
    return f"{match[5]}-{_MONTHS.index(month[:3].lower()) + 1:02}-{int(day):02}"


def find_moments(text: str) -> Iterator[Moment]:
    """All full days in ``text`` (folded), in order; a year or month alone does not count."""
    for match in _MOMENT.finditer(text):
        month, day = (next(filter(None, map(match.group, names))) for names in (_MONTH_GROUPS, _DAY_GROUPS))
        try:
            found = date(int(match["year"] or f"20{match['y5'] or match['y6']}"), int(month), int(day))
        except ValueError:
            continue
        if found.year < FIRST_YEAR:
            continue
        yield _with_time(match, found)


def first_moment(text: str) -> Moment | None:
    """The first full day in ``text`` (in any spelling), or None."""
    return next(find_moments(fold(text)), None)


def _with_time(match: re.Match[str], day: date) -> Moment:
    if match["hour"] is None:
        return Moment(day, "", match.start(), match.end())
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    half = match["half"] or (match["after"] or "").upper()
    if half in ("下午", "晚上", "PM") and hour < 12:
        hour += 12
    if hour == 24:
        hour = 0 if minute else 23
        minute, second = (minute, second) if hour == 0 else (59, 59)
    if match["zone"]:
        moment = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(match["zone"]))
        local = moment.astimezone(SHANGHAI)
        return Moment(local.date(), f"{local:%H:%M:%S}", match.start(), match.end())
    return Moment(day, f"{hour:02}:{minute:02}:{second:02}", match.start(), match.end())


def _zone(text: str) -> timezone:
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=min(int(digits[:2]), 14), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)
