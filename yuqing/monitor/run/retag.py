"""Tags again after an edit of keywords.yaml: no request, no new text, reviews untouched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from msgspec.structs import replace

from classifiers import classify
from classifiers.changes import tag_changes
from indexer.cluster_index import ClusterIndex, settle
from indexer.store import TagChange
from yuqing.core.records import Item, Tags
from yuqing.monitor.workspace import Workspace

BATCH = 500  # items whose new tags are written in one transaction


@dataclass(slots=True)
class Retagged:
    """What changed: titles by the tag that came, went, or became another."""

    items: int = 0
    changed: int = 0
    stale: int = 0
    refused: list[str] = field(default_factory=list)  # why Elasticsearch would not take new tags, an entry an item
    added: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    dropped: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    moved: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def run_retag(space: Workspace, window: str | None, *, apply: bool) -> Retagged:
    """Classify the stored items (of ``window``, or all) by the present rules; write the tags if ``apply``.

    Clusters follow where items became relevant, or are so no longer, and are set right where a crash or another machine
    left them otherwise.
    """
    result = Retagged()
    clusters = ClusterIndex(space.store)
    days: set[date] = set()
    changes = _changes(space, window, result, days)
    while batch := list(islice(changes, BATCH)):
        if apply:
            clusters.place([replace(old, tags=tags) for old, tags in batch if old.tags.relevant != tags.relevant])
            written = space.store.set_tags(TagChange(old.id, old.content_hash, tags) for old, tags in batch)
            clusters.write_changes()
            result.stale += sum(entry.written == "stale" for entry in written)
            result.refused += [entry.reason for entry in written if entry.written == "refused"]
    if apply:
        settle(space.store, days)
    return result


def _changes(space: Workspace, window: str | None, result: Retagged, days: set[date]) -> Iterator[tuple[Item, Tags]]:
    for item in space.store.scan(window=window):
        result.items += 1
        if item.article.day:
            days.add(item.article.day)
        tags = classify(item.article, space.rules, space.sources.get(item.source_id))
        if _note(item, tags, result) or tags != item.tags:
            yield item, tags


def _note(item: Item, tags: Tags, result: Retagged) -> bool:
    changes = tag_changes(item.tags, tags)
    if not changes:
        return False
    result.changed += 1
    for label in changes.added:
        result.added[label].append(item.article.title)
    for label in changes.dropped:
        result.dropped[label].append(item.article.title)
    for before, after in changes.moved:
        result.moved[f"{before} → {after}"].append(item.article.title)
    return True
