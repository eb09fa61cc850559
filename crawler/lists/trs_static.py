"""Adapter ``trs-static``: columns of TRS WCM, ``index.html`` then ``index_1.html``, ``index_2.html`` …

The page states the number of pages in a script call ``createPageHTML(total, current, "index", "html")`` (the numbers
were in this order wherever seen; an element id may precede them). A page past the end may be a stub of some hundred
bytes with status 200.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawler.lists.base import Fetch, Listing, following, start
from crawler.lists.links import html_links, html_text
from yuqing.core.records import ListPage, Page

__all__ = ["read", "start"]

_CALL = re.compile(
    r"createPageHTML\w*\(\s*(?:['\"][^'\"]*['\"]\s*,\s*)?(\d{1,6})\s*,\s*\d+\s*,\s*['\"]([\w./-]+)['\"]\s*,\s*['\"](\w+)['\"]",
    re.IGNORECASE,
)


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The links of the page, and the next page of the column."""
    html = html_text(page)
    links = html_links(html, page, list_page)
    call = _CALL.search(html)
    if not links:
        return Listing(links)
    if not call:
        return Listing(links, following(list_page, number))
    if number >= int(call[1]):
        return Listing(links)
    return Listing(links, Fetch(urljoin(page.url, f"{call[2]}_{number}.{call[3]}")))
