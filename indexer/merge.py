"""How a new version of a known item is merged with the old one; the same for every store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from msgspec.structs import replace

from yuqing.core.records import BY_HAND, Item

T = TypeVar("T")
BATCH = 500  # items per transaction or request: larger batches gained under 5 % and hold locks and memory longer


def merged(old: Item, new: Item) -> Item | None:
    """The item to store when ``new`` arrives for ``old``; None if only the fetch time differs.

    The window is that of the first sight (once there is one), a cluster is kept until another is given, and the review
    is always the old one. What a person typed is only ever replaced by a person.
    """
    if old.article.method == BY_HAND != new.article.method:
        return None
    new = replace(new, added_by=new.added_by or old.added_by)
    item = replace(new, window=old.window or new.window, cluster=new.cluster or old.cluster, review=old.review)
    return None if replace(item, fetched_at=old.fetched_at) == old else item


def batches(values: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """``values`` in lists of ``size``."""
    iterator = iter(values)
    while batch := list(islice(iterator, size)):
        yield batch
