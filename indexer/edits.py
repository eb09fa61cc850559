"""Copying people's edits (issue texts, comments, saved searches) from one store to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.store import Store
from yuqing.core.records import Edit


def edits_of(store: Store) -> Iterator[Edit]:
    """Every edit of ``store``, scope by scope in the order in which they were made."""
    for scope in store.edit_scopes():
        yield from store.edit_history(scope)


def put_edits(store: Store, edits: Iterable[Edit]) -> int:
    """Write the edits that ``store`` lacks; returns their number.

    If people have since edited a part differently, their edits are kept.
    """
    there: dict[tuple[str, str], dict[int, Edit]] = {}
    known: set[str] = set()
    written = 0
    for edit in edits:
        if edit.scope not in known:
            known.add(edit.scope)
            for one in store.edit_history(edit.scope):
                there.setdefault((one.scope, one.part), {})[one.version] = one
        versions = there.setdefault((edit.scope, edit.part), {})
        if len(versions) == edit.version - 1:
            versions[edit.version] = store.set_edit(edit, edit.version - 1)
            written += 1
        elif versions.get(edit.version) != edit:
            versions[0] = edit  # the histories diverge: later saved edits do not apply
    return written
