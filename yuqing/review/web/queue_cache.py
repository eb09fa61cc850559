"""A window's entries in memory: what the queue displays, filters and counts.

The store has no facet for the size of a reprint cluster or for the sections that people chose, and a page must not read
20,000 documents. So the window is read once (about 2 s for 20,000 items) and kept without the texts.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from sys import intern

from indexer.store import Store
from yuqing.core.decided import decided_tags
from yuqing.core.facets import stored_fields, tag_values
from yuqing.core.records import Item, Review, ReviewState, Section, Tags
from yuqing.review.web.labels import HEATS

MAX_AGE = 60.0  # seconds after which what a crawl or another server process wrote shows up
NO_SECTION = "none"
Values = dict[str, tuple[str, ...]]


@dataclass(slots=True)
class Card:
    """An item without its text."""

    id: str
    title: str
    day: str
    source: str
    source_name: str
    relevant: bool
    score: float
    cluster: str
    lead: bool
    tag_values: Values
    tag_sections: tuple[Section, ...]
    review: Review
    added_by: str = ""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections; a person's choice overrides the tags'."""
        return self.review.sections or self.tag_sections

    @property
    def touched(self) -> bool:
        """Whether a person added it or wrote something about it; then it stays in the queue, whatever the rules say
        now."""
        review = self.review
        return review.state != "pending" or bool(review.row or review.note or review.labels or self.added_by)

    @property
    def values(self) -> Values:
        """The tag values; a person's tags override the rules'."""
        return _values(decided_tags(Tags(), self.review)) if self.review.labels else self.tag_values


Pair = tuple[str, str]


@cache
def pair(name: str, value: str) -> Pair:
    """The pair, one object for all equal ones: comparing and counting those of 20,000 entries takes two thirds of the
    time."""
    return name, value


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A reprint cluster, or a single item; ``cards`` starts with the item that represents it.

    ``facets`` are the (filter, value) pairs by which it is found and counted; ``marks`` its (section, state) pairs in
    the progress table, none for an entry that is not in the queue.
    """

    cards: tuple[Card, ...]
    facets: frozenset[Pair]
    marks: tuple[Pair, ...]

    @property
    def head(self) -> Card:
        """The item that represents the entry."""
        return self.cards[0]

    @property
    def heat(self) -> int:
        """How many items of the window report it."""
        return len(self.cards)

    @property
    def state(self) -> ReviewState:
        """People's decision on it."""
        return self.head.review.state

    @property
    def relevant(self) -> bool:
        """Whether it belongs in the queue: relevant, or a person wrote something about it."""
        return self.head.relevant or self.head.touched


def make_card(item: Item) -> Card:
    """The card of an item."""
    return Card(
        id=item.id,
        title=item.article.title,
        day=item.article.published_at[:10],
        source=intern(item.source_id),
        source_name=intern(item.source_name),
        relevant=item.tags.relevant,
        score=item.tags.score,
        cluster=item.cluster.id if item.cluster else item.id,
        lead=item.cluster.lead if item.cluster else True,
        tag_values=_values(item.tags),
        tag_sections=item.tags.sections,
        review=item.review,
        added_by=item.added_by,
    )


def _values(tags: Tags) -> Values:
    values, found = tag_values(tags), defaultdict[str, tuple[str, ...]](tuple)
    for stored in stored_fields():
        if stored.queue and values[stored.key]:
            found[stored.queue] += tuple(map(intern, values[stored.key]))
    return dict(found)


def make_entry(cards: Iterable[Card]) -> QueueEntry:
    """An entry represented by an accepted item, or else by its lead, as in the report."""
    ordered = tuple(sorted(cards, key=lambda c: (c.review.state != "accepted", not c.lead, c.day, c.id)))
    head, heat = ordered[0], len(ordered)
    state, sections = head.review.state, head.sections or (NO_SECTION,)
    queued = head.relevant or head.touched
    facets = {pair("state", state), *(pair("section", section) for section in sections)}
    facets.update(pair("source", card.source) for card in ordered)
    facets.update(pair("heat", least) for least in HEATS if heat >= int(least))
    for kind, values in head.values.items():
        facets.update(pair(kind, value) for value in values)
    if queued:
        facets.add(pair("rel", ""))
    if not head.relevant:
        facets.add(pair("rel", "low"))
    marks = tuple(pair(section, state) for section in (*sections, "")) if queued else ()
    return QueueEntry(ordered, frozenset(facets), marks)


@dataclass(slots=True)
class WindowQueue:
    """The entries of a window: ``ordered``, newest first, and by the id of every item in them.

    ``marks`` is how many entries have each mark.
    """

    ordered: list[QueueEntry]
    by_item: dict[str, QueueEntry]
    marks: Counter[Pair]
    loaded: float = field(default_factory=time.monotonic)

    def note(self, item_id: str, review: Review) -> None:
        """Apply a decision to its entry, which keeps its position; a decision older than the known one is ignored."""
        entry = self.by_item.get(item_id)
        if entry is None:
            return
        for card in entry.cards:
            if card.id == item_id and review.version > card.review.version:
                card.review = review
        renewed = make_entry(entry.cards)
        for card in renewed.cards:
            self.by_item[card.id] = renewed
        place = place_of(entry, self.ordered)
        if place is not None:
            self.ordered[place] = renewed
            self.marks.subtract(entry.marks)
            self.marks.update(renewed.marks)


def place_of(entry: QueueEntry | None, entries: Sequence[QueueEntry]) -> int | None:
    """The position of ``entry``, or None."""
    return next((number for number, other in enumerate(entries) if other is entry), None)


def _order(entries: Iterable[QueueEntry]) -> list[QueueEntry]:
    ordered = sorted(entries, key=lambda entry: entry.head.id)
    ordered.sort(key=lambda entry: entry.head.day, reverse=True)
    return ordered


class QueueCache:
    """The windows viewed so far, reread in the background once older than MAX_AGE."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._windows: dict[str, WindowQueue] = {}
        self._written: dict[str, Review] = {}  # decisions that a read in progress may have missed
        self._reading: set[str] = set()

    def get(self, window: str) -> WindowQueue:
        """The entries of ``window``; the first call for a window reads it."""
        found = self._windows.get(window)
        if found is None:
            return self.read(window)
        if time.monotonic() - found.loaded > MAX_AGE:
            with self._lock:
                idle = window not in self._reading
                self._reading.add(window)
            if idle:
                threading.Thread(target=self._renew, args=(window,), daemon=True).start()
        return found

    def read(self, window: str) -> WindowQueue:
        """Read ``window`` now."""
        clusters: defaultdict[str, list[Card]] = defaultdict(list)
        for item in self._store.scan(window=window):
            card = make_card(item)
            clusters[card.cluster].append(card)
        ordered = _order(make_entry(cards) for cards in clusters.values())
        by_item = {card.id: entry for entry in ordered for card in entry.cards}
        entries = WindowQueue(ordered, by_item, Counter(chain.from_iterable(entry.marks for entry in ordered)))
        with self._lock:
            for item_id, review in self._written.items():
                entries.note(item_id, review)
            self._windows[window] = entries
        return entries

    def note(self, item_id: str, review: Review) -> None:
        """Apply a decision that was just stored."""
        with self._lock:
            self._written[item_id] = review
            for entries in self._windows.values():
                entries.note(item_id, review)

    def _renew(self, window: str) -> None:
        try:
            self.read(window)
        finally:
            with self._lock:
                self._reading.discard(window)
