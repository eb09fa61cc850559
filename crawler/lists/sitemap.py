"""Adapter ``sitemap``: sitemaps.org files, plain lists of URLs, also gzipped, and sitemap indexes.

Only recent changes are considered: files of an index and pages whose ``lastmod`` is older than ``days`` of ``params``
(31) are left out, since a page is never published after its last change. Of an index, the most recent files are read,
at most FILES. A link gets a day only from the news extension: ``lastmod`` is not a day of publication.
"""

from __future__ import annotations

import zlib
from datetime import date, timedelta

from msgspec.structs import replace

from crawler.lists.base import Fetch, ListError, Listing, start
from crawler.lists.days import list_day
from crawler.lists.links import page_text, plain, resolve
from crawler.lists.xml import descendants, text_of, xml_root
from yuqing.core.records import Link, ListPage, Page
from yuqing.core.times import SHANGHAI

__all__ = ["read", "start"]

FILES = 4
DAYS = 31
_MOST = 50 * 1024 * 1024  # the size that sitemaps.org allows


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The pages of a sitemap, or the most recent files of an index as files to fetch."""
    page = _plain(page)
    since = page.fetched_at.astimezone(SHANGHAI).date() - timedelta(days=_days(list_page))
    text = page_text(page).lstrip("\ufeff \r\n\t")
    if text.startswith(("http://", "https://")):  # the text form: one URL per line
        addresses = (resolve(page.url, line.strip()) for line in text.splitlines())
        return Listing(tuple(Link(url=url, channel=list_page.channel) for url in dict.fromkeys(addresses) if url))
    root = xml_root(page, "urlset", "sitemapindex")
    files: dict[str, date | None] = {}
    for file in descendants(root, "sitemap"):
        if url := resolve(page.url, text_of(file, "loc")):
            files.setdefault(url, list_day(text_of(file, "lastmod"), page.fetched_at))
    if files:
        return _files(files, since)
    links: dict[str, Link] = {}
    for entry in descendants(root, "url"):
        url = resolve(page.url, text_of(entry, "loc"))
        changed = list_day(text_of(entry, "lastmod"), page.fetched_at)
        if url and not (changed and changed < since):
            day = list_day(text_of(entry, "publication_date"), page.fetched_at)
            title = plain(text_of(entry, "title"))
            links.setdefault(url, Link(url=url, title=title, day=day, channel=list_page.channel))
    return Listing(tuple(links.values()))


def _files(files: dict[str, date | None], since: date) -> Listing:
    """The most recent files; one without a day counts as recent, and an old one is taken only if there is no other."""
    ranked = sorted(files, key=lambda url: files[url] or date.max, reverse=True)
    young = [url for url in ranked if (files[url] or date.max) >= since] or ranked[:1]
    return Listing(next=Fetch(young[0]), beside=tuple(Fetch(url) for url in young[1:FILES]))


def _days(list_page: ListPage) -> int:
    told = list_page.params.get("days", "")
    return int(told) if told.isdecimal() else DAYS


def _plain(page: Page) -> Page:
    if not page.body.startswith(b"\x1f\x8b"):
        return page
    unpacker = zlib.decompressobj(31)
    try:
        body = unpacker.decompress(page.body, _MOST)
    except zlib.error as error:
        raise ListError(f"the gzip file is damaged ({error}).") from error
    if unpacker.unconsumed_tail:
        raise ListError(f"the unpacked sitemap is larger than {_MOST // 2**20} MB.")
    return replace(page, body=body)
