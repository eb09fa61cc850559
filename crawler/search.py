"""Backfilling a past window by keyword through the sites' own searches.

A search is read like a list: :func:`search_pages` returns list pages whose adapters are in :data:`SEARCHES`. The
results belong to many sources (人民网 covers all its channels); :func:`crawler.sources.source_for` tells which one a
link belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crawler.lists import Adapter, gov_search, people_search, xinhua_search
from yuqing.core.records import ListPage

SEARCHES: dict[str, Adapter] = {
    "gov-search": gov_search,
    "people-search": people_search,
    "xinhua-search": xinhua_search,
}
_MAX_PAGES = 100  # 2,000 to 5,000 links: a month of one keyword has some hundred


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A search as a list: the source it is run for, its host, and the seconds between requests."""

    source_id: str
    host: str
    list_page: ListPage
    seconds: float


def search_pages(keyword: str, since: date, until: date) -> tuple[SearchPage, ...]:
    """The searches for ``keyword`` from ``since`` to ``until``, both inclusive."""
    params = {"keyword": keyword, "since": since.isoformat(), "until": until.isoformat()}

    def search(source_id: str, adapter: str, host: str, url: str, seconds: float) -> SearchPage:
        page = ListPage(url=url, adapter=adapter, channel="检索", max_pages=_MAX_PAGES, params=params)
        return SearchPage(source_id, host, page, seconds)

    return (
        search("gov-cn", "gov-search", "sousuo.www.gov.cn", "https://sousuo.www.gov.cn/search-gov/data", 3),
        search(
            "people",
            "people-search",
            "search.people.cn",
            "http://search.people.cn/search-platform/front/search",
            6,  # about ten requests a minute are tolerated
        ),
        search("xinhuanet", "xinhua-search", "so.news.cn", "https://so.news.cn/getNews", 3),
    )
