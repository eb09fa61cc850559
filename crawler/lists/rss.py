"""Adapter ``rss``: RSS 2.0, RSS 1.0 (RDF) and Atom."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree

from crawler.lists.base import Listing, following, start
from crawler.lists.days import list_day
from crawler.lists.links import plain, resolve
from crawler.lists.xml import descendants, local, text_of, xml_root
from yuqing.core.records import Link, ListPage, Page

__all__ = ["read", "start"]

_TAG = re.compile(r"<[^<>]*>")


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The entries of the feed, and the page that the record's ``next`` names."""
    links: dict[str, Link] = {}
    for entry in descendants(xml_root(page, "rss", "feed", "rdf"), "item", "entry"):
        url = resolve(page.url, _address(entry))
        if url:
            title = plain(_TAG.sub("", unescape(text_of(entry, "title"))))
            day = list_day(text_of(entry, "pubdate", "published", "date", "updated"), page.fetched_at)
            links.setdefault(url, Link(url=url, title=title, day=day, channel=list_page.channel))
    return Listing(tuple(links.values()), following(list_page, number) if links else None)


def _address(entry: etree._Element) -> str:
    for child in entry:
        if local(child) == "link" and child.get("rel", "alternate") == "alternate":
            return child.get("href") or "".join(map(str, child.itertext()))
    return text_of(entry, "guid", "id")
