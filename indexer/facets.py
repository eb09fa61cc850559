"""The values under which an item is counted and filtered; the same for every store.

A person's tags and sections go before those of the rules (:mod:`yuqing.core.decided`).
"""

from __future__ import annotations

from collections.abc import Iterable

from yuqing.core.records import Tags


def tag_values(tags: Tags) -> dict[str, list[str]]:
    """The values of the facets that come from ``tags``, each once, in order.

    ``sector`` holds canonical names only; a phrase that keywords.yaml does not know is under ``phrase``.
    """
    return {
        "sector": _once(tag.name for tag in tags.sectors if tag.name),
        "phrase": _once(tag.phrase for tag in tags.sectors if not tag.name),
        "province": _once(tag.province for tag in tags.regions),
        "city": _once(tag.city for tag in tags.regions),
        "county": _once(tag.county for tag in tags.regions),
        "ministry": _once(tags.ministries),
        "enterprise": _once(tags.enterprises),
        "section": _once(tags.sections),
    }


def ranked(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Facet counts, most frequent first and then by value."""
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
