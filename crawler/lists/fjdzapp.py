"""Adapter ``fjdzapp``: Fujian's TRS search behind its columns, queried by a form to ``/fjdzapp/search``.

The column page names its channel in a script (``chnlid=<number>``). The channel is repeated in the URL's query, which
the server ignores, so that the response can be identified in the archive.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urljoin

from crawler.lists.base import Fetch, Listing, start
from crawler.lists.jsonlist import dig, form, json_body, json_links, rows
from crawler.lists.links import html_links, page_text
from yuqing.core.records import ListPage, Page

__all__ = ["read", "start"]

_CHANNEL = re.compile(r"chnlid\s*=\s*(\d+)", re.IGNORECASE)
_PAGES = "pageCount|pagecount"
_FIELDS = {"title": "doctitle", "url": "docpuburl|chnldocurl", "day": "docreltime"}


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The request for the rows of a column page (which is number 1); or the links of a response and the next
    request."""
    text = page_text(page)
    if text.lstrip().startswith("<"):
        match = _CHANNEL.search(text)
        if match:
            return Listing(next=_rows(urljoin(page.url, f"/fjdzapp/search?chnlid={match[1]}"), list_page, 1))
        return Listing(html_links(text, page, list_page))
    data = json_body(page)
    found = rows(data, "data" if dig(data, "data") is not None else "docs")
    here, pages = number - 1, dig(data, _PAGES)
    more = bool(found) and (not str(pages or "").isdecimal() or here < int(pages))
    links = json_links(found, page.url, page, replace(list_page, fields=_FIELDS))
    return Listing(links, _rows(page.url, list_page, here + 1) if more else None)


def _rows(url: str, list_page: ListPage, number: int) -> Fetch:
    channel = _CHANNEL.search(url)
    values = {
        "channelid": "229105",  # the search view of the provincial sites
        "sortfield": "-docorder,-docreltime",
        "classsql": f"chnlid={channel[1] if channel else ''}",
        "classcol": "publishyear",
        "classnum": "100",
        "classsort": "0",
        "cache": "true",
        "page": str(number),
        "prepage": "75",
    }
    return form(url, values, list_page.url)
