"""Adapter ``ucap-json``: lists of UCAP (开普云), ``/common/search/<32 hex>`` or ``/searchList/<32 hex>``.

The hex number is the column's; a column page has it in ``<meta name="channelid">``, so the record may name either. A
column page without it is read as plain HTML, with the selectors of the record.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlencode, urljoin, urlsplit

from crawler.lists.base import Fetch, Listing
from crawler.lists.jsonlist import dig, json_body, json_links, rows
from crawler.lists.links import html_links, page_text
from yuqing.core.records import ListPage, Page

_API = re.compile(r"/(?:common/search|searchList)/[0-9a-f]{32}")
_META = re.compile(r"<meta\b[^<>]*\bname=[\"']channelid[\"'][^<>]*>", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent=[\"']([0-9a-f]{32})[\"']", re.IGNORECASE)
_FIELDS = {"title": "title|showTitle", "url": "url", "day": "publishedTimeStr|publishedTime"}
_POSITION = re.compile(r"(?<=[?&]page=)\d{1,6}")
_ROWS = 20


def start(list_page: ListPage) -> Fetch:
    """The first rows of the column, or its page."""
    return _rows(list_page.url, 1) if _API.search(list_page.url) else Fetch(list_page.url)


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The request for the rows of a column page; or the links of a response and the next rows."""
    text = page_text(page)
    if text.lstrip().startswith("<"):
        meta = _META.search(text)
        channel = _CONTENT.search(meta[0]) if meta else None
        if channel:
            return Listing(next=_rows(urljoin(page.url, f"/common/search/{channel[1]}"), 1))
        return Listing(html_links(text, page, list_page))
    data = json_body(page)
    found = rows(data, "data.results")
    total = dig(data, "data.total")
    total = total if isinstance(total, int) else None
    here = _POSITION.search(page.url)
    asked = int(here[0]) if here else number
    more = bool(found) and (total is None or asked * _ROWS < total)
    links = json_links(found, page.url, page, replace(list_page, fields=_FIELDS))
    return Listing(links, _rows(page.url, asked + 1) if more else None, total)


def _rows(url: str, number: int) -> Fetch:
    query = {
        "_isAgg": "true",
        "_isJson": "true",
        "_pageSize": str(_ROWS),
        "_template": "index",
        "_rangeTimeGte": "",
        "_channelName": "",
        "page": str(number),
    }
    return Fetch(
        urlsplit(url)._replace(query=urlencode(query)).geturl(), headers={"X-Requested-With": "XMLHttpRequest"}
    )
