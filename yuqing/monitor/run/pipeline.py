"""The Scrapy pipeline that takes a page from the archive to the store and into the ledger.

Pages are processed in a child process, several at a time, and stored here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from crawler.pipelines.keeping import keeping
from yuqing.core.errors import YuqingError
from yuqing.core.jsonio import from_json
from yuqing.core.records import Outcome, Page, PageResult
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.run.item_writer import ItemWriter
from yuqing.monitor.run.page_processor import ProcessedPage
from yuqing.monitor.run.workers import process_fetched

logger = logging.getLogger(__name__)
# Filled only on loopback, where pages come as fast as they can be stored; with one request a second hardly ever.
BATCH_PAGES = 32
BATCH_SECONDS = 0.2
READER_GONE = (
    "The worker process that reads the pages was killed, perhaps because the machine ran out of memory. What was "
    "fetched is in the archive and will be processed at the next start."
)


def _as_it_is(result: PageResult) -> PageResult:
    return result


@dataclass(frozen=True, slots=True)
class RunSink:
    """Where the pages of one run are stored and counted.

    ``recount`` may correct the outcome of a stored page; ``on_counted`` is called after results were counted.
    """

    item_writer: ItemWriter
    ledger: Ledger
    run: str
    on_result: Callable[[PageResult], None]
    recount: Callable[[PageResult], PageResult] = _as_it_is
    on_counted: Callable[[], None] = lambda: None

    def keep(self, processed_pages: Iterable[ProcessedPage]) -> None:
        """Store and count what was processed."""
        processed_pages = list(processed_pages)
        for page in processed_pages:
            for rule in page.rules_off:
                self.ledger.rule_off(self.run, rule, page.result.url)
        results = [self.recount(result) for result in self.item_writer.write(processed_pages)]
        self.count(
            *(one for read, result in zip(processed_pages, results, strict=True) for one in (*read.parts, result))
        )

    def count(self, *results: PageResult) -> None:
        """Write results to the ledger, all at once (an article with its parts), and display them."""
        self.ledger.add(self.run, *results)
        self.on_counted()
        for result in results:
            logger.info("%s %s %s", result.outcome, result.url, result.detail, extra={"source": result.source_id})
            self.on_result(result)


class StorePipeline:
    """Passes every record of the spider to the run's sink; pages that arrive close together share a transaction.

    A page is passed on, to be remembered as fetched, once it is processed, stored and counted.
    """

    sink: ClassVar[RunSink]
    pool: ClassVar[ProcessPoolExecutor]

    @classmethod
    def at(cls, sink: RunSink, pool: ProcessPoolExecutor) -> type[StorePipeline]:
        """The pipeline class of one run (Scrapy creates the object, so the sink and the pool are passed in through the
        class)."""
        return type("RunPipeline", (cls,), {"sink": sink, "pool": pool})

    def __init__(self) -> None:
        self._waiting: list[Page] = []
        self._kept: asyncio.Task[set[str]]  # of those that wait
        self._full: asyncio.Event

    async def process_item(self, item: Any) -> Any:
        """Process ``item`` and pass it on."""
        if isinstance(item, PageResult):
            with keeping():
                self.sink.count(item)
            return item
        if not self._waiting:
            self._full = asyncio.Event()
            self._kept = asyncio.create_task(self._keep(self._full))
        kept = self._kept
        self._waiting.append(item)
        if len(self._waiting) == BATCH_PAGES:
            self._full.set()
        with keeping():
            errors = await asyncio.shield(kept)  # cancelling one page must not cancel the others
        if item.url in errors:  # counted but not remembered as fetched: the next run requests it again
            return PageResult(url=item.url, source_id=item.source_id, outcome=Outcome.ERROR_PAGE)
        return item

    async def _keep(self, full: asyncio.Event) -> set[str]:
        """Process and store the waiting pages once there are enough or they have waited long enough; returns the error
        pages."""
        with suppress(TimeoutError):
            await asyncio.wait_for(full.wait(), BATCH_SECONDS)
        batch, self._waiting = self._waiting, []
        try:
            data = await asyncio.get_running_loop().run_in_executor(self.pool, process_fetched, batch)
        except BrokenExecutor as error:
            raise YuqingError(READER_GONE) from error
        processed_pages = from_json(data, list[ProcessedPage])
        self.sink.keep(processed_pages)
        return {one.result.url for one in processed_pages if one.result.outcome == Outcome.ERROR_PAGE}
