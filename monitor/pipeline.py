"""The Scrapy pipeline that takes a page from the archive to the store and into the ledger."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from core.records import PageResult
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
        self._waiting: list[Reading] = []
        self._kept: asyncio.Future[None]  # of those that wait
        self._timer: asyncio.TimerHandle

    async def process_item(self, item: Any) -> Any:
        """Deal with ``item`` and pass it on."""
        if isinstance(item, PageResult):
            self.desk.count(item)
            return item
        if not self._waiting:
            loop = asyncio.get_running_loop()
            self._kept, self._timer = loop.create_future(), loop.call_later(BATCH_SECONDS, self._keep)
        kept = self._kept
        self._waiting.append(self.desk.flow.reader.read(item))
        if len(self._waiting) == BATCH_PAGES:
            self._keep()
        await asyncio.shield(kept)  # one page that is given up does not give up the others
        return item

    def _keep(self) -> None:
        batch, self._waiting = self._waiting, []
        self._timer.cancel()
        try:
            self.desk.keep(batch)
        except Exception as error:  # each page's own: Scrapy tells who ends the crawl
            self._kept.set_exception(error)
        else:
            self._kept.set_result(None)
