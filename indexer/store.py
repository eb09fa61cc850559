"""The store protocol, and the records that go in and come out.

Two stores implement it: the embedded one (:mod:`indexer.embedded`) and Elasticsearch (:mod:`indexer.elastic`). The same
tests (tests/store) run against both and expect equal results.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from indexer.merge import BATCH
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.facets import FACETS
from yuqing.core.facets import facet as facet_of
from yuqing.core.records import Edit, Item, ReprintCluster, Review, ReviewState, Tags, Tier

Written = Literal["created", "updated", "unchanged", "stale", "missing", "spooled", "refused"]
Sort = Literal["relevance", "newest"]
Place = tuple[str, str]  # published_at and id of an item: its position in the order newest first
Pieces = tuple[tuple[str, bool], ...]  # text in order; True for the parts that match

MAX_WINDOW = 10_000  # offset + size; Elasticsearch rejects more, so neither store allows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query. Empty fields do not restrict the result; all others must match.

    ``text``: words separated by spaces, all of which must occur in the title or the body. Each is searched as written;
    no character is an operator, punctuation is ignored (``“互联网+”教育`` and ``互联网＋教育`` are the same), ASCII
    double quotes keep spaces within a phrase.
    ``since``/``until``: days of publication, both inclusive; undated items never match them.
    ``tags``: by facet key, a value that one of the facet's tags (:mod:`yuqing.core.facets`) must have: for ``sector`` a
    canonical name, or a phrase that keywords.yaml does not list; for ``region`` the full name of a province, city or
    county. Tags given by a person override the rules'.
    ``source``: the id of the source. ``cluster``: the id of a reprint cluster's lead.
    ``relevant``: None includes items below the relevance threshold.
    """

    text: str = ""
    window: str = ""
    since: date | None = None
    until: date | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    tier: Tier | Literal[""] = ""
    state: ReviewState | Literal[""] = ""
    cluster: str = ""
    cluster_leads_only: bool = False
    relevant: bool | None = True
    sort: Sort = "relevance"
    size: int = 20
    offset: int = 0
    facets: bool = True

    @property
    def tag_fields(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """For each requested tag the fields of which one must have it, and its value."""
        for facet in FACETS:
            if value := self.tags.get(facet.key):
                yield tuple(field.key for field in facet.fields), value

    def __post_init__(self) -> None:
        for key in sorted(self.tags):
            facet_of(key)  # raises UsageError for an unknown one
        for facet in FACETS:
            value = self.tags.get(facet.key)
            if value and facet.values and value not in facet.values:
                raise UsageError(f"“{value}” is not a {facet.key}; available: {', '.join(facet.values)}.")
        if self.size < 0 or self.offset < 0 or self.size + self.offset > MAX_WINDOW:
            raise UsageError(
                f"size {self.size} with offset {self.offset}: both must be at least 0 and their sum at most "
                f"{MAX_WINDOW}; narrow the search, or use scan() to read everything."
            )


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found. ``score`` is comparable only within one result; higher is better, 0 without text."""

    item: Item
    score: float
    title: Pieces
    snippet: Pieces


@dataclass(frozen=True, slots=True)
class Found:
    """The result: one page of ``hits`` out of ``total``, and counts over all of them.

    ``facets`` has a list of (value, number of items) for each of :func:`indexer.facets.counted_fields`, most frequent
    first and then by value; ``phrase`` has the 互联网+ phrases that keywords.yaml does not list; ``day`` is in
    chronological order without undated items. Empty unless the query asked for facets.
    """

    total: int
    hits: list[Hit]
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PutResult:
    """What became of one item or change.

    ``stale``: a change to a text that is no longer stored; ``missing``: one to an unknown item; ``spooled``: it waits
    in a local file until the server is back; ``refused``: the server rejected it for the ``reason`` given, and nothing
    of it was written. The embedded store never refuses anything.
    """

    id: str
    written: Written
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TagChange:
    """New tags for the text with ``content_hash``; not applied if the text has changed since."""

    id: str
    content_hash: str
    tags: Tags


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """A summary of a store. ``windows`` has (window, number of items), in order; ``bytes`` is the size on disk."""

    kind: str
    location: str
    schema: int
    items: int
    relevant: int
    windows: list[tuple[str, int]]
    bytes: int


class ConflictError(YuqingError):
    """Somebody else wrote a review in the meantime. ``stored`` is theirs, ``attempted`` is the one rejected."""

    def __init__(self, item_id: str, stored: Review, attempted: Review) -> None:
        super().__init__(
            f"Item {item_id} was changed by {stored.by or 'somebody else'} at {stored.at or 'an unknown time'} "
            f"(version {stored.version}); reload it, compare both versions and decide again."
        )
        self.item_id = item_id
        self.stored = stored
        self.attempted = attempted


class EditConflictError(YuqingError):
    """Somebody else edited the part in the meantime. ``stored`` is theirs, ``attempted`` is the one rejected."""

    def __init__(self, stored: Edit, attempted: Edit) -> None:
        super().__init__(
            f"“{attempted.part}” of {attempted.scope} was changed by {stored.by or 'somebody else'} at "
            f"{stored.at or 'an unknown time'} (version {stored.version}); reload it, compare both and edit again."
        )
        self.stored = stored
        self.attempted = attempted


class StoreUnavailableError(YuqingError):
    """The store's server is down or accepts no writes at present; the same call may succeed later."""


class BulkError(YuqingError):
    """Some cluster changes or deletions were refused; ``refused`` has (id, reason) for each, all others were done."""

    def __init__(self, refused: list[tuple[str, str]]) -> None:
        key, reason = refused[0]
        super().__init__(f"{len(refused)} writes were refused, the first is item {key}: {reason}")
        self.refused = refused


class NotFoundError(UsageError):
    """There is no item with this id."""

    def __init__(self, item_id: str) -> None:
        super().__init__(f"There is no item “{item_id}” in the store.")


class Store(Protocol):
    """Where items are kept. Safe for use by several threads and processes; every failure is a YuqingError."""

    def put(self, items: Iterable[Item]) -> list[PutResult]:
        """Write the crawler's part of ``items``, in order, each batch all or (on error) nothing; returns a result for
        each.

        A known item keeps its window (once it has one) and review, and its cluster if the new one has none. An item
        that differs only in ``fetched_at`` counts as unchanged and is not written.
        """

    def get(self, item_id: str) -> Item | None:
        """The item, or None."""

    def get_many(self, ids: Iterable[str]) -> dict[str, Item]:
        """The items by id; unknown ``ids`` are left out."""

    def delete(self, ids: Iterable[str]) -> int:
        """Delete items with their reviews; returns the number of items that existed."""

    def search(self, query: Query) -> Found:
        """The items that match ``query``."""

    def count(self, query: Query) -> int:
        """The total of :meth:`search`, without hits and facets."""

    def scan(
        self,
        window: str | None = None,
        relevant: bool | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> Iterator[Item]:
        """All items in the order of (published_at, id), undated first; concurrent writes do no harm.

        ``first``/``last``: days of publication, both inclusive; undated items are then left out.
        """

    def stream(self, query: Query, after: Place | None = None, batch: int = BATCH) -> Iterator[Item]:
        """Every item that matches ``query``, newest first and then by id, without a limit on their number.

        It starts after ``after``; sort, size, offset and facets of the query are ignored. ``batch`` items are requested
        at a time. The embedded store reads from a snapshot taken at the first item.
        """

    def set_tags(self, changes: Iterable[TagChange]) -> list[PutResult]:
        """Write new tags; changes neither text nor review, and a person's tags remain effective."""

    def set_clusters(self, changes: Mapping[str, ReprintCluster | None]) -> int:
        """Write clusters (None: no longer in one); returns the number of items that changed. Unknown ids are
        ignored."""

    def set_review(self, item_id: str, review: Review, expected_version: int) -> Review:
        """Write a person's decision based on version ``expected_version``; returns the review as stored.

        Raises ConflictError if another version is stored and NotFoundError if there is no such item.
        """

    def history(self, item_id: str) -> list[Review]:
        """Every decision on an item, oldest first; the last one is the item's review."""

    def set_edit(self, edit: Edit, expected_version: int) -> Edit:
        """Write a person's edit based on version ``expected_version`` of its part; returns the edit as stored.

        Raises EditConflictError if another version is stored. Does not touch items or their reviews.
        """

    def edits(self, scope: str) -> dict[str, Edit]:
        """The newest edit of each part of ``scope``, in the order in which the parts were first edited."""

    def edit_history(self, scope: str) -> list[Edit]:
        """Every edit in ``scope``, in the order in which they were made."""

    def edit_scopes(self) -> list[str]:
        """The scopes that contain edits, in order."""

    def refresh(self) -> None:
        """Make everything that others have written so far visible to this process."""

    def status(self) -> StoreStatus:
        """What is in the store, for ``yuqing index status``."""

    def close(self) -> None:
        """Release the store; it must not be used afterwards."""
