"""The probe spider: many sources concurrently, with a few sequential requests to each.

Each request depends on the previous response, so a source is a coroutine (crawler/probe/probe.py) on top of Scrapy's
engine. Robots, delays, redirects, size limits, hosts in back-off and the guard against private addresses work as in a
crawl, because the requests go through the same middlewares and download handler.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.decode import decode
from crawler.failures import failure_outcome
from crawler.lists import Fetch
from crawler.probe.answers import PERMANENT, Answer
from crawler.probe.site import BUDGET, Site
from crawler.refusals import refusal_sign
from crawler.responses import page_of, plain_headers
from crawler.state import UrlState
from yuqing.core.records import Outcome, Source
from yuqing.core.urls import host_allowed, host_of

SIDE_BY_SIDE = 48  # sources in progress at once
ROBOTS = "/robots.txt"

Work = Callable[[Source, Site], Awaitable[Any]]
"""The work on one source; its result is passed to ``on_result`` of the spider."""


class ProbeSpider(scrapy.Spider):
    """Runs ``work`` over ``sources`` and passes each result to ``on_result``."""

    name = "probe"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ProbeSpider:
        """Opens the memory of hosts in back-off and counts what reaches the network."""
        spider: ProbeSpider = super().from_crawler(crawler, *args, **kwargs)
        spider.state_of_urls = UrlState(Path(crawler.settings["STATE_FILE"]))
        crawler.signals.connect(spider.asked, signals.request_reached_downloader)
        crawler.signals.connect(spider.answered, signals.response_downloaded)
        return spider

    def __init__(
        self, sources: Sequence[Source] = (), work: Work | None = None, on_result: Callable[[Any], None] = print,
        budget: int = BUDGET, on_error: Callable[[BaseException], None] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(**kwargs)
        self.sources = sources
        self.work = work
        self.on_result = on_result
        self.budget = budget
        self.on_error = on_error
        self.state_of_urls: UrlState
        self._owners = {host: source.id for source in sources for host in source.hosts}
        self._spent: Counter[str] = Counter()
        self._robots: dict[str, str] = {}
        self._refusals: dict[str, str] = {}

    async def start(self) -> AsyncIterator[Any]:
        """Probe all sources, some at a time; Scrapy gets no requests from this."""
        slots = asyncio.Semaphore(SIDE_BY_SIDE)
        tasks = [asyncio.ensure_future(self._one(source, slots)) for source in self.sources]
        try:
            for task in asyncio.as_completed(tasks):
                self.on_result(await task)
        except Exception as error:
            if self.on_error is None:
                raise
            self.on_error(error)
        finally:
            for left in tasks:
                left.cancel()
        results: tuple[Any, ...] = ()
        for result in results:  # always empty, but Scrapy expects a generator
            yield result

    def closed(self, reason: str) -> None:
        """Close the memory."""
        self.state_of_urls.close()

    def asked(self, request: scrapy.Request, spider: scrapy.Spider) -> None:
        """Count a request for the source of its host."""
        if owner := self._owner(request):
            self._spent[owner] += 1

    def answered(self, response: Response, request: scrapy.Request, spider: scrapy.Spider) -> None:
        """Keep a robots.txt, which lists sitemaps, or the evidence by which it was refused."""
        if urlsplit(request.url).path != ROBOTS:
            return
        host, headers = host_of(request.url), plain_headers(response)
        if sign := refusal_sign(response.status, headers, response.body):
            self._refusals[host] = sign
        elif response.status == 200:
            self._robots[host] = decode(response.body[:500_000], headers).text

    def _owner(self, request: scrapy.Request) -> str:
        named: str = request.meta.get("source_id", "")
        if named:
            return named
        host = host_of(request.url)
        while host and host not in self._owners:
            host = host.partition(".")[2]
        return self._owners.get(host, "")

    async def _one(self, source: Source, slots: asyncio.Semaphore) -> Any:
        assert self.work is not None
        async with slots:
            site = Site(
                lambda fetch: self._ask(source, fetch),
                lambda: self._spent[source.id],
                lambda host: self._robots.get(host, ""),
                self.budget,
            )
            return await self.work(source, site)

    async def _ask(self, source: Source, fetch: Fetch) -> Answer:
        """The response to ``fetch``. Never raises for what a site does."""
        hops = max(1, self.budget - self._spent[source.id] - 1)  # redirects count as requests too
        ttl = self.crawler.settings.getint("REDIRECT_MAX_TIMES")
        if not host_allowed(host_of(fetch.url), source.hosts):
            return Answer(fetch.url, detail="不是该来源的主机")
        request = scrapy.Request(
            fetch.url,
            method=fetch.method,
            headers=dict(fetch.headers),
            body=fetch.body,
            dont_filter=True,
            meta={"hosts": source.hosts, "source_id": source.id, "dont_retry": True, "redirect_ttl": min(ttl, hops)},
        )
        engine = self.crawler.engine
        assert engine is not None
        try:
            response = await engine.download_async(request)
        except Exception as error:  # whatever a site does is a response
            outcome, detail = failure_outcome(error)
            if outcome is Outcome.HTTP_ERROR and (sign := self._refusals.get(host_of(fetch.url))):
                outcome, detail = Outcome.REFUSED, sign  # a refused robots.txt forbids everything
            return Answer(fetch.url, outcome=outcome, detail=detail)
        reasons: Collection[Any] = response.meta.get("redirect_reasons", ())
        return Answer(
            fetch.url,
            page=page_of(response, source, "listing"),
            permanent=bool(reasons) and all(reason in PERMANENT for reason in reasons),
        )
