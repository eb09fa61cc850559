"""Copies a store into another one: items, clusters, people's decisions and edits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.edits import edits_of, put_edits
from indexer.merge import batches
from indexer.store import Store
from yuqing.core.errors import YuqingError
from yuqing.core.records import Item, Review


@dataclass(frozen=True, slots=True)
class Migration:
    """What was copied. ``items`` were read; ``decisions`` were written, the others stood there already."""

    items: int
    decisions: int


def migrate(source: Store, target: Store, on_batch: Callable[[int], None] = lambda copied: None) -> Migration:
    """Copy everything in ``source`` into ``target`` and compare; what is there already is left as it is.

    It may be broken off and begun again. Raises YuqingError when ``target`` holds other decisions on an item, before
    any decision of its batch is written, or when it lacks items in the end.
    """
    items = decisions = 0
    for batch in batches(source.scan()):
        if refused := [result for result in target.put(batch) if result.written == "refused"]:
            raise YuqingError(
                f"The target store refuses {len(refused)} items, the first is {refused[0].id}: {refused[0].reason} "
                "Nothing more was copied; bring its indices up to date (`yuqing index reindex`) and begin again."
            )
        pending = [(item, _pending(source, target, item)) for item in batch if item.review.version]
        for item, missing in pending:
            for review in missing:
                target.set_review(item.id, review, review.version - 1)
                decisions += 1
        items += len(batch)
        on_batch(items)
    put_edits(target, edits_of(source))
    _compare(source, target)
    return Migration(items, decisions)


def _pending(source: Store, target: Store, item: Item) -> list[Review]:
    wanted, there = source.history(item.id), target.history(item.id)
    if there != wanted[: len(there)]:
        raise YuqingError(
            f"Item {item.id} ({item.article.title}) has other decisions in the target store; nothing of it was copied. "
            "Copy into a store in which nobody has reviewed yet, or delete the item there."
        )
    return wanted[len(there) :]


def _compare(source: Store, target: Store) -> None:
    wanted, there = dict(source.status().windows), dict(target.status().windows)
    short = {window: (count, there.get(window, 0)) for window, count in wanted.items() if there.get(window, 0) < count}
    if short:
        shown = "; ".join(f"{window or 'undated'}: {count} and {found}" for window, (count, found) in short.items())
        raise YuqingError(f"The target store lacks items after the copy (window: source and target): {shown}.")
