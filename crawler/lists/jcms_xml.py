"""Adapter ``jcms-xml``: columns of Hanweb JCMS.

The column page ``/col/col<ID>/index.html`` contains its first rows in a ``script type="text/xml"`` (rows are HTML in
CDATA) and the URL of the next group at ``dataproxy.jsp``, whose responses look the same and give ``totalpage``. Sites
of this vendor are moving to jpaas, so a column page built with jpaas is read as such.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

from crawler.lists import jpaas
from crawler.lists.base import Fetch, ListError, Listing, following, start
from crawler.lists.links import html_links, page_text
from yuqing.core.records import ListPage, Page

__all__ = ["read", "start"]

_RECORD = re.compile(r"<record>\s{0,40}<!\[CDATA\[", re.IGNORECASE)
_NEXT = re.compile(r"<nextgroup>[^<]{0,40}<!\[CDATA\[[^<]{0,40}<a\b[^<>]*?\bhref\s?=\s?[\"']([^\"'<>]+)", re.IGNORECASE)
_PAGES = re.compile(r"<totalpage>\s{0,40}(\d{1,9})", re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s{0,40}(\d{1,9})", re.IGNORECASE)
_POSITION = re.compile(r"(?<=[?&]page=)\d{1,6}")


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The rows of a column page or a dataproxy response, and the next group."""
    text = page_text(page)
    records = _records(text)
    if not records and ("page/build/unit" in page.url or jpaas.names_unit(text)):
        return jpaas.read(page, list_page, number)
    if not records and "<datastore" not in text.lower():
        raise ListError("the page has no JCMS records (datastore).")
    links = html_links("\n".join(records), page, list_page) if records else ()
    total = _TOTAL.search(text)
    fetch = _next_group(text, page, list_page, number) if links else None
    return Listing(links, fetch, int(total[1]) if total else None)


def _records(text: str) -> list[str]:
    """The HTML of the records, located by their CDATA marks: a regex over everything would take quadratic time on a
    truncated file."""
    found, position = [], 0
    while match := _RECORD.search(text, position):
        end = text.find("]]>", match.end())
        if end < 0:
            break
        found.append(text[match.end() : end])
        position = end
    return found


def _next_group(text: str, page: Page, list_page: ListPage, number: int) -> Fetch | None:
    here, pages = _POSITION.search(page.url), _PAGES.search(text)
    if "dataproxy" in page.url and here:
        position = int(here[0]) + 1
        if not pages or position > int(pages[1]):
            return None
        return Fetch(_POSITION.sub(str(position), page.url))
    if match := _NEXT.search(text):
        return Fetch(urljoin(page.url, unescape(match[1])))
    return following(list_page, number)
