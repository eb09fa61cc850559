"""Adapter ``rss``: RSS 0.9 to 2.0, RDF, Atom and JSON Feed.

The XML formats are read by feedparser (docs/decisions/sources/feeds-are-read-by-feedparser.md), JSON Feed by this
module.
"""

from __future__ import annotations

import io
from html import unescape
from typing import Any

import feedparser

from crawler.extract.select import text_of
from crawler.extract.tree import parse
from crawler.lists.base import ListError, Listing, following, start
from crawler.lists.days import list_day
from crawler.lists.jsonlist import json_body, json_links, rows
from crawler.lists.links import page_text, plain, resolve
from yuqing.core.records import Link, ListPage, Page

__all__ = ["read", "start"]

_JSON_FIELDS = {"title": "title", "url": "url|external_url|id", "day": "date_published|date_modified"}


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The entries of the feed, and the next page: the one given by a JSON Feed, or by the record's ``next``."""
    text = page_text(page)
    links = _json(page, list_page) if text.lstrip("\ufeff \r\n\t").startswith("{") else _xml(text, page, list_page)
    return Listing(links, following(list_page, number) if links else None)


def _xml(text: str, page: Page, list_page: ListPage) -> tuple[Link, ...]:
    declared = text.lstrip("\ufeff \r\n\t")
    end = declared.find("?>") + 2 if declared.startswith("<?xml") else 0
    feed: Any = feedparser.parse(io.BytesIO(declared[end:].encode("utf-8", "replace")), sanitize_html=False)
    if not feed.version and not feed.entries:
        raise ListError(f"<rss> expected, the answer begins “{text.strip()[:40]}”.")
    links: dict[str, Link] = {}
    for entry in feed.entries:
        url = resolve(page.url, _address(entry))
        if url:
            day = list_day(_said(entry), page.fetched_at)
            title = _plain(entry.get("title", ""))
            links.setdefault(url, Link(url=url, title=title, day=day, channel=list_page.channel))
    return tuple(links.values())


def _address(entry: Any) -> str:
    """The URL of an entry's page, as opposed to enclosures and comments."""
    named = [link.get("href", "") for link in entry.get("links", ()) if link.get("rel", "alternate") == "alternate"]
    return str(next(filter(None, named), "") or entry.get("link", "") or entry.get("id", "")).strip()


def _said(entry: Any) -> str:
    """The day as written in the feed: feedparser would take a time without zone as UTC, here it is Chinese time."""
    return str(entry.get("published") or entry.get("created") or entry.get("updated") or "")


def _plain(title: str) -> str:
    """A title without markup."""
    text = unescape(title)
    root = parse(text) if "<" in text else None
    return plain(text_of(root) if root is not None else text)


def _json(page: Page, list_page: ListPage) -> tuple[Link, ...]:
    data = json_body(page)
    if not str(data.get("version", "")).startswith("https://jsonfeed.org/version/"):
        raise ListError("the JSON is not a JSON Feed (no version).")
    shape = ListPage(url=list_page.url, adapter="rss", channel=list_page.channel, fields=_JSON_FIELDS)
    return json_links(rows(data, "items"), page.url, page, shape)
