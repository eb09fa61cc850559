"""Adapter ``xinhua-ds``: columns of Xinhua's publishing system and their ``ds_<32 hex>.json`` feeds.

A column page names its feed in an attribute ``data="datasource:<32 hex>"``; the feed is in the same folder. The record
may name either. Home pages contain articles and name a feed, while columns are often filled only by script: of a page
the article links are read, and then the first feed is fetched.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urljoin

from crawler.dialects import DIALECTS, SYSTEMS
from crawler.lists.base import Fetch, Listing, start
from crawler.lists.jsonlist import json_body, json_links, rows
from crawler.lists.links import html_links, page_text
from yuqing.core.records import ListPage, Page

__all__ = ["read", "start"]

_SOURCE = re.compile(r"data=[\"']datasource:([0-9a-f]{32})[\"']")
_ARTICLE = tuple(DIALECTS[key].pattern for key in SYSTEMS["xinhua"])
_FIELDS = {"title": "title|showTitle", "url": "publishUrl|url", "day": "publishTime"}


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The articles of a page and the feed it names, or the links of a feed, which has no further page."""
    text = page_text(page)
    if text.lstrip().startswith("<"):
        match = _SOURCE.search(text)
        links = tuple(
            link for link in html_links(text, page, list_page) if any(form.search(link.url) for form in _ARTICLE)
        )
        return Listing(links, Fetch(urljoin(page.url, f"ds_{match[1]}.json")) if match else None)
    found = rows(json_body(page), "datasource")
    links = json_links(found, page.url, page, replace(list_page, fields=_FIELDS))
    return Listing(links, total=len(found))
