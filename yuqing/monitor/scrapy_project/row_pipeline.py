"""Runs after the page is archived and stored: passes its item as a row to feeds and the user's own pipelines."""

from __future__ import annotations

from typing import Any, ClassVar

from scrapy.exceptions import DropItem

from indexer.store import Store, StoreUnavailableError
from yuqing.core.item_row import item_row
from yuqing.core.jsonio import to_plain
from yuqing.core.records import Outcome, PageResult


class RowPipeline:
    """Turns a page into the row of its stored item (docs/export.md); a page without one is dropped with its outcome.

    ``results``: the results of pages that have not arrived here yet, by URL.
    """

    store: ClassVar[Store]
    results: ClassVar[dict[str, PageResult]]

    @classmethod
    def at(cls, store: Store, results: dict[str, PageResult]) -> type[RowPipeline]:
        """The pipeline class of one run (Scrapy creates the object, so what it needs is passed in through the
        class)."""
        return type("RunRowPipeline", (cls,), {"store": store, "results": results})

    def process_item(self, item: Any) -> dict[str, Any]:
        """The row. Raises DropItem if there is none."""
        result = self.results.pop(item.url, None)
        if result is None or not result.item_id or result.outcome == Outcome.NOT_STORED:
            raise DropItem(result.outcome if result else "no outcome")
        try:
            stored = self.store.get(result.item_id)
        except StoreUnavailableError as error:  # the item waits in the spool
            raise DropItem(str(error)) from error
        if stored is None:
            raise DropItem("not in the store")
        row: dict[str, Any] = to_plain(item_row(stored))
        return row
