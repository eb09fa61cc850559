"""Reprint families of a whole collection, and of a store that a crawl is filling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from core.records import Family, Item, Tier
from indexer.family_graph import AUTHORITY, FamilyGraph
from indexer.store import Store, StoreUnavailableError


class FamilyIndex:
    """Families while items come in: :meth:`place` them, put them into the store with what that returned, and then
    :meth:`write_changes`.

    The relevant items of the store are read at the first use (100,000 in about 40 s). While its server is away they
    cannot be; items placed meanwhile get their family when they are read later, by this index or the next one.
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

    def place(self, items: Sequence[Item]) -> dict[str, Family]:
        """The families of new or changed items once all of them are there; those that stand alone are left out."""
        if not items:
            return {}
        try:
            graph = self._graph
        except StoreUnavailableError:
            return {}
        for item in items:
            graph.add(item)
        return {item.id: family for item in items if (family := graph.family(item.id))}

    def write_changes(self) -> None:
        """Write what the items placed last have changed for others in the store."""
        if "_graph" in self.__dict__ and (changes := self._graph.take_changes()):
            self._store.set_families(changes)


def families(items: Iterable[Item], authority: Mapping[Tier, int] = AUTHORITY) -> dict[str, Family]:
    """The families among ``items``: item id to Family; items that stand alone are left out."""
    graph = FamilyGraph(authority)
    for item in items:
        graph.add(item)
    return graph.families()
