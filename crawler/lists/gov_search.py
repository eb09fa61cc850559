"""The search of 中国政府网 (sousuo.www.gov.cn): policy documents of a window, not news.

As observed in October 2026. The rows are in up to five categories, each with its own count.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from crawler.lists.base import Fetch, ListError, Listing
from crawler.lists.jsonlist import dig, json_body, json_links
from yuqing.core.records import ListPage, Page

_ROWS = 20
_FIELDS = {"title": "title", "url": "url", "day": "pubtimeStr|ptime|pubtime"}


def start(list_page: ListPage) -> Fetch:
    """The first rows for ``params``: keyword, since and until (YYYY-MM-DD)."""
    return _rows(list_page, 1)


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The links of all categories, and the next rows as long as a category has more."""
    found = dig(json_body(page), "searchVO")
    if not isinstance(found, dict):
        raise ListError("the search response has no searchVO.")
    categories = [c for c in (found.get("catMap") or {"": found}).values() if isinstance(c, dict)]
    rows = [row for category in categories for row in category.get("listVO") or []]
    counts = [count for category in categories if isinstance(count := category.get("totalCount"), int)]
    more = bool(rows) and number * _ROWS < max(counts, default=0)
    links = json_links(rows, page.url, page, replace(list_page, fields=_FIELDS))
    return Listing(links, _rows(list_page, number + 1) if more else None, sum(counts))


def _rows(list_page: ListPage, number: int) -> Fetch:
    params = list_page.params
    query = {
        "t": "zhengcelibrary",
        "q": params["keyword"],
        "timetype": "timezd",
        "mintime": params["since"],
        "maxtime": params["until"],
        "sort": "pubtime",
        "sortType": "1",
        "searchfield": "title:content:summary",
        "p": str(number),
        "n": str(_ROWS),
    }
    return Fetch(f"{list_page.url}?{urlencode(query)}", headers={"Referer": "https://sousuo.www.gov.cn/"})
