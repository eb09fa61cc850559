"""The search of 新华网 (so.news.cn), newest first; it accepts no date range, so it is read until the window's start.

Since 2026 it has rejected many plain clients with 403 or 405; that is recorded as a refusal and respected.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from crawler.lists.base import Fetch, Listing
from crawler.lists.jsonlist import dig, json_body, json_links, rows
from yuqing.core.records import ListPage, Page

_FIELDS = {"title": "title", "url": "url", "day": "pubtime"}


def start(list_page: ListPage) -> Fetch:
    """The first rows for the keyword in ``params``."""
    return _rows(list_page, 1)


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The links of the response, and the next page as long as the search counts more."""
    data = json_body(page)
    found = rows(data, "content.results") if dig(data, "content.results") else []
    pages = dig(data, "content.pageCount")
    more = bool(found) and isinstance(pages, int) and number < pages
    links = json_links(found, page.url, page, replace(list_page, fields=_FIELDS))
    return Listing(links, _rows(list_page, number + 1) if more else None)


def _rows(list_page: ListPage, number: int) -> Fetch:
    query = {
        "lang": "cn",
        "curPage": str(number),
        "searchFields": "0",  # the full text
        "sortField": "0",  # by time
        "keyword": list_page.params["keyword"],
    }
    return Fetch(f"{list_page.url}?{urlencode(query)}", headers={"Referer": "https://so.news.cn/"})
