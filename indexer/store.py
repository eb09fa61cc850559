"""The contract of a store, and the records that go in and come out.

Two stores keep it: the embedded one (:mod:`indexer.embedded`) and Elasticsearch (:mod:`indexer.elastic`).
One suite of tests (tests/store) runs over both and expects equal answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from indexer.merge import BATCH
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.facets import FACETS
from yuqing.core.records import Edit, Item, ReprintCluster, Review, ReviewState, Tags, Tier

Written = Literal["created", "updated", "unchanged", "stale", "missing", "spooled", "refused"]
Sort = Literal["relevance", "newest"]
Place = tuple[str, str]  # published_at and id of an item: where it stands, newest first
Pieces = tuple[tuple[str, bool], ...]  # text in order; True where the query was found

MAX_WINDOW = 10_000  # offset + size; Elasticsearch refuses more, so neither store allows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked of a store. Empty fields do not restrict; all others must hold together.

    ``text``: words separated by spaces, all of which must stand in the title or the body. Each is searched as
    it is written; no character is an operator, punctuation counts for nothing (``“互联网+”教育`` and
    ``互联网＋教育`` are the same), ASCII double quotes keep spaces inside a phrase.
    ``since``/``until``: days of publication, both included; undated items never match them.
    ``tags``: a value for each facet (:mod:`yuqing.core.facets`) that must have it, by the facet's key: for ``sector``
    a canonical name, or a phrase that keywords.yaml does not know; for ``region`` the full name of a province, city
    or county. They are those that a person gave, where one did.
    ``source``: the id of the source. ``cluster``: the id of a reprint cluster's lead.
    ``relevant``: None asks for items below the relevance threshold too.
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
        """For each wanted tag the fields of which one must hold it, and its value."""
        for facet in FACETS:
            if value := self.tags.get(facet.key):
                yield tuple(field.key for field in facet.fields), value

    def __post_init__(self) -> None:
        if unknown := self.tags.keys() - {facet.key for facet in FACETS}:
            raise UsageError(f"“{min(unknown)}” is not a facet; available: {', '.join(facet.key for facet in FACETS)}.")
        for facet in FACETS:
            value = self.tags.get(facet.key)
            if value and facet.values and value not in facet.values:
                raise UsageError(f"“{value}” is not a {facet.key}; available: {', '.join(facet.values)}.")
        if self.size < 0 or self.offset < 0 or self.size + self.offset > MAX_WINDOW:
            raise UsageError(
                f"size {self.size} with offset {self.offset}: both count from 0 and their sum is at most "
                f"{MAX_WINDOW}; narrow the search, or use scan() to read everything."
            )


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found. ``score`` is comparable only within one answer; higher is better, 0 without text."""

    item: Item
    score: float
    title: Pieces
    snippet: Pieces


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: one page of ``hits`` out of ``total``, and counts over all of them.

    ``facets`` has a list of (value, number of items) for each of
    :func:`indexer.facets.counted_fields`, most frequent first and then
    by value; ``phrase`` are the 互联网+ phrases that keywords.yaml does not know; ``day`` is in the order of
    days and leaves out undated items. Empty when the query asked for none.
    """

    total: int
    hits: list[Hit]
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PutResult:
    """What became of one item or change.

    ``stale`` is a change to a text that is no longer stored, ``missing`` one to an unknown item; ``spooled`` waits
    in a local file until the server is back, ``refused`` is what the server will not take, for the ``reason`` that
    it gave: nothing of it was written. The embedded store refuses nothing.
    """

    id: str
    written: Written
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TagChange:
    """New tags for the text with ``content_hash``; not applied when the text has changed since."""

    id: str
    content_hash: str
    tags: Tags


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """A store at a glance. ``windows`` has (window, number of items), in order; ``bytes`` is the size on disk."""

    kind: str
    location: str
    schema: int
    items: int
    relevant: int
    windows: list[tuple[str, int]]
    bytes: int


class ConflictError(YuqingError):
    """Somebody else wrote a review in between. ``stored`` is theirs, ``attempted`` is the one refused."""

    def __init__(self, item_id: str, stored: Review, attempted: Review) -> None:
        super().__init__(
            f"Item {item_id} was changed by {stored.by or 'somebody else'} at {stored.at or 'an unknown time'} "
            f"(version {stored.version}); reload it, compare both versions and decide again."
        )
        self.item_id = item_id
        self.stored = stored
        self.attempted = attempted


class EditConflictError(YuqingError):
    """Somebody else edited the part in between. ``stored`` is theirs, ``attempted`` is the one refused."""

    def __init__(self, stored: Edit, attempted: Edit) -> None:
        super().__init__(
            f"“{attempted.part}” of {attempted.scope} was changed by {stored.by or 'somebody else'} at "
            f"{stored.at or 'an unknown time'} (version {stored.version}); reload it, compare both and edit again."
        )
        self.stored = stored
        self.attempted = attempted


class StoreUnavailableError(YuqingError):
    """The store's server is away or takes no writes at present; the same call may work later."""


class BulkError(YuqingError):
    """Some clusters or deletions were refused; ``refused`` has (id, reason) for each, all others were done."""

    def __init__(self, refused: list[tuple[str, str]]) -> None:
        key, reason = refused[0]
        super().__init__(f"{len(refused)} writes were refused, the first is item {key}: {reason}")
        self.refused = refused


class NotFoundError(UsageError):
    """There is no item with that id."""

    def __init__(self, item_id: str) -> None:
        super().__init__(f"There is no item “{item_id}” in the store.")


class Store(Protocol):
    """Where items live. Safe for several threads and processes; every failure is a YuqingError."""

    def put(self, items: Iterable[Item]) -> list[PutResult]:
        """Write the crawler's part of ``items``, in order, all or (on an error) none of a batch; a result for each.

        A known item keeps its window (once it has one) and review, and its cluster where the new one has none.
        An item that differs in nothing but ``fetched_at`` is unchanged and not written.
        """

    def get(self, item_id: str) -> Item | None:
        """The item, or None."""

    def get_many(self, ids: Iterable[str]) -> dict[str, Item]:
        """The items of ``ids`` by id; those that are not there are left out."""

    def delete(self, ids: Iterable[str]) -> int:
        """Remove items with their reviews; the number that were there."""

    def search(self, query: Query) -> Found:
        """The items that ``query`` describes."""

    def count(self, query: Query) -> int:
        """The total of :meth:`search`, without hits and facets."""

    def scan(
        self,
        window: str | None = None,
        relevant: bool | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> Iterator[Item]:
        """All items in the order of (published_at, id), undated first; writes meanwhile do no harm.

        ``first``/``last``: days of publication, both included; undated items are then left out.
        """

    def stream(self, query: Query, after: Place | None = None, batch: int = BATCH) -> Iterator[Item]:
        """Every item that ``query`` describes, newest first and then by id, however many there are.

        It begins behind ``after``; sort, size, offset and facets of the query say nothing. ``batch`` items are asked
        for at a time. The embedded store shows the file as it was at the first item.
        """

    def set_tags(self, changes: Iterable[TagChange]) -> list[PutResult]:
        """Write new tags; touches neither text nor review, and a person's tags go on counting."""

    def set_clusters(self, changes: Mapping[str, ReprintCluster | None]) -> int:
        """Write clusters (None: no longer in one); the number of items that changed. Unknown ids are left out."""

    def set_review(self, item_id: str, review: Review, expected_version: int) -> Review:
        """Write a person's decision on top of version ``expected_version``; the review as stored.

        Raises ConflictError when another version is stored and NotFoundError when there is no such item.
        """

    def history(self, item_id: str) -> list[Review]:
        """Every decision on an item, oldest first; the last one is the item's review."""

    def set_edit(self, edit: Edit, expected_version: int) -> Edit:
        """Write a person's edit on top of version ``expected_version`` of its part; the edit as stored.

        Raises EditConflictError when another version is stored. Items and their reviews are not touched.
        """

    def edits(self, scope: str) -> dict[str, Edit]:
        """The newest edit of each part of ``scope``, in the order in which the parts were first edited."""

    def edit_history(self, scope: str) -> list[Edit]:
        """Every edit in ``scope`` in the order of writing."""

    def edit_scopes(self) -> list[str]:
        """The scopes in which something was edited, in order."""

    def refresh(self) -> None:
        """Let this process find at once what others have written until now."""

    def status(self) -> StoreStatus:
        """What is in the store, for ``yuqing index status``."""

    def close(self) -> None:
        """Release the store; it must not be used afterwards."""
