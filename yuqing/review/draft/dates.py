"""Days in Chinese news text, resolved against the day of publication.

``find_days`` reads 3月5日, 2018年3月5日, 3月5日至6日, 3月12—15日, 5日, 本月5日, 上月28日, 昨日, 今天, 上周五,
三月五日, 2018-03-05 and the vague words (近日, 日前 …). A month alone, a festival or 每周五 is not a day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from yuqing.review.draft.bare_days import is_day, is_name, is_told

Role = Literal["event", "bound", "future", "vague"]

_SEP = r"(?:至|到|[-－—–―~～]{1,2}|、|和)"
_HAN = "一二三四五六七八九十〇零"
_CLOCK = (
    r"(?:[（(](?:星期|周)[一二三四五六日天][）)])?"
    r"(?:[，,]?\s*(?:上午|下午|晚上|晚间|晚|凌晨|清晨|早上|早晨|中午|傍晚|夜间|当天|当日))?"
    r"(?:\s*\d{1,2}(?:[时点]|[:：]\d{2})(?:\d{1,2}分|半|整|许|左右)?)?"
)
_DAY = re.compile(
    rf"(?<![\d历])(?:(?P<y>\d{{4}}|\d\d)\s*年\s*|(?P<ry>今年|去年|明年))?(?P<m>1[0-2]|0?[1-9])\s*月\s*"
    rf"(?P<d>[12]\d|3[01]|0?[1-9])(?P<mark>\s*[日号])?"
    rf"(?:{_CLOCK}\s*{_SEP}\s*(?:(?P<y2>\d{{4}})年)?(?:(?P<m2>1[0-2]|0?[1-9])月)?"
    rf"(?P<d2>[12]\d|3[01]|0?[1-9])\s*[日号])?"
)
_BARE = re.compile(
    rf"(?<![\d.．·•・月个])(?P<month>(?:本|上个?|下个?|当|同)月\s*)?(?P<d>[12]\d|3[01]|0?[1-9])"
    rf"(?:[日号]?\s*{_SEP}\s*(?P<d2>[12]\d|3[01]|0?[1-9]))?\s*(?P<mark>[日号])"
)
_ISO = re.compile(
    r"(?<![A-Za-z\d\-/.])(?P<y>(?:19|20)\d{2})(?P<s>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>[12]\d|3[01]|0?[1-9])"
    r"(?![\d号]|[-/.]\d)"
)
_HAN_DAY = re.compile(
    rf"(?:(?P<y>[{_HAN}]{{4}})年)?(?<![{_HAN}历])(?P<m>十[一二]?|[一二三四五六七八九])月"
    rf"(?P<d>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
_WORD = re.compile(
    r"(?<![的好])(今天|今日|今晨|今早|今晚|昨天|昨日|昨晚|前天|明天|明日|后天)"
    r"(?!头条|之星|的|早报|晚报|中国|说法|关注|要闻|美术馆|会更好|控股|集团)"
)
_WORD_START = re.compile("[今昨前明后]")
_WEEK = re.compile(
    r"(?<![每至到、双半一两二三四五六七八九十几\d])(?P<which>上|本|这|下)?(?P<unit>周|星期|礼拜)(?P<w>[一二三四五六日天])"
    r"(?![至到、刊报均次轮场期岁年])"
)
_VAGUE = re.compile(r"(?<![\d０-９日号])(?:近日|日前|近期|最近|前不久|不久前|近段时间|连日来)(?!点)")
_FULL_WIDTH = re.compile("[０-９]")
_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}  # ３月５日
_WORD_SHIFT = {"今": 0, "昨": -1, "前": -2, "明": 1, "后": 2}
_HAN_DIGIT = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_BOUND_AFTER = re.compile(r"\s*(?:之?前|以前|起|止|为止|以来|之?后|以后|截止)")
_BOUND_BEFORE = re.compile(r"(?:截至|截止到?|有效期至|不晚于|不迟于|此前|自从?)\s*$")
_FUTURE_BEFORE = re.compile(r"(?:将[于在]?|拟[于在]?|定于|预计[于在]?|计划[于在]?)\s*$")
# 30日，第七届…大会将在…开幕; not 30日，市政府宣布将…
_FUTURE_AFTER = re.compile(
    r"起?[，,]?(?:(?!宣布|表示|决定|透露|介绍|召开|获悉|发布|印发|举行|通报|消息|[讯电])[^，。；,;]){0,16}?将(?!近|军|领)"
)
_MAX_SPAN = timedelta(days=31)  # a longer "span" is a validity period, not an event
_HALF_YEAR = timedelta(days=182)


class DayMention(NamedTuple):
    """A mention of a day: its position (``start``/``end`` in characters), and the days it means.

    ``role``: an event's day, a bound (3月1日起, 截至3月1日), a future day (将于3月20日), or vague (近日: no day).
    ``relative`` mentions (昨日, 5日) must be rewritten to be understood outside the article.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    role: Role
    relative: bool = False


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int:
    """2018 for 2018 and for 18."""
    return int(text) if len(text) == 4 else 2000 + int(text)


def _nearest(month: int, day: int, published: date) -> date | None:
    """The day ``month``/``day`` closest to the publication (28 December in a January article is last year's)."""
    this = _day(published.year, month, day)
    if this and abs(this - published) < _HALF_YEAR:  # nearly always, and three times as fast
        return this
    days = [found for year in (-1, 0, 1) if (found := _day(published.year + year, month, day))]
    return min(days, key=lambda found: abs(found - published), default=None)


def _han(text: str) -> int:
    """A Chinese numeral up to 99, or digit by digit (二〇一八)."""
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_HAN_DIGIT[tens] if tens else 1) + (_HAN_DIGIT[ones] if ones else 0)
    return int("".join(str(_HAN_DIGIT[char]) for char in text))


def _month_of(word: str | None, day: int, published: date, *, ahead: bool) -> date | None:
    """For a bare 5日: the day this month, or last month if it would otherwise be more than a day ahead; one that is to
    come (将于5日, ``ahead``) is in this month or the next."""
    this = published.replace(day=1)
    if ahead and not word:
        found = _day(this.year, this.month, day)
        following = this + timedelta(days=32)
        return found if found and found >= published else _day(following.year, following.month, day)
    before = this - timedelta(days=1)
    if word and word.startswith("上"):
        return _day(before.year, before.month, day)
    if word and word.startswith("下"):
        after = this + timedelta(days=32)
        return _day(after.year, after.month, day)
    found = _day(this.year, this.month, day)
    if word or (found and found <= published + timedelta(days=1)):
        return found
    return _day(before.year, before.month, day)


def _span(first: date | None, last: date | None, joint: str) -> tuple[date, date] | None:
    """The span; None if it is not one: out of order, too long, or 3月5日和9日 (two single days)."""
    if not first or not last or not first < last <= first + _MAX_SPAN:
        return None
    if joint in "、和" and last - first > timedelta(days=1):
        return None
    return first, last


def _role(text: str, start: int, end: int, first: date, published: date) -> Role:
    if _BOUND_AFTER.match(text, end) or _BOUND_BEFORE.search(text, max(0, start - 6), start):
        return "bound"
    if first > published or _FUTURE_BEFORE.search(text, max(0, start - 4), start):
        return "future"
    return "event"


def _joint(text: str) -> str:
    return next((char for char in "、和" if char in text), "-")


def _full_days(text: str, published: date) -> list[tuple[int, int, date, date, bool]]:
    found: list[tuple[int, int, date, date, bool]] = []
    for match in _DAY.finditer(text) if "月" in text else ():
        if is_name(text, match.end("mark")):
            continue
        shift = {"今年": 0, "去年": -1, "明年": 1}.get(match["ry"] or "")
        year = _year(match["y"]) if match["y"] else None if shift is None else published.year + shift
        month, day = int(match["m"]), int(match["d"])
        first = _day(year, month, day) if year else _nearest(month, day, published)
        if not first or (not match["mark"] and not match["d2"]):
            continue
        end = match.end()
        span = None
        if match["d2"] and not is_name(text, match.end()):
            month2 = int(match["m2"] or month)
            last = _day(int(match["y2"] or first.year + (month2 < month)), month2, int(match["d2"]))
            span = _span(first, last, _joint(text[match.end("d") : match.start("d2")]))
            if not span:
                if not match["mark"]:
                    continue
                end = match.end("mark")
        elif match["d2"]:
            end = match.end("mark")
        short = bool(match["y"]) and len(match["y"]) == 2
        found.append((match.start(), end, *(span or (first, first)), short or bool(match["ry"])))
    found += [
        (match.start(), match.end(), first, first, False)
        for match in (_ISO.finditer(text) if "20" in text or "19" in text else ())
        if (first := _day(int(match["y"]), int(match["m"]), int(match["d"])))
    ]
    for match in _HAN_DAY.finditer(text) if "月" in text else ():
        month, day = _han(match["m"]), _han(match["d"])
        han = _day(_han(match["y"]), month, day) if match["y"] else _nearest(month, day, published)
        if han:
            found.append((match.start(), match.end(), han, han, True))
    return found


def _relative_days(text: str, published: date) -> list[tuple[int, int, date, date, bool]]:
    found: list[tuple[int, int, date, date, bool]] = []
    for match in _BARE.finditer(text) if "日" in text or "号" in text else ():
        marks = {"month": bool(match["month"]), "span": bool(match["d2"])}
        if not is_day(text, match.start(), match.end(), match["mark"], **marks):
            continue
        ahead = _FUTURE_BEFORE.search(text, max(0, match.start() - 4), match.start()) or _FUTURE_AFTER.match(
            text, match.end()
        )
        first = _month_of(match["month"], int(match["d"]), published, ahead=ahead is not None)
        if not first:
            continue
        last = _day(first.year, first.month, int(match["d2"])) if match["d2"] else first
        if match["d2"] and not _span(first, last, _joint(match[0])):
            continue
        found.append((match.start(), match.end(), first, last or first, True))
    for match in _WORD.finditer(text) if _WORD_START.search(text) else ():
        day = published + timedelta(days=_WORD_SHIFT[match[0][0]])
        found.append((match.start(), match.end(), day, day, True))
    for match in _WEEK.finditer(text) if "周" in text or "星期" in text or "礼拜" in text else ():
        if not match["which"] and match["unit"] == "周" and not is_told(text, match.end()):
            continue  # 周六福 and 周一鸣 are names
        weekday = "一二三四五六日天".index(match["w"]) % 7 if match["w"] != "天" else 6
        monday = published - timedelta(days=published.weekday())
        day = monday + timedelta(days=weekday + {"上": -7, "下": 7}.get(match["which"] or "", 0))
        if not match["which"] and day > published:
            day -= timedelta(days=7)
        found.append((match.start(), match.end(), day, day, True))
    return found


def find_days(text: str, published: date) -> list[DayMention]:
    """Every day named in ``text``, in order, without overlaps; ``published`` is the day it was written."""
    if _FULL_WIDTH.search(text):
        text = text.translate(_DIGITS)
    full = _full_days(text, published)
    taken = [(start, end) for start, end, *_ in full]
    found = full + [
        hit
        for hit in _relative_days(text, published)
        if not any(hit[0] < end and start < hit[1] for start, end in taken)
    ]
    days = [
        DayMention(start, end, first, last, _role(text, start, end, first, published), relative)
        for start, end, first, last, relative in found
    ]
    vague = "近" in text or "前" in text or "连日" in text
    days += [
        DayMention(m.start(), m.end(), None, None, "vague", True) for m in (_VAGUE.finditer(text) if vague else ())
    ]
    return sorted(days, key=lambda mention: mention.start)


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(_CLOCK)


def after_clock(text: str, position: int) -> int:
    """The offset after a weekday and time of day (（周五）上午9时) at ``position``."""
    match = _clock().match(text, position)
    return match.end() if match else position


def say(first: date, last: date, year: int) -> str:
    """A day or span in the report's style, without the year if it is ``year``: 3月5日-6日."""
    head = f"{first.month}月{first.day}日" if first.year == year else f"{first.year}年{first.month}月{first.day}日"
    if last == first:
        return head
    if last.year != first.year:
        return f"{head}-{last.year}年{last.month}月{last.day}日"
    return f"{head}-{last.month}月{last.day}日" if last.month != first.month else f"{head}-{last.day}日"
