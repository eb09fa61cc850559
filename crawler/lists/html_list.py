"""Adapter ``html-list``: a plain HTML list, read with selectors from the record."""

from __future__ import annotations

from crawler.lists.base import Listing, following, start
from crawler.lists.links import html_links, html_text
from yuqing.core.records import ListPage, Page

__all__ = ["read", "start"]


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The links of the page, and the page given by the record's ``next``."""
    links = html_links(html_text(page), page, list_page)
    return Listing(links, following(list_page, number) if links else None)
