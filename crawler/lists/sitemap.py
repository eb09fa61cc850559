"""Adapter ``sitemap``: sitemaps.org files, also gzipped, and the index above them.

Of an index the youngest file is read. A day is given where the news extension names one: ``lastmod`` is the
day of the last change and no day of publication.
"""

from __future__ import annotations

import zlib

from msgspec.structs import replace

from crawler.lists.base import Fetch, ListError, Listing, start
from crawler.lists.days import list_day
from crawler.lists.links import plain, resolve
from crawler.lists.xml import descendants, text_of, xml_root
from yuqing.core.records import Link, ListPage, Page

__all__ = ["read", "start"]

_MOST = 50 * 1024 * 1024  # the size that sitemaps.org allows


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The pages of a sitemap, or the youngest file of an index as the next to fetch."""
    root = xml_root(_plain(page), "urlset", "sitemapindex")
    files = [(text_of(file, "lastmod"), text_of(file, "loc")) for file in descendants(root, "sitemap")]
    if files:
        url = resolve(page.url, max(files, key=lambda file: file[0])[1])
        return Listing(next=Fetch(url) if url else None)
    links: dict[str, Link] = {}
    for entry in descendants(root, "url"):
        url = resolve(page.url, text_of(entry, "loc"))
        if url:
            day = list_day(text_of(entry, "publication_date"), page.fetched_at)
            title = plain(text_of(entry, "title"))
            links.setdefault(url, Link(url=url, title=title, day=day, channel=list_page.channel))
    return Listing(tuple(links.values()))


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
