"""Searches that people save by name, kept in the store alongside the items."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from indexer.filters import query_of
from indexer.store import Store
from indexer.unreadable import or_none
from yuqing.core.errors import UsageError
from yuqing.core.jsonio import from_json, to_json
from yuqing.core.records import Edit, Record

SCOPE = "searches"
MAX_NAME = 40  # characters; it is used in URLs, file names and messages


class UnknownSearchError(UsageError):
    """There is no saved search with that name."""


class SavedSearch(Record):
    """A named search: its filters as strings (so that ``14d`` stays 14 days ago), and whether new items are
    reported."""

    name: str
    filters: Mapping[str, str] = {}
    alert: bool = False


def saved_searches(store: Store) -> dict[str, SavedSearch]:
    """All saved searches by name, in the order in which they were first saved."""
    kept = {name: or_none(_search_of, edit.value) for name, edit in store.edits(SCOPE).items() if edit.value}
    return {name: search for name, search in kept.items() if search}


def saved_search(store: Store, name: str) -> SavedSearch:
    """The saved search called ``name``. Raises UnknownSearchError if there is none."""
    found = saved_searches(store)
    if name not in found:
        known = ", ".join(found) or "none yet; `yuqing searches save` makes one"
        raise UnknownSearchError(f"There is no saved search “{name}”; saved: {known}.")
    return found[name]


def save_search(store: Store, search: SavedSearch, by: str, at: str) -> None:
    """Save ``search`` under its name, replacing an older one. Raises UsageError if its name or filters are invalid."""
    name = search.name
    if not 1 <= len(name) <= MAX_NAME or name != name.strip() or not name.isprintable() or set(name) & set("/\\,"):
        raise UsageError(
            f"“{name}” is not a valid name: up to {MAX_NAME} characters, without slash, backslash, comma, or spaces "
            "at either end."
        )
    query_of(search.filters)
    _write(store, name, to_json(search).decode(), by, at)


def remove_search(store: Store, name: str, by: str, at: str) -> None:
    """Delete the saved search called ``name``; its history is kept. Raises UnknownSearchError if there is none."""
    saved_search(store, name)
    _write(store, name, "", by, at)


def _write(store: Store, name: str, value: str, by: str, at: str) -> None:
    before = store.edits(SCOPE).get(name, Edit(scope=SCOPE, part=name))
    store.set_edit(replace(before, value=value, by=by, at=at), before.version)


def _search_of(text: str) -> SavedSearch:
    return from_json(text, SavedSearch)
