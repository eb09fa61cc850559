"""The generic source spider: from lists to links, from links to pages. Sites differ only in their records."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import scrapy
from msgspec import structs
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.extract import extract, next_part
from crawler.extract.error_page import ALIKE, fingerprint, is_alike, may_be_missing
from crawler.failures import failure_outcome
from crawler.lists import ADAPTERS, Fetch, ListError
from crawler.live import TurnLostError
from crawler.memory import UrlMemory
from crawler.missing import ASKED_AGAIN, impossible_url, said_to_missing
from crawler.record_adapter import register
from crawler.refusals import answer_outcome
from crawler.responses import page_of
from crawler.search import SEARCHES, search_pages
from crawler.sources import choose, is_article, load_sources, source_for
from crawler.spiders.parts import bad_address, count_of, list_key
from crawler.state import UrlState
from crawler.turns import Turns, counted
from yuqing.core.errors import UsageError
from yuqing.core.records import Article, Link, ListPage, Page, PageResult, Rejected, Source
from yuqing.core.times import day_of, now
from yuqing.core.urls import host_allowed, host_of, item_id, url_fault

logger = logging.getLogger(__name__)
READERS = {**ADAPTERS, **SEARCHES}
GONE = {404, 410}  # for a list page after the first: there is no such page
ARGUMENTS = ("source", "since", "until", "limit", "backfill")
MAX_PARTS = 20  # pages of one article that are joined
# The first page of every list goes before articles, so that all sources start early. Later list pages wait for the
# articles of the pages before: otherwise the whole past of a list would wait in memory (100,000 pages: 707 MB, this way
# 463).
FIRST_PAGE, NEXT_PAGE = 10, -1
LOOK_SECONDS = 0.5  # between two checks for sources whose turn has come
register()


class SourcesSpider(scrapy.Spider):
    """Reads the lists of the chosen sources and yields every response as a Page, every failure as a PageResult.

    Arguments: ``source`` (comma-separated source ids or tiers; default: all in service), ``since`` and ``until`` (days,
    applied to the days shown on lists), ``limit`` (maximum number of articles fetched), ``backfill`` (a keyword: the
    sites' own searches from ``since`` to ``until`` are read instead of the lists).
    """

    name = "sources"

    @classmethod
    def handles_request(cls, request: scrapy.Request) -> bool:
        """Accept every URL, so that `scrapy parse`, `scrapy fetch` and `scrapy shell` use this spider."""
        return request.url.startswith(("http:", "https:"))

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, *args: Any, memory: UrlMemory | None = None, **kwargs: Any
    ) -> SourcesSpider:
        """Loads the records named in the settings, and the URL memory unless ``memory`` is given."""
        spider: SourcesSpider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        spider.known = load_sources(Path(settings["SOURCES_FILE"]))
        spider.sources = choose(spider.known, spider.chosen)
        spider.state_of_urls = memory or UrlState(Path(settings["STATE_FILE"]), tuple(settings["RECHECK_DAYS"]))
        spider.pages_limit = settings.getint("LIST_PAGES_LIMIT")
        spider.turns = Turns(crawler, spider._turn_over)
        return spider

    def __init__(
        self, source: str = "", since: str = "", until: str = "", limit: str = "", backfill: str = "", **unknown: str
    ) -> None:
        if unknown:
            raise UsageError(f"“{next(iter(unknown))}” is not an argument of the spider; use {', '.join(ARGUMENTS)}.")
        super().__init__()
        self.chosen = source
        self.since = day_of(since) if since else None
        self.until = day_of(until) if until else None
        self.left = count_of(limit) if limit else None
        self.backfill = backfill
        self.known: dict[str, Source] = {}
        self.sources: list[Source] = []
        self.state_of_urls: UrlMemory
        self.turns: Turns
        self.pages_limit = 200
        self._queued: set[str] = set()
        self._open: frozenset[str] = frozenset()
        self._waiting: dict[str, list[Page]] = {}  # article pages, by source, awaiting the response to a missing page

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The first page of every list, or of every search; and the articles that earlier runs left pending."""
        if not self.settings["RUN_ID"]:  # not started by one of the commands that archive, store and count
            self.logger.error(
                "Nothing is fetched, because nothing would be kept. Start with `scrapy crawl sources` or "
                "`yuqing crawl`."
            )
            raise CloseSpider("no run")
        searches: dict[str, list[scrapy.Request]] = {}
        if self.backfill and self.since:
            searches = self._searches(self.backfill, self.since)
            self.sources = [self.known[source_id] for source_id in searches]
        memory = self.state_of_urls
        memory.begin(self.sources, f"{self.since} {self.until} {self.left} {self.backfill}")
        while True:
            taken = memory.take()
            for source in taken:
                self.turns.begin(source.id)  # until all its first requests have been sent
            for request in [one for source in taken for one in searches[source.id]] if searches else self._first(taken):
                yield request
            for source in taken:
                self.turns.end(source.id)
            memory.beat()
            if not memory.busy:
                return
            await asyncio.sleep(LOOK_SECONDS)
            for source_id in self.turns.ended():
                memory.done(source_id)

    def _first(self, taken: list[Source]) -> Iterator[scrapy.Request]:
        """The first page of every list of the sources ``taken``, and their pending links."""
        self._open = self.state_of_urls.open_lists()
        for source in taken:
            for listed in source.open_lists:
                if listed.adapter == "daily-archive" and self.until:  # reads backwards from a day, by default today
                    listed = replace(listed, params={**listed.params, "until": self.until.isoformat()})
                yield self._list_request(source, listed, READERS[listed.adapter].start(listed), 1)
        for link, source in self._pending(taken):
            request = self._article_request(link, source)
            if request is not None:
                yield request

    def _searches(self, keyword: str, since: date) -> dict[str, list[scrapy.Request]]:
        """The first page of every search, by the source for which it is run."""
        found: dict[str, list[scrapy.Request]] = {}
        for search in search_pages(keyword, since, self.until or now().date()):
            if search.source_id in self.known:
                source = replace(self.known[search.source_id], hosts=(search.host,))
                first = READERS[search.list_page.adapter].start(search.list_page)
                request = self._list_request(source, search.list_page, first, 1)
                found.setdefault(search.source_id, []).append(request)
        return found

    def _turn_over(self, source_id: str) -> None:
        """Nothing of the source is in progress; a search may still lead to more of it until the search ends."""
        if not self.backfill:
            self.state_of_urls.done(source_id)

    def closed(self, reason: str) -> None:
        """Close the URL memory."""
        self.state_of_urls.close()

    def parse(self, response: Response) -> Iterator[Link | Article | Rejected | scrapy.Request]:
        """The contents of one URL for `scrapy parse` and the shell: a list's links, or the article; nothing is kept."""
        source = source_for(response.url, self.known)
        if source is None:
            self.logger.error("%s: no source of %s has this host", response.url, self.settings["SOURCES_FILE"])
            return
        listed = next((listed for listed in source.lists if listed.url == response.url), None)
        page = page_of(response, source, "listing" if listed else "article")
        if listed is None:
            yield extract(page, source)
            return
        try:
            links = READERS[listed.adapter].read(page, listed, 1).links
        except ListError as error:
            self.logger.error("%s: %s", response.url, error)
            return
        for link in links:
            yield link
            if owner := self._owner(link, source, listed):
                yield scrapy.Request(link.url, callback=self.parse, meta={"hosts": owner.hosts})

    @counted
    def parse_listing(
        self, response: Response, source: Source, listed: ListPage, number: int
    ) -> Iterator[Page | PageResult | scrapy.Request]:
        """A list page: its links to articles, and the next page as long as that may contain something new."""
        page = page_of(response, source, "listing")
        if answer_outcome(page):
            if page.status in GONE:
                self._read_on(source, listed, on=False)
            yield page
            return
        try:
            listing = READERS[listed.adapter].read(page, listed, number)
        except ListError as error:
            yield structs.replace(page, note=str(error))
            return
        except Exception as error:  # a list of the open web; it is archived, and reported by the run as unreadable
            logger.exception("list not read: %s", page.url)
            yield structs.replace(page, note=f"the adapter {listed.adapter} broke: {type(error).__name__}: {error}")
            return
        if listing.next and (fault := url_fault(listing.next.url)):
            yield bad_address(listing.next.url, source, fault)
            listing = replace(listing, next=None)
        if not listing.links and listing.next and number < listed.max_pages:
            yield structs.replace(page, links=1, note="names the file of its list")
            for fetch in (listing.next, *listing.beside):
                yield self._list_request(source, listed, fetch, number + 1)
            return
        owned, faulty = [], []
        for link in listing.links:
            if owner := self._owner(link, source, listed):
                if fault := url_fault(link.url):
                    faulty.append(bad_address(link.url, owner, fault))
                else:
                    owned.append((link, owner))
        links = [link for link, _ in owned]
        none = f"{len(listing.links)} links, none to an article of the source" if listing.links and not links else ""
        self.state_of_urls.add_pending(
            ((link, owner.id) for link, owner in owned if self._in_range(link.day)), page.fetched_at
        )
        yield structs.replace(page, links=len(links), note=none or page.note)
        yield from faulty
        new = 0
        for link, owner in owned:
            request = self._article_request(link, owner)
            if request is not None:
                new += 1
                yield request
        if listing.next and self._goes_on(links, new > 0 or list_key(source, listed) in self._open, listed, number):
            self._read_on(source, listed, on=True)
            yield self._list_request(source, listed, listing.next, number + 1)
        elif self.left != 0:
            self._read_on(source, listed, on=False)

    @counted
    def parse_article(
        self, response: Response, source: Source, link: Link, parts: tuple[Page, ...] = ()
    ) -> Iterator[Page | scrapy.Request]:
        """An article page; an article in several pages is passed on once its last page has arrived."""
        page = structs.replace(page_of(response, source, "part" if parts else "article"), link=link)
        chain = (*parts, page)
        more = None if answer_outcome(page) or len(chain) >= MAX_PARTS else next_part(page)
        seen = {part.url for part in chain}
        if more and more not in seen and host_allowed(host_of(more), source.hosts) and not url_fault(more):
            yield self._request(more, source, self.parse_article, {"link": link, "parts": chain})
        else:
            yield from self._compared(structs.replace(chain[0], parts=chain[1:]), source)

    @counted
    def parse_missing(self, response: Response, source: Source) -> Iterator[Page]:
        """The response to a URL that cannot exist, followed by the pages that waited to be compared with it."""
        page = page_of(response, source, "control")
        self.state_of_urls.asked_for_missing(source.id, page.fetched_at, said_to_missing(page))
        yield page
        yield from self._waited(source)

    @counted
    def missing_failed(self, failure: Failure) -> Iterator[Page | PageResult]:
        """No response: the waiting pages go on unchanged, and the URL is not requested again this week."""
        source: Source = failure.request.cb_kwargs["source"]  # type: ignore[attr-defined]  # Scrapy sets it
        self.state_of_urls.asked_for_missing(source.id, now(), ())
        yield from self._failed(failure)
        yield from self._waited(source)

    def _compared(self, page: Page, source: Source) -> Iterator[Page | scrapy.Request]:
        """``page``, with a note if it is similar to the site's response to a URL that cannot exist."""
        if not may_be_missing(page):
            yield page
            return
        said = self.state_of_urls.said_to_missing(source.id, now() - ASKED_AGAIN)
        if said is not None:
            yield structs.replace(page, note=ALIKE) if is_alike(fingerprint(page), said) else page
            return
        waiting = self._waiting.setdefault(source.id, [])
        waiting.append(page)
        if len(waiting) == 1:
            request = self._request(impossible_url(page.url), source, self.parse_missing, priority=FIRST_PAGE)
            request.errback = self.missing_failed
            request.meta["dont_retry"] = True
            yield request

    def _waited(self, source: Source) -> Iterator[Page]:
        for page in self._waiting.pop(source.id, []):
            for compared in self._compared(page, source):
                if isinstance(compared, Page):
                    yield compared

    @counted
    def failed(self, failure: Failure) -> Iterator[Page | PageResult]:
        """A request without a response; the pages of its article that did arrive are passed on."""
        yield from self._failed(failure)

    def _failed(self, failure: Failure) -> Iterator[Page | PageResult]:
        if isinstance(failure.value, TurnLostError):
            return  # it stays pending, for whoever has the source now
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        outcome, detail = failure_outcome(failure.value or Exception("no error was given"))
        source: Source = request.cb_kwargs["source"]
        yield PageResult(url=request.url, source_id=source.id, outcome=outcome, detail=detail)
        parts: tuple[Page, ...] = request.cb_kwargs.get("parts", ())
        if parts:
            yield structs.replace(parts[0], parts=parts[1:], note=f"page {len(parts) + 1} is missing: {detail}")

    def _list_request(self, source: Source, listed: ListPage, fetch: Fetch, number: int) -> scrapy.Request:
        return self._request(
            fetch.url, source, self.parse_listing, {"listed": listed, "number": number},
            method=fetch.method, headers=dict(fetch.headers), body=fetch.body,
            priority=FIRST_PAGE if number == 1 else NEXT_PAGE,
        )  # fmt: skip

    def _request(
        self, url: str, source: Source, callback: Any, more: dict[str, Any] | None = None, **how: Any
    ) -> scrapy.Request:
        """A request for ``source``, counted as in progress from now on."""
        self.turns.begin(source.id)
        cb_kwargs = {"source": source, **(more or {})}
        meta = {"hosts": source.hosts}
        return scrapy.Request(url, callback=callback, errback=self.failed, cb_kwargs=cb_kwargs, meta=meta, **how)

    def _article_request(self, link: Link, source: Source) -> scrapy.Request | None:
        """The request for ``link``, or None if it was queued, is known and not due, or is out of range."""
        key = item_id(link.url)
        if key in self._queued or not self._in_range(link.day) or self.left == 0:
            return None
        if not self.state_of_urls.take_also(source):
            return None
        known = self.state_of_urls.known(link.url, now())
        if known and not known.due:
            return None
        self._queued.add(key)
        if self.left is not None:
            self.left -= 1
        headers = {}
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        return self._request(link.url, source, self.parse_article, {"link": link}, headers=headers)

    def _pending(self, taken: list[Source]) -> Iterator[tuple[Link, Source]]:
        """The links that no run has fetched yet, for the sources ``taken`` and hosts that are not in back-off."""
        state, chosen, when = self.state_of_urls, {source.id: source for source in taken}, now()
        backing_off = cache(lambda host: state.backing_off(host, when))
        for link, owner in state.pending(when):
            source = chosen.get(owner)
            if (
                source is not None
                and not url_fault(link.url)
                and is_article(link.url, source)
                and not backing_off(host_of(link.url))
            ):
                yield link, source

    def _read_on(self, source: Source, listed: ListPage, *, on: bool) -> None:
        """Record whether the list has more pages; the results of a search are a different list every time."""
        if not self.backfill:
            self.state_of_urls.read_on(list_key(source, listed), on)

    def _owner(self, link: Link, source: Source, listed: ListPage) -> Source | None:
        """The source that ``link`` belongs to: the list's own, or for a search the source of its host; else None."""
        owner = source_for(link.url, self.known) if listed.adapter in SEARCHES else source
        return owner if owner and is_article(link.url, owner) else None

    def _in_range(self, day: date | None) -> bool:
        if day is None:
            return True
        return not (self.since and day < self.since) and not (self.until and day > self.until)

    def _goes_on(self, links: list[Link], new: bool, listed: ListPage, number: int) -> bool:
        """Whether the next list page may contain something: not if this one was entirely old or (no ``new``) known."""
        if not links or number >= self.pages_limit:
            return False
        days = [link.day for link in links if link.day]
        if self.since and len(days) == len(links):
            return max(days) >= self.since
        return number < listed.max_pages and (new or self.since is not None)
