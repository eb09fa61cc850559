"""Dates next to links, in the forms that list pages and feeds use."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from yuqing.core.times import SHANGHAI

_YMD = re.compile(r"(?<!\d)(20\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s*(?:\s|[/|])\s*(20\d{2})\s*[-/.年]\s*(\d{1,2})(?![\d-])")
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d{2})年?\s+(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<![\d/.-])(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?\s+(20\d{2})(?![\d-])")
_MD = re.compile(r"(?<![\d/.-])(\d{1,2})\s*(?:月|[-/])\s*(\d{1,2})(?![\d/.-])")
# alone or after 于: “今日报名” in a headline next to the link is not a date
_AGO = re.compile(
    r"(?:(?<![\u4e00-\u9fa5])|(?<=于))(?:刚刚|[今昨前][天日])(?![\u4e00-\u9fa5])|(\d+)\s*(分钟|小时|天)前"
)
_CLOCK = re.compile(r"\d{2}:\d{2}(?::\d{2})?")  # two digits: 2:35 would be the length of a film
_STAMP = (
    r"[\[(（【]?\s*(?:20\d{2}\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}日?"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])）】]?"
)
_EDGE = re.compile(rf"^{_STAMP}\s+|(?:\s+|(?<=[^\d\s])(?=[\[(（【2])){_STAMP}$")
_AROUND = " ·・•[](（）)【】"
_MILLISECONDS = 10**11  # as seconds far in the future, as milliseconds 1973; no feed has either


def list_day(value: object, fetched_at: datetime) -> date | None:
    """The day in China that ``value`` (text, or a count of seconds or milliseconds) names, or None.

    If the year is missing, it is that of ``fetched_at``, or the previous one if the day would otherwise be in the
    future: a list shows no future days (with one day of tolerance for clocks).
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _epoch(float(value))
    text = str(value).strip()
    if text.isdecimal() and len(text) in (10, 13):
        return _epoch(float(text))
    return find_day(text, fetched_at)


def find_day(text: str, fetched_at: datetime) -> date | None:
    """The first day in ``text``, in any form."""
    today = fetched_at.astimezone(SHANGHAI).date()
    if match := _YMD.search(text) or _COMPACT.search(text):
        return _day(*match.groups())
    if match := _DAY_FIRST.search(text):
        return _day(match[2], match[3], match[1])
    if match := _YEAR_FIRST.search(text):
        return _day(match[1], match[2], match[3])
    if match := _YEAR_LAST.search(text):
        return _day(match[3], match[1], match[2])
    if match := _AGO.search(text):
        return _ago(match, fetched_at.astimezone(SHANGHAI))
    if match := _MD.search(text):
        return _without_year(match[1], match[2], today)
    if _CLOCK.fullmatch(text.strip(_AROUND)):
        return today
    return _rfc822(text)


def without_day(text: str) -> str:
    """``text`` without a day and time at its start or end."""
    return _EDGE.sub("", text).strip()


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _without_year(month: str, day: str, today: date) -> date | None:
    found = _day(str(today.year), month, day) or _day(str(today.year - 1), month, day)
    if found and found > today + timedelta(days=1):
        found = _day(str(found.year - 1), month, day)
    return found


def _ago(match: re.Match[str], now: datetime) -> date | None:
    back = {"昨": timedelta(days=1), "前": timedelta(days=2)}.get(match[0][0], timedelta())
    if match[1]:
        unit = {"分钟": "minutes", "小时": "hours", "天": "days"}[match[2]]
        if len(match[1]) > 4:
            return None
        back = timedelta(**{unit: int(match[1])})
    return (now - back).date()


def _epoch(count: float) -> date | None:
    seconds = count / 1000 if count > _MILLISECONDS else count
    try:
        found = datetime.fromtimestamp(seconds, UTC).astimezone(SHANGHAI).date()
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.year >= 2000 else None


def _rfc822(text: str) -> date | None:
    if not re.search(r"\d{1,2} [A-Z][a-z]{2} \d{4}", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (moment.astimezone(SHANGHAI) if moment.tzinfo else moment).date()
