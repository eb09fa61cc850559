"""Adapter ``daily-archive``: one list for each day (中新网 keeps them back to 2016), read backwards.

The URL of the record contains ``{yyyy}``, ``{mm}`` and ``{dd}`` for the day. The first day is today, or ``until``
(YYYY-MM-DD) in ``params``, which the spider sets from its own ``until``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec.structs import replace

from crawler.lists.base import Fetch, Listing
from crawler.lists.links import html_links, html_text
from yuqing.core.records import ListPage, Page
from yuqing.core.times import now

_PART = {"{yyyy}": r"(?P<y>\d{4})", "{mm}": r"(?P<m>\d{2})", "{dd}": r"(?P<d>\d{2})"}


def start(list_page: ListPage) -> Fetch:
    """The list of the last day requested."""
    until = list_page.params.get("until")
    return _day(list_page, date.fromisoformat(until) if until else now().date())


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The links of the day, each dated to it, and the list of the previous day."""
    links = html_links(html_text(page), page, list_page)
    day = _day_of(page.url, list_page)
    if day is None:
        return Listing(links)
    return Listing(tuple(replace(link, day=day) for link in links), _day(list_page, day - timedelta(days=1)))


def _day(list_page: ListPage, day: date) -> Fetch:
    url = list_page.url.replace("{yyyy}", f"{day:%Y}").replace("{mm}", f"{day:%m}").replace("{dd}", f"{day:%d}")
    return Fetch(url)


def _day_of(url: str, list_page: ListPage) -> date | None:
    pattern = re.escape(list_page.url.partition("://")[2])
    for mark, group in _PART.items():
        pattern = pattern.replace(re.escape(mark), group, 1)
    match = re.search(pattern, url)
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"])) if match else None
    except (ValueError, IndexError):
        return None
