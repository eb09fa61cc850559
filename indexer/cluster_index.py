"""Reprint clusters of a whole collection, and of a store that is being filled by a crawl."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from indexer.cluster_graph import AUTHORITY, ClusterGraph
from indexer.reprint_block import block_of, days_of, near_blocks, text_of
from indexer.store import Store, StoreUnavailableError
from yuqing.core.records import Item, ReprintCluster, Tier

KEPT_TEXTS = 10_000
"""About 100 MB. At 100 articles a day the last four weeks are 2,900 and the seven around an old page 4,900; a limit
between these would reread both repeatedly while a backfill runs alongside the daily crawl (1.0 s and 1.9 s at 137 a
day)."""


class ClusterIndex:
    """Clusters items as they arrive: :meth:`place` them, put them into the store with the clusters returned, and then
    call :meth:`write_changes`.

    Only relevant, dated items have a cluster. The store's items from the days around those placed are read on first use
    and kept in memory, up to ``kept`` texts beyond those of the last call; the result does not depend on what is kept.
    While the store's server is down, items are compared only with what is in memory; the rest follows once it is back,
    by this index or by a later one that places an item of the same week.
    """

    def __init__(self, store: Store, authority: Mapping[Tier, int] = AUTHORITY, kept: int = KEPT_TEXTS) -> None:
        self._store = store
        self._authority = authority
        self._kept = kept
        self._graph = ClusterGraph()
        self._used: dict[int, None] = {}  # blocks in memory, least recently used first
        self._needed: set[int] = set()  # used by the last call
        self._settled: set[int] = set()  # blocks in memory whose clusters were compared with the store's
        self._placed: set[str] = set()  # by the last call; the store may still have their old version
        self._pending: set[int] = set()  # blocks with items that arrived while the server was down

    def __len__(self) -> int:
        """The number of texts in memory."""
        return len(self._graph.texts)

    def place(self, items: Sequence[Item]) -> dict[str, ReprintCluster]:
        """The clusters of new or changed items, considering all of them; items without reprints are left out.

        If an item is no longer relevant or dated, :meth:`write_changes` updates its former cluster.
        """
        newest = {item.id: item for item in items}
        self._placed.clear()
        self._needed.clear()
        self._settle_pending()
        try:
            before = self._store.get_many([key for key in newest if key not in self._graph.texts])
        except StoreUnavailableError:  # continue with what is in memory, and read it again later
            before = {}
            for item in newest.values():
                self._postpone(item)
        unsettled: set[str] = set()
        for key, item in newest.items():
            try:
                unsettled |= self._take(item, before.get(key))
            except StoreUnavailableError:
                self._postpone(item)
                unsettled |= self._set_aside(key)
        found = self._settle(unsettled)
        for block in {self._graph.texts[key].block for key in found} - self._settled:
            self._compare(block)
        return {key: cluster for key in newest if (cluster := found.get(key))}

    def write_changes(self) -> None:
        """Write what the items just placed have changed for other items in the store; drop texts beyond the limit."""
        if changes := self._graph.take_changes():
            self._store.set_clusters(changes)
        self._forget()

    def _forget(self) -> None:
        for block in list(self._used):
            if len(self._graph.texts) <= self._kept:
                break
            if block not in self._needed:
                self._drop(block)

    def differing(self, days: Iterable[date], *, stale: bool = True) -> Iterator[dict[str, ReprintCluster | None]]:
        """The clusters that the items of ``days`` should have, for those where the store differs.

        They are computed from the texts alone, as they are in the store now, so it does not matter who wrote the items
        and in which order. ``stale``: include items that are no longer relevant, which have none; this reads all items
        of those days. Call it on a new index only.
        """
        for block in sorted({block_of(day) for day in days}):
            self._needed.clear()
            self._load_around(block)
            if block in self._graph.blocks:
                self._settle(set(self._graph.blocks[block].texts))
            first, last = days_of(block)
            for item in self._store.scan(relevant=False, first=first, last=last) if stale else ():
                self._graph.note(item.id, None, item.cluster)
            if changes := self._graph.take_changes():
                yield changes
            self._forget()

    def _take(self, item: Item, old: Item | None) -> set[str]:
        """Replace the ``old`` version of ``item`` in the store; returns the texts whose cluster may change."""
        graph = self._graph
        unsettled: set[str] = set()
        text = text_of(item, self._authority) if item.tags.relevant else None
        stored = old.cluster if old else None
        if stored and old and old.tags.relevant and old.article.day:
            self._load_around(block_of(old.article.day))  # its cluster remains, without the old version
        known = graph.texts.get(item.id)
        for block in {one.block for one in (known, text) if one}:
            self._load_around(block)
        known = graph.texts.get(item.id)
        if known and known != text:
            unsettled, stored = graph.remove(item.id)
        self._placed.add(item.id)
        if text and known != text:
            graph.add(text, stored)
        elif not text:
            graph.note(item.id, None, stored)
        return unsettled | {item.id}

    def _settle(self, unsettled: set[str]) -> dict[str, ReprintCluster | None]:
        """Compute the clusters that contain ``unsettled``, with all texts of the store that belong to them."""
        found: dict[str, ReprintCluster | None] = {}
        while unsettled:
            key = unsettled.pop()
            if key in self._graph.texts:
                group = self._whole_group(key)
                unsettled -= group
                found |= self._graph.settle(group)
        return found

    def _whole_group(self, key: str) -> set[str]:
        while True:
            group = self._graph.group(key)
            size = len(self._used)
            for block in {self._graph.texts[member].block for member in group}:
                try:
                    self._load_around(block)
                except StoreUnavailableError:
                    self._pending.add(block)
            if len(self._used) == size:
                return group

    def _compare(self, block: int) -> None:
        """Settle the clusters of a block that need only texts in memory.

        The store's clusters are correct except after a crash, or for items whose tags changed or that were spooled.
        """
        self._settled.add(block)
        left = set(self._graph.blocks[block].texts)
        while left:
            group = self._graph.group(left.pop())
            left -= group
            blocks = {self._graph.texts[member].block for member in group}
            if all(near in self._used for block in blocks for near in near_blocks(block)):
                self._graph.settle(group)

    def _load_around(self, block: int) -> None:
        for near in near_blocks(block):
            self._needed.add(near)
            if near not in self._used:
                self._load(near)
            self._used[near] = self._used.pop(near)  # now the most recently used

    def _load(self, block: int) -> None:
        """Read a block from the store, replacing what is in memory."""
        first, last = days_of(block)
        items = self._store.scan(relevant=True, first=first, last=last)
        found = [(text_of(item, self._authority), item.cluster) for item in items if item.id not in self._placed]
        self._drop(block)
        for text, stored in found:
            if text and text.id not in self._graph.texts:
                self._graph.add(text, stored)
        self._used[block] = None

    def _postpone(self, item: Item) -> None:
        if item.tags.relevant and item.article.day:
            self._pending.add(block_of(item.article.day))

    def _set_aside(self, key: str) -> set[str]:
        """Remove the old version of an item that cannot be processed now; returns its former reprints."""
        known = self._graph.texts.get(key)
        if known is None:
            return set()
        self._pending.add(known.block)
        return self._graph.remove(key)[0]

    def _settle_pending(self) -> None:
        for block in sorted(self._pending):
            try:
                self._load(block)
                self._load_around(block)
            except StoreUnavailableError:
                return
            self._pending.discard(block)
            if block in self._graph.blocks:
                self._settle(set(self._graph.blocks[block].texts))
            self.write_changes()
            self._needed.clear()

    def _drop(self, block: int) -> None:
        self._graph.drop(block)
        self._settled.discard(block)
        self._used.pop(block, None)


def settle(store: Store, days: Iterable[date] | None = None, *, stale: bool = True) -> int:
    """Correct the clusters of the items of ``days`` (default: all); returns the number of items changed.

    Needed when several processes fill one store: each knows only its own items and those it has read, and the last one
    to settle sees everybody's. ``stale`` as in :meth:`ClusterIndex.differing`. Raises StoreUnavailableError.
    """
    store.refresh()
    if days is None:
        days = {day for item in store.scan() if (day := item.article.day)}
    return sum(store.set_clusters(changes) for changes in ClusterIndex(store).differing(days, stale=stale))


def clusters(items: Iterable[Item], authority: Mapping[Tier, int] = AUTHORITY) -> dict[str, ReprintCluster]:
    """The clusters among ``items``: item id to cluster; items without reprints are left out."""
    graph = ClusterGraph()
    for item in items:
        if item.id in graph.texts:
            graph.remove(item.id)
        if text := text_of(item, authority):
            graph.add(text)
    left, found = set(graph.texts), {}
    while left:
        group = graph.group(left.pop())
        left -= group
        if len(group) > 1:
            found.update(graph.settle(group))
    return {key: cluster for key, cluster in found.items() if cluster}
