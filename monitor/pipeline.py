"""The Scrapy pipeline that takes a page from the archive to the store and into the ledger."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from core.records import Page, PageResult
from monitor.flow import Flow
from monitor.ledger import Ledger
from monitor.reading import Reading

logger = logging.getLogger(__name__)


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
    """Hands every record of the spider to the desk of the run."""

    desk: ClassVar[Desk]

    @classmethod
    def at(cls, desk: Desk) -> type[FlowPipeline]:
        """The pipeline class of one run (Scrapy makes the object, so the desk goes in by the class)."""
        return type("RunPipeline", (cls,), {"desk": desk})

    def process_item(self, item: Any) -> Any:
        """Deal with ``item`` and pass it on."""
        self.desk.take(item)
        return item
