"""Reprint clusters: which items are the same text on several sites, and which of them leads.

A cluster is a connected component of reprints (:mod:`indexer.reprint_block`), so it does not depend on the order in
which the items arrive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer.reprint_block import Block, Sought, Text, near_blocks
from yuqing.core.records import ReprintCluster, Tier

AUTHORITY: Mapping[Tier, int] = {"ministry": 0, "province-gov": 0, "central-gov": 1, "central-media": 2}
"""Which tier leads a cluster: the lowest number; unlisted tiers come last."""


class ClusterGraph:
    """Texts in blocks of days, the reprint pairs among them, and the resulting clusters."""

    def __init__(self) -> None:
        self.blocks: dict[int, Block] = {}
        self.texts: dict[str, Text] = {}
        self._near: dict[str, set[str]] = {}
        self._stored: dict[str, ReprintCluster | None] = {}
        self._changes: dict[str, ReprintCluster | None] = {}

    def add(self, text: Text, stored: ReprintCluster | None = None) -> None:
        """Add a text that is not here yet; ``stored`` is its cluster in the store."""
        sought = Sought(text)
        blocks = (block for number in near_blocks(text.block) if (block := self.blocks.get(number)))
        near = {key for block in blocks for key in block.reprints(sought)}
        self.blocks.setdefault(text.block, Block()).add(sought)
        self.texts[text.id] = text
        self._stored[text.id] = stored
        self._near[text.id] = near
        for key in near:
            self._near[key].add(text.id)

    def remove(self, key: str) -> tuple[set[str], ReprintCluster | None]:
        """Remove a text; returns its reprints, whose cluster must be settled again, and its cluster in the store."""
        text = self.texts.pop(key)
        self.blocks[text.block].remove(text)
        near = self._near.pop(key)
        for other in near:
            self._near[other].discard(key)
        self._changes.pop(key, None)
        return near, self._stored.pop(key)

    def drop(self, number: int) -> None:
        """Remove a block and its pairs; all clusters stay as they are."""
        block = self.blocks.pop(number, None)
        for key in block.texts if block else ():
            for other in self._near.pop(key):
                self._near[other].discard(key)
            del self.texts[key], self._stored[key]

    def group(self, key: str) -> set[str]:
        """The texts connected with ``key``, among those that are loaded."""
        members, queue = {key}, [key]
        while queue:
            for other in self._near[queue.pop()] - members:
                members.add(other)
                queue.append(other)
        return members

    def settle(self, group: Iterable[str]) -> dict[str, ReprintCluster | None]:
        """Determine the cluster of a whole group; differences from the store are recorded for :meth:`take_changes`."""
        members = set(group)
        lead = min(members, key=lambda key: self.texts[key].rank)
        found = {key: ReprintCluster(id=lead, lead=key == lead) if len(members) > 1 else None for key in members}
        for key, cluster in found.items():
            self.note(key, cluster, self._stored[key])
        return found

    def note(self, key: str, cluster: ReprintCluster | None, stored: ReprintCluster | None) -> None:
        """Record for :meth:`take_changes` that ``key`` has ``cluster``, while the store has ``stored``."""
        self._changes.pop(key, None)
        if cluster != stored:
            self._changes[key] = cluster

    def take_changes(self) -> dict[str, ReprintCluster | None]:
        """The clusters that differ from the store or have changed since the last call, for ``set_clusters``."""
        changes, self._changes = dict(sorted(self._changes.items())), {}
        self._stored.update((key, cluster) for key, cluster in changes.items() if key in self.texts)
        return changes
