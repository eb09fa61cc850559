"""The facets counted by a search, the same for every store.

A person's tags and sections override the rules' (:mod:`yuqing.core.decided`).
"""

from __future__ import annotations

from collections.abc import Iterable

from yuqing.core import facets


def counted_fields() -> tuple[str, ...]:
    """The fields for whose values a search counts its hits."""
    return (*(field.key for field in facets.stored_fields() if field.counted), "source", "state", "day")


def ranked(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Facet counts, most frequent first, then by value."""
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))
