"""Reading the store for programs: pages of rows, an item with its evidence, counts. Shared by the API and MCP."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from indexer.filters import query_of
from indexer.saved_searches import saved_search
from indexer.store import NotFoundError, Place, Query, Store
from yuqing.core.decided import decided
from yuqing.core.item_row import item_row
from yuqing.core.jsonio import to_plain
from yuqing.core.records import Item
from yuqing.core.times import Windows

_ZONE = "+08:00"  # of all publication times


def query_from(store: Store, given: Mapping[str, str], saved: str = "") -> Query:
    """The query with the filters ``given``, which override those of the saved search ``saved``.

    Raises UsageError for an invalid filter or an unknown name.
    """
    return query_of({**(saved_search(store, saved).filters if saved else {}), **given})


def item_page(store: Store, query: Query, limit: int, after: Place | None, body: bool) -> dict[str, Any]:
    """``limit`` rows after ``after``, the total number, and where the next page starts (None: there is none)."""
    items = list(islice(store.stream(query, after, limit + 1), limit + 1))
    rows = [to_plain(item_row(item)) for item in items[:limit]]
    if not body:
        for row in rows:
            row["body"] = None
    last = items[limit - 1] if len(items) > limit else None
    return {
        "total": store.count(query),
        "items": rows,
        "next": _place_text(last) if last else None,
    }


def place_of(text: str) -> Place | None:
    """The position encoded in a page's ``next``; "" is the beginning."""
    published, _, item_id = text.partition("~")
    return (published + _ZONE if "T" in published else published, item_id) if text else None


def _place_text(item: Item) -> str:
    """The position of ``item``, without characters that are special in a URL."""
    return f"{item.article.published_at.removesuffix(_ZONE)}~{item.id}"


def item_detail(store: Store, item_id: str) -> dict[str, Any]:
    """An item with its text, the evidence of its tags, and a document's metadata. Raises NotFoundError."""
    item = store.get(item_id)
    if item is None:
        raise NotFoundError(item_id)
    return {
        "item": to_plain(item_row(item)),
        "evidence": to_plain(decided(item).tags.evidence),
        "document": to_plain(item.article.document),
    }


def facet_counts(store: Store, query: Query) -> dict[str, Any]:
    """Counts over everything that ``query`` matches, most frequent first."""
    found = store.search(query)
    counts = {
        name: [{"value": value, "count": count} for value, count in values] for name, values in found.facets.items()
    }
    return {"total": found.total, "facets": counts}


def window_summary(store: Store, windows: Windows, name: str) -> dict[str, Any]:
    """The days of a window and the counts of its relevant items. Raises UsageError if ``name`` is not a month."""
    window = windows.get(name)
    return {
        "window": name,
        "first": window.first.isoformat(),
        "last": window.last.isoformat(),
        **facet_counts(store, Query(window=name, size=0)),
    }
