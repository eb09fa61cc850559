"""Storing a processed page (yuqing/monitor/run/page_processor.py): reprint cluster, store, outcome.

The crawl, the replay of saved pages, the recovery and the rebuild from the archive all store processed pages here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from indexer.cluster_index import ClusterIndex, settle
from indexer.store import PutResult, Store, StoreUnavailableError
from yuqing.core.records import Item, Outcome, PageResult, ReprintCluster
from yuqing.monitor.run.page_processor import PageProcessor, ProcessedPage
from yuqing.monitor.workspace import Workspace

logger = logging.getLogger(__name__)


class ItemWriter:
    """Turns processed pages into stored items, with one outcome per page."""

    def __init__(self, store: Store, processor: PageProcessor) -> None:
        self.processor = processor
        self._store = store
        self._clusters = ClusterIndex(store)
        self.days: set[date] = set()  # of publication, of the items written

    def write(self, processed_pages: Sequence[ProcessedPage]) -> list[PageResult]:
        """Store the results, in order, in as few transactions as the store allows; returns a result for each."""
        items = [processed.item for processed in processed_pages if processed.item]
        self.days.update(day for item in items if (day := item.article.day))
        clusters = self._clusters.place(items)
        kept = [replace(item, cluster=clusters.get(item.id)) for item in items]
        written = iter(self._store.put(kept)) if kept else iter(())
        self._clusters.write_changes()
        return [
            _outcome(processed.result, processed.item, clusters.get(processed.item.id), next(written))
            if processed.item
            else processed.result
            for processed in processed_pages
        ]


def settle_shared(space: Workspace, days: Iterable[date]) -> None:
    """After a run has written items of ``days``: correct the clusters if other machines fill the same store.

    A machine knows only the items that it has read itself; the last one to settle sees those of all. While the server
    is down nothing is settled; `yuqing doctor` reports it later.
    """
    if space.settings.in_elasticsearch:
        try:
            settle(space.store, days, stale=False)  # this machine's own are correct, except after a crash
        except StoreUnavailableError as error:
            logger.warning("reprint clusters were not compared with those of other machines: %s", error)


def open_writer(space: Workspace) -> ItemWriter:
    """The writer for the store of ``space``, which processes pages by its rules, sources and windows."""
    return ItemWriter(space.store, PageProcessor(space.rules, space.sources, space.settings.review_windows))


def _outcome(result: PageResult, item: Item, cluster: ReprintCluster | None, put: PutResult) -> PageResult:
    if put.written == "refused":
        return replace(result, outcome=Outcome.NOT_STORED, detail=put.reason)
    if not item.article.published_at:
        return replace(result, outcome=Outcome.UNDATED, detail=_more("kept in quarantine", result))
    if put.written == "unchanged":
        return replace(result, outcome=Outcome.UNCHANGED)
    if put.written == "updated":
        return replace(result, outcome=Outcome.UPDATED)
    if not item.tags.relevant:
        return replace(result, outcome=Outcome.NOT_RELEVANT, detail=_more(f"score {item.tags.score:.2f}", result))
    if cluster and not cluster.lead:
        return replace(result, outcome=Outcome.REPRINT, detail=f"of {cluster.id}")
    return result


def _more(detail: str, result: PageResult) -> str:
    """``detail`` before what was already recorded for the page."""
    return f"{detail}; {result.detail}" if result.detail else detail
