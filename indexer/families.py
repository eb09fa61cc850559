"""Reprint families of a whole collection, and of a store that a crawl is filling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from core.records import Family, Item, Tier
from indexer.family_graph import AUTHORITY, FamilyGraph
from indexer.store import Store


class FamilyIndex:
    """Families while items come in: :meth:`add` an item, then put it into the store with what that returned.

    The relevant items of the store are read at the first use (100,000 in about 40 s).
    """

    def __init__(self, store: Store, authority: Mapping[Tier, int] = AUTHORITY) -> None:
        self._store = store
        self._authority = authority

    @cached_property
    def _graph(self) -> FamilyGraph:
        graph = FamilyGraph(self._authority)
        for item in self._store.scan(relevant=True):
            graph.add(item)
        return graph

    def add(self, item: Item) -> Family | None:
        """The family of a new or changed item, or None; what it changes for stored items is written at once."""
        graph = self._graph
        family = graph.add(item)
        if changes := graph.take_changes():
            self._store.set_families(changes)
        return family


def families(items: Iterable[Item], authority: Mapping[Tier, int] = AUTHORITY) -> dict[str, Family]:
    """The families among ``items``: item id to Family; items that stand alone are left out."""
    graph = FamilyGraph(authority)
    for item in items:
        graph.add(item)
    return graph.families()
