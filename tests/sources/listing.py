"""What the tests of the list adapters share."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit

from crawler.lists import ADAPTERS, Fetch, Listing
from yuqing.core.records import ListPage, Page
from yuqing.core.times import SHANGHAI

FETCHED = datetime(2018, 3, 16, 9, 30, tzinfo=SHANGHAI)
HEX = "0123456789abcdef0123456789abcdef"


def read(listed: ListPage, body: str | bytes, url: str = "", number: int = 1) -> Listing:
    """What the adapter of ``listed`` makes of an answer."""
    raw = body if isinstance(body, bytes) else body.encode()
    page = Page(url=url or listed.url, body=raw, source_id="s", fetched_at=FETCHED, kind="listing")
    return ADAPTERS[listed.adapter].read(page, listed, number)


def shown(listing: Listing) -> list[tuple[str, str, date | None]]:
    """The links as (URL, title, day)."""
    return [(link.url, link.title, link.day) for link in listing.links]


def query(fetch: Fetch | None) -> dict[str, str]:
    """The query of a request."""
    assert fetch
    return {key: values[0] for key, values in parse_qs(urlsplit(fetch.url).query, keep_blank_values=True).items()}


def sent(fetch: Fetch | None) -> dict[str, str]:
    """The form that a request sends."""
    assert fetch
    assert fetch.method == "POST"
    return {key: values[0] for key, values in parse_qs(fetch.body.decode(), keep_blank_values=True).items()}
