"""Reprint families: which items are one text on several sites, and which of them leads.

A family is a connected group of reprints (:mod:`indexer.reprint_block`), so it does not depend on the order in which
the items arrive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer.reprint_block import Block, Sought, Text, near_blocks
from yuqing.core.records import Family, Tier

AUTHORITY: Mapping[Tier, int] = {"ministry": 0, "province-gov": 0, "central-gov": 1, "central-media": 2}
"""Which tier leads a family: the lower number; tiers that are not named come last."""


class FamilyGraph:
    """Texts in blocks of days, the pairs among them, and the families that follow."""

    def __init__(self) -> None:
        self.blocks: dict[int, Block] = {}
        self.texts: dict[str, Text] = {}
        self._near: dict[str, set[str]] = {}
        self._stored: dict[str, Family | None] = {}
        self._changes: dict[str, Family | None] = {}

    def add(self, text: Text, stored: Family | None = None) -> None:
        """Take in a text that is not here; ``stored`` is its family in the store."""
        sought = Sought(text)
        blocks = (block for number in near_blocks(text.block) if (block := self.blocks.get(number)))
        near = {key for block in blocks for key in block.reprints(sought)}
        self.blocks.setdefault(text.block, Block()).add(sought)
        self.texts[text.id] = text
        self._stored[text.id] = stored
        self._near[text.id] = near
        for key in near:
            self._near[key].add(text.id)

    def remove(self, key: str) -> tuple[set[str], Family | None]:
        """Forget a text: its reprints, whose family has to be settled again, and its family in the store."""
        text = self.texts.pop(key)
        self.blocks[text.block].remove(text)
        near = self._near.pop(key)
        for other in near:
            self._near[other].discard(key)
        self._changes.pop(key, None)
        return near, self._stored.pop(key)

    def drop(self, number: int) -> None:
        """Forget a block and its pairs; all families stay as they are."""
        block = self.blocks.pop(number, None)
        for key in block.texts if block else ():
            for other in self._near.pop(key):
                self._near[other].discard(key)
            del self.texts[key], self._stored[key]

    def group(self, key: str) -> set[str]:
        """The texts that hang together with ``key``, as far as they are here."""
        members, queue = {key}, [key]
        while queue:
            for other in self._near[queue.pop()] - members:
                members.add(other)
                queue.append(other)
        return members

    def settle(self, group: Iterable[str]) -> dict[str, Family | None]:
        """The families of a whole group; what differs from the store is noted for :meth:`take_changes`."""
        members = set(group)
        lead = min(members, key=lambda key: self.texts[key].rank)
        found = {key: Family(id=lead, lead=key == lead) if len(members) > 1 else None for key in members}
        for key, family in found.items():
            self.note(key, family, self._stored[key])
        return found

    def note(self, key: str, family: Family | None, stored: Family | None) -> None:
        """Note for :meth:`take_changes` that ``key`` has ``family``, where the store has ``stored``."""
        self._changes.pop(key, None)
        if family != stored:
            self._changes[key] = family

    def take_changes(self) -> dict[str, Family | None]:
        """The families that differ from the store or from the last call, for ``set_families``."""
        changes, self._changes = dict(sorted(self._changes.items())), {}
        self._stored.update((key, family) for key, family in changes.items() if key in self.texts)
        return changes
