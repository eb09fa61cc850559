"""A day whose parts are in separate elements: <b>05</b><i>2018-03</i>, 31 above 2020年12月, 2022 | 08/16."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from lxml import etree

from crawler.extract.dates import FIRST_YEAR, Moment, fold
from crawler.extract.layout import PageLayout

_TIME = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?")
_WEEKDAY = re.compile(
    r"\(?(?:星期|周)[一二三四五六日天]\)?|\(?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?\)?", re.IGNORECASE
)
_LABEL = re.compile(r"(?:发布|发表|更新)?(?:时间|日期)\s*:?")
_NUMBERS = re.compile(
    r"\d+|[一二三四五六七八九十]+(?=月)|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*", re.IGNORECASE
)
_REST = re.compile(r"[\s\-/.,年月日:|]*")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("一", "jan"), ("二", "feb"), ("三", "mar"), ("四", "apr"), ("五", "may"), ("六", "jun"),
            ("七", "jul"), ("八", "aug"), ("九", "sep"), ("十", "oct"), ("十一", "nov"), ("十二", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_JOINED = re.compile(r"(?<!\d)\d{4}\s?[-/.年]\s?(\d{1,2})(?!\d)")
_JOINED_BEFORE = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?\d{4}(?!\d)")
MAX_TEXT = 40  # characters of all the parts together
MAX_PARTS = 8


def split_moment(layout: PageLayout, numbers: Sequence[int]) -> Moment | None:
    """The first day in parts that makes up an element around one of these lines."""
    seen: set[etree._Element] = set()
    for number in numbers:
        line = layout.lines[number]
        if len(line.text) > MAX_TEXT or not any(char.isdigit() for char in line.text):
            continue
        for element in _around(line.element):
            if element in seen:
                continue
            seen.add(element)
            moment = _read(element)
            if moment:
                return moment
    return None


def is_split_day(element: etree._Element) -> bool:
    """Whether the element holds a day in parts and nothing else."""
    return _read(element) is not None


def _around(element: etree._Element) -> Iterator[etree._Element]:
    """The element, its children that have children, and its parent."""
    yield element
    yield from (part for part in element.iterdescendants() if isinstance(part.tag, str) and len(part))
    for holder, _ in zip(element.iterancestors(), range(2), strict=False):
        yield holder


def _read(element: etree._Element) -> Moment | None:
    """The day given by the whole text of ``element``; None where it says more, or is in one piece."""
    parts: list[str] = []
    for text in element.itertext():
        if text.strip():
            parts.append(fold(str(text)).strip())
            if len(parts) > MAX_PARTS or sum(map(len, parts)) > MAX_TEXT:
                return None
    if len(parts) < 2:
        return None
    text = " ".join(parts)
    clock = _TIME.search(text)
    text = _LABEL.sub(" ", _WEEKDAY.sub(" ", _TIME.sub(" ", text)))
    found = list(_NUMBERS.finditer(text))
    if not _REST.fullmatch(_NUMBERS.sub("", text)):
        return None
    day = _day([match[0].lower() for match in found], text)
    if day is None:
        return None
    time = clock[0] if clock else ""
    return Moment(day, f"{time:0>5}:00"[:8] if time.count(":") == 1 else f"{time:0>8}" if time else "")


def _day(numbers: list[str], text: str) -> date | None:
    """Year, month and day from three numbers in any order: the year has four digits; the month is next to it.

    If both 03 and 05 can be months, the one joined to the year by - / . 年 or written with 月 is the month; otherwise
    the order is month and day, as in 03-05 2018 and 2018 03-05.
    """
    if len(numbers) != 3:
        return None
    years = [number for number in numbers if len(number) == 4 and number.isdigit()]
    if len(years) != 1:
        return None
    at = numbers.index(years[0])
    rest = [number for number in numbers if number != years[0]]
    if len(rest) != 2:
        return None
    year, month, day = int(years[0]), rest[0], rest[1]
    words = [number for number in rest if not number.isdigit()]
    marked = re.search(r"(\d{1,2})\s*月", text)
    joined = _JOINED.search(text) or _JOINED_BEFORE.search(text)
    if words:
        month = words[0]
    elif marked:
        month = marked[1]
    elif joined:
        month = joined[1]
    elif at == 1:
        return None  # 05 2018 03: either may be the month
    elif at == 2 and not re.search(r"\d{1,2}\s?[-/.]\s?\d{1,2}", text):
        return _made(year, rest[1], rest[0])  # 05 03 2018: nothing is joined, and the day comes first
    if month not in rest:
        return None
    day = rest[1] if rest[0] == month else rest[0]
    return _made(year, month, day)


def _made(year: int, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS.get(month, _MONTHS.get(month[:3], 0))
    try:
        made = date(year, number, int(day))
    except ValueError:
        return None
    return made if made.year >= FIRST_YEAR else None
