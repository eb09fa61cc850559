"""A store's connection: the indices in use, errors as readable sentences, and writes not yet visible to searches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from elasticsearch import Elasticsearch

from indexer.elastic import reader, setup
from indexer.elastic.bulk import Answer, bulk
from indexer.elastic.faults import BlockedError, faults
from indexer.elastic.names import Names
from indexer.store import StoreUnavailableError

P = ParamSpec("P")
T = TypeVar("T")
ATTEMPTS = 10  # rounds of read, compare and write before giving up on a conflict
LOOK_SECONDS = 30.0  # between two checks whether a reindex has switched; a process that only reads notices it this way


class Session:
    """Reads and writes with ``client``. Thread-safe."""

    def __init__(self, client: Elasticsearch, location: str, names: Names) -> None:
        self.client = client
        self.location = location
        self.names = names
        self._indices: set[str] = set()
        self._unseen = False  # writes that a search would not find yet
        self._looked = time.monotonic()

    @contextmanager
    def reading(self) -> Iterator[Names]:
        """The names to read with; errors are raised as readable sentences."""
        with faults(self.location):
            self._look()
            yield self.names

    def writing(self, work: Callable[Concatenate[Names, P], T], *given: P.args, **named: P.kwargs) -> T:
        """The result of ``work`` for the names in use. It is called again if a reindex has switched meanwhile.

        Raises StoreUnavailableError while a reindex is about to switch: nobody may write then.
        """
        with faults(self.location):
            self._look()
        while True:
            names = self.names
            try:
                with faults(self.location):
                    return work(names, *given, **named)
            except BlockedError as error:
                with faults(self.location):
                    self._follow(names, error)

    def _look(self) -> None:
        if time.monotonic() - self._looked > LOOK_SECONDS:
            found = setup.check(self.client, self.location, self.names.prefix)
            self.names, self._looked = Names(self.names.prefix, found.version), time.monotonic()

    def _follow(self, used: Names, error: BlockedError) -> None:
        """Take over the names now in use if they differ from ``used``, whose indices no longer accept writes."""
        found = setup.check(self.client, self.location, used.prefix)
        if found.version != used.version:
            self.names = Names(used.prefix, found.version)
        elif found.moving:
            raise StoreUnavailableError(
                f"{self.location}: the indices are being rebuilt (`yuqing index reindex`); try again in a minute."
            ) from error
        else:
            raise error

    def bulk(self, actions: Iterable[dict[str, Any]], expected: tuple[int, ...]) -> dict[str, Answer]:
        """See :func:`indexer.elastic.bulk.bulk`."""
        self._unseen = True
        return bulk(self.client, self.location, actions, expected)

    def refresh(self, *, all_writers: bool = False) -> None:
        """Make visible to searches what was written here, or with ``all_writers`` by anyone."""
        if self._unseen or all_writers:
            self._unseen = False
            self.client.indices.refresh(index=self.names.items)

    def ensure(self, index: str) -> None:
        """Create the index of a new month."""
        if index not in self._indices:
            setup.create(self.client, index, {})
            self._indices.add(index)

    def documents(self, names: Names, ids: Iterable[str]) -> dict[str, reader.Document]:
        """The documents of ``ids``; missing ones are left out."""
        return reader.documents(self.client, names, reader.months(self.client, names, ids))

    def in_the_way(self, ids: Iterable[str]) -> StoreUnavailableError:
        """The error after :data:`ATTEMPTS` rounds."""
        return StoreUnavailableError(
            f"{self.location}: other processes keep writing the same items ({', '.join(sorted(ids)[:3])}); try again."
        )


def action(kind: str, index: str, key: str, **more: Any) -> dict[str, Any]:
    """One write, as the client's bulk helpers expect it."""
    return {"_op_type": kind, "_index": index, "_id": key, **more}


def if_unchanged(document: reader.Document) -> dict[str, int]:
    """The condition that ``document`` was not written meanwhile: counted fields depend on both tags and review."""
    return {"if_seq_no": document.seq_no, "if_primary_term": document.primary_term}
