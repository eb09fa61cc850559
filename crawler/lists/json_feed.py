"""Adapter ``json-feed``: a JSON (or JSONP) file whose rows have title, URL and day.

``items`` is the path of the rows (empty: the root), ``fields`` says which fields have ``title``, ``url`` and ``day``;
``a|b`` is the first one that is not empty.
"""

from __future__ import annotations

from crawler.lists.base import Listing, following, start
from crawler.lists.jsonlist import json_body, json_links, rows
from yuqing.core.records import ListPage, Page

__all__ = ["read", "start"]


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The links of the feed, and the page given by the record's ``next``."""
    found = rows(json_body(page), list_page.items)
    return Listing(json_links(found, page.url, page, list_page), following(list_page, number) if found else None)
