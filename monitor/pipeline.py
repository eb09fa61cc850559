"""The Scrapy pipeline that takes a page from the archive to the store and into the ledger."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from core.records import Outcome, Page, PageResult
from monitor.flow import Flow
from monitor.ledger import Ledger

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
            self.count(*part_results(record), self.flow.process(record))

    def count(self, *results: PageResult) -> None:
        """Write the results of an article's pages into the ledger, all at once, and show them."""
        self.ledger.add(self.run, *results)
        for result in results:
            logger.info("%s %s %s", result.outcome, result.url, result.detail, extra={"source": result.source_id})
            self.on_result(result)


def part_results(page: Page) -> list[PageResult]:
    """The results of the further pages of an article."""
    return [
        PageResult(url=part.url, source_id=part.source_id, outcome=Outcome.PART, status=part.status)
        for part in page.parts
    ]


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
