"""The way of a processed page (yuqing/monitor/run/page_processor.py): reprint cluster, store, outcome.

The crawl, the replay of saved pages, the recovery and the rebuild from the archive all store processed pages here.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from indexer.cluster_index import ClusterIndex
from indexer.store import PutResult, Store
from yuqing.core.records import Item, Outcome, PageResult, ReprintCluster
from yuqing.monitor.run.page_processor import PageProcessor, ProcessedPage
from yuqing.monitor.workspace import Workspace


class ItemWriter:
    """Turns processed pages into stored items, one outcome a page."""

    def __init__(self, store: Store, processor: PageProcessor) -> None:
        self.processor = processor
        self._store = store
        self._clusters = ClusterIndex(store)

    def write(self, processed_pages: Sequence[ProcessedPage]) -> list[PageResult]:
        """Store what was read, in order, in as few transactions as the store allows; a result for each."""
        items = [processed.item for processed in processed_pages if processed.item]
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


def open_writer(space: Workspace) -> ItemWriter:
    """The writer into the store of ``space``, which processes pages by its rules, sources and windows."""
    return ItemWriter(space.store, PageProcessor(space.rules, space.sources, space.settings.review_windows))


def _outcome(result: PageResult, item: Item, cluster: ReprintCluster | None, put: PutResult) -> PageResult:
    if put.written == "refused":
        return replace(result, outcome=Outcome.NOT_STORED, detail=put.reason)
    if not item.article.published_at:
        return replace(result, outcome=Outcome.UNDATED, detail="kept in quarantine")
    if put.written == "unchanged":
        return replace(result, outcome=Outcome.UNCHANGED)
    if put.written == "updated":
        return replace(result, outcome=Outcome.UPDATED)
    if not item.tags.relevant:
        return replace(result, outcome=Outcome.NOT_RELEVANT, detail=f"score {item.tags.score:.2f}")
    if cluster and not cluster.lead:
        return replace(result, outcome=Outcome.REPRINT, detail=f"of {cluster.id}")
    return result
