"""Adapter ``gkmlpt``: Guangdong's platform of open government information (政府信息公开平台).

``/gkmlpt/api/all/<column>?page=<n>&sid=<site>``; column 0 means all. Days are seconds since 1970.
"""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.lists.base import Fetch, Listing, start
from crawler.lists.jsonlist import dig, json_body, json_links, rows
from yuqing.core.records import ListPage, Page

__all__ = ["read", "start"]

_PAGE = re.compile(r"(?<=[?&]page=)\d{1,6}")
_FIELDS = {"title": "title", "url": "url|post_url", "day": "date|created_at"}


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The links of the response, and the next page as long as there are rows."""
    data = json_body(page)
    found = rows(data, "articles")
    links = json_links(found, page.url, page, replace(list_page, fields=_FIELDS))
    here = _PAGE.search(page.url)
    fetch = Fetch(_PAGE.sub(str(int(here[0]) + 1), page.url)) if here and found else None
    total = dig(data, "classify.post_count")
    return Listing(links, fetch, total if isinstance(total, int) else None)
