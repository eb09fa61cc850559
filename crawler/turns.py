"""Counts what is in progress for each source in a crawl: its turn is over when nothing is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler


class Turns:
    """Counts the requests and the records of each source until they are processed; calls ``over`` at the end of a
    source."""

    def __init__(self, crawler: Crawler, over: Callable[[str], None]) -> None:
        self._crawler = crawler
        self._over = over
        self._under_way: Counter[str] = Counter()
        crawler.signals.connect(self._dropped, signals.request_dropped)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(self._kept, signal)

    def begin(self, source_id: str) -> None:
        """One more in progress."""
        self._under_way[source_id] += 1

    def end(self, source_id: str) -> None:
        """One is finished."""
        self._under_way[source_id] -= 1
        if self._under_way[source_id] == 0:
            self._over(source_id)

    def ended(self) -> list[str]:
        """All sources if nothing at all is in progress, whatever a user's own middleware held back; else none."""
        engine = self._crawler.engine
        scraper = engine.scraper.slot if engine else None
        if engine is None or scraper is None or engine.scheduler is None:
            return []
        quiet = scraper.is_idle() and not engine.downloader.active and not engine.scheduler.has_pending_requests()
        return list(self._under_way) if quiet else []

    def _dropped(self, request: Request, spider: Spider) -> None:
        if source := request.cb_kwargs.get("source"):
            self.end(source.id)

    def _kept(self, item: Any, spider: Spider) -> None:
        if source_id := getattr(item, "source_id", ""):
            self.end(source_id)


def counted(method: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """A callback or errback: its request is finished once the records that it yields are."""

    @wraps(method)
    def answered(self: Any, answer: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
        source_id = answer.request.cb_kwargs["source"].id
        try:
            for result in method(self, answer, *args, **kwargs):
                if not isinstance(result, Request):
                    self.turns.begin(result.source_id)
                yield result
        finally:
            self.turns.end(source_id)

    return answered
