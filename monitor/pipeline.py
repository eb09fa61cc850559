"""The Scrapy pipeline that takes a page from the archive to the store and into the ledger."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from core.records import Page, PageResult
from monitor.flow import Flow
from monitor.ledger import Ledger
from monitor.reading import Reading

logger = logging.getLogger(__name__)
# On loopback, where pages come as fast as they can be kept; a site that is asked once a second hardly ever fills it.
BATCH_PAGES = 32
BATCH_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the pages of one run are dealt with and counted."""

    flow: Flow
    ledger: Ledger
    run: str
    on_result: Callable[[PageResult], None]

    def take(self, record: Page | PageResult) -> None:
        """Deal with a page, or with the news of one that could not be had."""
        if isinstance(record, PageResult):
            self.count(record)
        else:
            self.keep([self.flow.reader.read(record)])

    def keep(self, readings: Iterable[Reading]) -> None:
        """Store and count what was read."""
        readings = list(readings)
        results = self.flow.keep(readings)
        self.count(*(one for read, result in zip(readings, results, strict=True) for one in (*read.parts, result)))

    def count(self, *results: PageResult) -> None:
        """Write results into the ledger, all at once (so an article with its parts), and show them."""
        self.ledger.add(self.run, *results)
        for result in results:
            logger.info("%s %s %s", result.outcome, result.url, result.detail, extra={"source": result.source_id})
            self.on_result(result)


class FlowPipeline:
    """Hands every record of the spider to the desk of the run, pages that come close together in one transaction.

    A page is passed on, to be remembered as fetched, when it is stored and counted.
    """

    desk: ClassVar[Desk]

    @classmethod
    def at(cls, desk: Desk) -> type[FlowPipeline]:
        """The pipeline class of one run (Scrapy makes the object, so the desk goes in by the class)."""
        return type("RunPipeline", (cls,), {"desk": desk})

    def __init__(self) -> None:
        self._waiting: list[tuple[Reading, asyncio.Future[None]]] = []
        self._timer: asyncio.TimerHandle | None = None

    async def process_item(self, item: Any) -> Any:
        """Deal with ``item`` and pass it on."""
        if isinstance(item, PageResult):
            self.desk.count(item)
            return item
        loop = asyncio.get_running_loop()
        kept = loop.create_future()
        self._waiting.append((self.desk.flow.reader.read(item), kept))
        if len(self._waiting) == BATCH_PAGES:
            self._keep()
        elif self._timer is None:
            self._timer = loop.call_later(BATCH_SECONDS, self._keep)
        await kept
        return item

    def _keep(self) -> None:
        batch, self._waiting = self._waiting, []
        if self._timer:
            self._timer.cancel()
            self._timer = None
        try:
            self.desk.keep([reading for reading, _ in batch])
        except Exception as error:  # each page's own: Scrapy tells who ends the crawl
            for _, kept in batch:
                kept.set_exception(error)
        else:
            for _, kept in batch:
                kept.set_result(None)
