"""Tagging again after an edit of keywords.yaml: no requests, no new texts, reviews untouched."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain, islice

from msgspec.structs import replace

from classifiers import classify
from classifiers.changes import tag_changes
from classifiers.rules import Rules
from indexer.cluster_index import ClusterIndex, settle
from indexer.store import TagChange
from yuqing.core.jsonio import from_json, to_json
from yuqing.core.records import Article, Item, Source, Tags
from yuqing.core.segment import warm
from yuqing.monitor.gc_tuning import collect_seldom
from yuqing.monitor.run.workers import cores, workers
from yuqing.monitor.workspace import Workspace

BATCH = 500  # items whose new tags are written in one transaction
LARGE = 1_000  # items; one process tags them in half a second, and starting a pool takes 0.1
STRETCH = 100  # items per task of a worker

_rules: Rules  # in a worker, along with the sources
_sources: dict[str, Source]


@dataclass(slots=True)
class Retagged:
    """What changed: titles by the tag that was added, removed or replaced."""

    items: int = 0
    changed: int = 0
    stale: int = 0
    refused: list[str] = field(default_factory=list)  # why Elasticsearch refused new tags, one entry per item
    added: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    dropped: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    moved: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def run_retag(space: Workspace, window: str | None, *, apply: bool) -> Retagged:
    """Classify the stored items (of ``window``, or all) by the current rules; write the tags if ``apply``.

    Clusters are updated where items became relevant or ceased to be, and corrected where a crash or another machine
    left them inconsistent.
    """
    collect_seldom()
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
    for item, tags in _tagged(space, window):
        result.items += 1
        if item.article.day:
            days.add(item.article.day)
        if _note(item, tags, result) or tags != item.tags:
            yield item, tags


def _tagged(space: Workspace, window: str | None) -> Iterator[tuple[Item, Tags]]:
    """The stored items in order, each with its tags by the current rules; large numbers are split among the cores."""
    items = space.store.scan(window=window)
    first = list(islice(items, LARGE))
    items = chain(first, items)
    if len(first) < LARGE or cores() < 2:
        yield from ((item, classify(item.article, space.rules, space.sources.get(item.source_id))) for item in items)
        return
    warm()  # the review page calls this from a thread: nothing may be half loaded when the workers are forked
    with workers(cores(), partial(_keep, space.rules, space.sources)) as pool:
        waiting: deque[tuple[list[Item], Future[bytes]]] = deque()
        while True:
            while len(waiting) <= 2 * cores() and (stretch := list(islice(items, STRETCH))):
                articles = to_json([(item.source_id, item.article) for item in stretch])
                waiting.append((stretch, pool.submit(_classify, articles)))
            if not waiting:
                return
            stretch, future = waiting.popleft()
            yield from zip(stretch, from_json(future.result(), list[Tags]), strict=True)


def _keep(rules: Rules, sources: dict[str, Source]) -> None:
    global _rules, _sources
    _rules, _sources = rules, sources


def _classify(articles: bytes) -> bytes:
    """In a worker: the tags of articles, each passed with its source's id."""
    given = from_json(articles, list[tuple[str, Article]])
    return to_json([classify(article, _rules, _sources.get(source)) for source, article in given])


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
        result.moved[_moved(before, after)].append(item.article.title)
    return True


def _moved(before: str, after: str) -> str:
    """Two labels of a kind as one: ``sector:互联网+X：A → B``, ``section:A → B``."""
    phrase, arrow, old = before.partition(" → ")
    same, _, new = after.partition(" → ")
    if arrow and phrase == same:
        return f"{phrase}：{old} → {new}"
    return f"{before} → {after.partition(':')[2] or after}"
