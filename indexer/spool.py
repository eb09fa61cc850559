"""A store whose server may be down for a while: the crawler's writes wait in a local file until it is back."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from indexer.embedded.faults import BUSY_SECONDS, faults
from indexer.merge import BATCH as STREAM_BATCH
from indexer.merge import batches
from indexer.store import (
    BulkError,
    Found,
    Place,
    PutResult,
    Query,
    Store,
    StoreStatus,
    StoreUnavailableError,
    TagChange,
)
from indexer.unreadable import or_none
from yuqing.core.jsonio import from_json, item_from_json, to_json
from yuqing.core.records import Edit, Item, ReprintCluster, Review
from yuqing.core.sqlite import transaction

logger = logging.getLogger(__name__)
BATCH = 2000  # writes delivered at once: four requests of the Elasticsearch store, which then overlap
RETRY_SECONDS = 10.0  # between two attempts to reach a server that is down, so that a crawl does not wait for it
_TABLES = """
CREATE TABLE IF NOT EXISTS waiting (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS refused (id TEXT NOT NULL, reason TEXT NOT NULL, data BLOB NOT NULL);
"""
_REFUSED = "SELECT id, reason FROM refused ORDER BY rowid"
Kind = Literal["item", "family"]


@dataclass(frozen=True, slots=True)
class SpoolState:
    """The contents of a spool: the number of writes waiting for the server, and (id, reason) of the items that it
    refused."""

    waiting: int = 0
    refused: tuple[tuple[str, str], ...] = ()


def spool_state(path: Path) -> SpoolState:
    """The contents of the spool ``path``, without contacting any server; empty if there is no such file."""
    if not path.exists():
        return SpoolState()
    with faults(path), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        (waiting,) = db.execute("SELECT count(*) FROM waiting").fetchone()
        return SpoolState(waiting, tuple(db.execute(_REFUSED)))


class SpoolingStore:
    """A store with the file ``path`` as a buffer for a crawl's writes: :meth:`put` and :meth:`set_clusters`.

    ``reach`` opens the store; if its server is down then, it is tried again later. Writes keep their order: while
    something waits, new ones queue up behind it. Delivering twice is harmless, because an item is identified by its id.
    An item that the server refuses is kept in the file, in its newest version, until the server accepts it (see
    :meth:`retry`) or a later version of it. Clusters are not kept: the next crawl recomputes them. People's actions
    (tags, reviews) are not spooled: they fail immediately with an error.
    """

    def __init__(self, reach: Callable[[], Store], path: Path) -> None:
        self.path = path
        self._reach = reach
        self._reached: Store | None = None
        self._lock = threading.RLock()
        self._next_try = 0.0
        self._fault: StoreUnavailableError | None = None
        path.parent.mkdir(parents=True, exist_ok=True)
        with faults(path):
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.executescript(_TABLES)
        try:
            self._reached = reach()
        except StoreUnavailableError as error:
            self._away(error)
        except BaseException:
            self._db.close()
            raise

    @property
    def _store(self) -> Store:
        """The store. Raises StoreUnavailableError immediately while its server is known to be down."""
        with self._lock:
            if self._fault and time.monotonic() < self._next_try:
                raise self._fault
            if self._reached is None:
                self._reached = self._reach()
            return self._reached

    def put(self, items: Iterable[Item]) -> list[PutResult]:
        results: list[PutResult] = []
        for batch in batches(items, BATCH):
            with self._lock:
                if self.deliver() == 0:
                    try:
                        results += self._put(batch)
                        continue
                    except StoreUnavailableError as error:
                        self._away(error)
                self._keep("item", [to_json(item) for item in batch])
                results += [PutResult(item.id, "spooled") for item in batch]
        return results

    def set_clusters(self, changes: Mapping[str, ReprintCluster | None]) -> int:
        with self._lock:
            if self.deliver() == 0:
                try:
                    return self._set_clusters(changes)
                except StoreUnavailableError as error:
                    self._away(error)
            self._keep("family", [to_json(pair) for pair in changes.items()])
            return len(changes)

    def deliver(self, *, now: bool = False) -> int:
        """Send what waits, in order; returns the number of writes still waiting.

        A server that was down is tried again after :data:`RETRY_SECONDS`, or immediately if ``now``.
        """
        with self._lock:
            if now:
                self._next_try = 0.0
            while (left := self.waiting()) and time.monotonic() >= self._next_try:
                try:
                    self._deliver_some()
                except StoreUnavailableError as error:
                    self._away(error)
                    return left
            return left

    def waiting(self) -> int:
        """The number of waiting writes."""
        with self._lock, faults(self.path):
            return int(self._db.execute("SELECT count(*) FROM waiting").fetchone()[0])

    def refused(self) -> list[tuple[str, str]]:
        """(id, reason) of the items that the server refused; they are kept in the file."""
        with self._lock, faults(self.path):
            return self._db.execute(_REFUSED).fetchall()

    def retry(self) -> int:
        """Offer the refused items again, after the waiting writes; returns how many were accepted.

        Raises StoreUnavailableError while the server is down; everything is kept then.
        """
        with self._lock:
            if self.deliver(now=True):
                assert self._fault is not None
                raise self._fault
            with faults(self.path):
                kept = self._db.execute("SELECT data FROM refused ORDER BY rowid").fetchall()
            taken = 0
            for some in batches(kept, BATCH):
                results = self._put(_items(data for (data,) in some))
                taken += sum(result.written != "refused" for result in results)
            return taken

    def _put(self, items: Sequence[Item]) -> list[PutResult]:
        """Put items into the store; what it refuses is kept, what it accepts is no longer marked as refused."""
        results = self._store.put(items)
        refused = any(result.written == "refused" for result in results)
        if refused or self.refused():
            with self._writing():
                for item, result in zip(items, results, strict=True):
                    self._db.execute("DELETE FROM refused WHERE id = ?", (item.id,))
                    if result.written == "refused":
                        logger.error("%s: the server refuses item %s: %s", self.path, item.id, result.reason)
                        kept = (item.id, result.reason, to_json(item))
                        self._db.execute("INSERT INTO refused (id, reason, data) VALUES (?, ?, ?)", kept)
        return results

    def _set_clusters(self, changes: Mapping[str, ReprintCluster | None]) -> int:
        try:
            return self._store.set_clusters(changes)
        except BulkError as error:
            logger.error("%s: %s", self.path, error)
            return len(changes) - len(error.refused)

    def _deliver_some(self) -> None:
        """Send the first waiting writes of one kind, then remove them from the file."""
        with faults(self.path):
            rows = self._db.execute(
                "SELECT number, kind, data FROM waiting ORDER BY number LIMIT ?", (BATCH,)
            ).fetchall()
        kind = rows[0][1]
        run = rows[: next((at for at, row in enumerate(rows) if row[1] != kind), len(rows))]
        if kind == "item":
            self._put(_items(data for _, _, data in run))
        else:
            pairs = (or_none(_pair_of, data) for _, _, data in run)
            self._set_clusters(dict(pair for pair in pairs if pair))
        with self._writing():
            self._db.execute("DELETE FROM waiting WHERE number BETWEEN ? AND ?", (run[0][0], run[-1][0]))

    def _keep(self, kind: Kind, data: list[bytes]) -> None:
        with self._writing():
            self._db.executemany("INSERT INTO waiting (kind, data) VALUES (?, ?)", [(kind, entry) for entry in data])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with faults(self.path), transaction(self._db):
            yield

    def _away(self, error: StoreUnavailableError) -> None:
        if error is not self._fault:  # otherwise the server has not been contacted since
            logger.warning("%s The crawler's writes wait in %s.", error, self.path)
            self._fault, self._next_try = error, time.monotonic() + RETRY_SECONDS

    def get(self, item_id: str) -> Item | None:
        return self._store.get(item_id)

    def get_many(self, ids: Iterable[str]) -> dict[str, Item]:
        self.deliver()  # so that waiting writes are included
        return self._store.get_many(ids)

    def delete(self, ids: Iterable[str]) -> int:
        return self._store.delete(ids)

    def search(self, query: Query) -> Found:
        return self._store.search(query)

    def count(self, query: Query) -> int:
        return self._store.count(query)

    def scan(
        self,
        window: str | None = None,
        relevant: bool | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> Iterator[Item]:
        self.deliver()  # so that waiting writes are included
        return self._store.scan(window, relevant, first, last)

    def stream(self, query: Query, after: Place | None = None, batch: int = STREAM_BATCH) -> Iterator[Item]:
        self.deliver()
        return self._store.stream(query, after, batch)

    def set_tags(self, changes: Iterable[TagChange]) -> list[PutResult]:
        return self._store.set_tags(changes)

    def set_review(self, item_id: str, review: Review, expected_version: int) -> Review:
        return self._store.set_review(item_id, review, expected_version)

    def history(self, item_id: str) -> list[Review]:
        return self._store.history(item_id)

    def set_edit(self, edit: Edit, expected_version: int) -> Edit:
        return self._store.set_edit(edit, expected_version)

    def edits(self, scope: str) -> dict[str, Edit]:
        return self._store.edits(scope)

    def edit_history(self, scope: str) -> list[Edit]:
        return self._store.edit_history(scope)

    def edit_scopes(self) -> list[str]:
        return self._store.edit_scopes()

    def refresh(self) -> None:
        self._store.refresh()

    def status(self) -> StoreStatus:
        return self._store.status()

    def close(self) -> None:
        """Try once more to deliver, then close both."""
        with self._lock:
            self.deliver(now=True)
            self._db.close()
        if self._reached:
            self._reached.close()


def _items(kept: Iterable[bytes]) -> list[Item]:
    """The items that can be read; the archive has the pages of the others."""
    return [item for data in kept if (item := or_none(item_from_json, data))]


def _pair_of(data: bytes) -> tuple[str, ReprintCluster | None]:
    return from_json(data, tuple[str, ReprintCluster | None])
