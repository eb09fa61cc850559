"""The months side by side: how many stories each sector, province, ministry and kind of action had in each window."""

from __future__ import annotations

import time
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from indexer.store import Query, Store
from yuqing.core.facets import FACETS

KINDS = {facet.fields[0].key: facet.fields[0].label for facet in FACETS if "trend" in facet.shown}
"""Stored fields that are displayed, with their names."""
FILTERS = {facet.key: facet.label for facet in FACETS if "narrow" in facet.shown}
"""Facets by which the months can be filtered."""
WINDOWS = 12  # at most this many, the latest, are displayed
_STALE = 60  # seconds for which a window's counts are cached

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A name and its number of stories in each window."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """The total over all windows."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Trends:
    """``kinds``: the lines of each kind, most frequent first; ``words``: for each window the phrases that occur there
    first among the windows displayed, and that keywords.yaml does not list."""

    windows: tuple[str, ...]
    totals: tuple[int, ...]
    kinds: Mapping[str, tuple[Line, ...]]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A name in two windows."""

    name: str
    before: int
    now: int


def read_trends(store: Store, windows: Sequence[str], tags: Pairs = ()) -> Trends:
    """The months of ``windows``, in order; with ``tags`` (facet, value), only stories that have these.

    A reprint cluster counts once. Counts are cached for a minute.
    """
    stamp = int(time.monotonic() / _STALE)
    found = [_counts(cast("Hashable", store), window, tags, stamp) for window in windows]
    kinds = {
        kind: tuple(
            sorted(
                (
                    Line(name, tuple(counts[kind].get(name, 0) for counts in found))
                    for name in {name for counts in found for name in counts[kind]}
                ),
                key=lambda line: (-line.total, line.name),
            )
        )
        for kind in KINDS
    }
    said: set[str] = set()
    words: dict[str, tuple[str, ...]] = {}
    for window, counts in zip(windows, found, strict=True):
        words[window] = tuple(sorted(counts["phrase"].keys() - said))
        said |= counts["phrase"].keys()
    return Trends(tuple(windows), tuple(counts[""][""] for counts in found), kinds, words)


def compared(trends: Trends, before: str, now: str) -> dict[str, tuple[Difference, ...]]:
    """Each kind in two windows of ``trends``, greatest change first; unchanged names are left out."""
    first, last = trends.windows.index(before), trends.windows.index(now)
    return {
        kind: tuple(
            sorted(
                (
                    Difference(line.name, line.counts[first], line.counts[last])
                    for line in lines
                    if line.counts[first] != line.counts[last]
                ),
                key=lambda one: (-abs(one.now - one.before), one.name),
            )
        )
        for kind, lines in trends.kinds.items()
    }


@lru_cache(maxsize=512)
def _counts(store: Hashable, window: str, tags: Pairs, _stamp: int) -> dict[str, dict[str, int]]:
    query = Query(window=window, tags=dict(tags), cluster_leads_only=True, size=0)
    result = cast("Store", store).search(query)
    counts = {kind: dict(result.facets.get(kind, ())) for kind in (*KINDS, "phrase")}
    return counts | {"": {"": result.total}}
