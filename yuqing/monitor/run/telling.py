"""Sharing what a running crawl has counted with the other machines, about every second."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from indexer.shared_run import SharedRun
from indexer.spool import SpoolingStore
from indexer.store import StoreUnavailableError
from yuqing.core.errors import YuqingError
from yuqing.monitor.ledger_exchange import exchange_runs
from yuqing.monitor.workspace import Workspace

if TYPE_CHECKING:
    from indexer.elastic.shared_runs import SharedRuns

logger = logging.getLogger(__name__)
TELL_SECONDS = 1.0  # between two updates; what a machine counted since the last one is lost to others if it dies
AWAY_SECONDS = 10.0  # between two attempts while the server is down
BEATS = 6  # minimum number of updates per lease duration, whether there is news or not
ALONE = 10  # lease durations after which a crawl without leases, which has no beat, counts as interrupted


class Telling:
    """Sends what the crawl ``run`` counts to Elasticsearch; with the embedded store it does nothing.

    ``leased``: :meth:`beat` is called every second.
    """

    def __init__(self, space: Workspace, run: str, *, leased: bool) -> None:
        self._space, self._run = space, run
        self._seconds = space.settings.crawl.lease * (1 if leased else ALONE)
        self._shared: SharedRuns | None = None
        self._head = self._read_head()
        self._next = 0.0
        self._last = 0.0
        if space.settings.in_elasticsearch:
            space.ledger.begin_telling(run)

    def beat(self) -> None:
        """Send news, if it is time; what cannot be sent now is sent later."""
        if self._space.settings.in_elasticsearch and time.monotonic() >= self._next:
            try:
                self.tell()
            except YuqingError as error:
                self._next = time.monotonic() + AWAY_SECONDS
                logger.info("what this run counted is told to the other machines later: %s", error)

    def tell(self) -> None:
        """Send all news, after the items it refers to. Raises StoreUnavailableError."""
        store, ledger = self._space.store, self._space.ledger
        if isinstance(store, SpoolingStore) and (left := store.deliver()):
            raise StoreUnavailableError(f"{left} writes wait in {store.path}")
        when = time.monotonic()
        self._next = when + TELL_SECONDS
        piece = ledger.untold(self._run)
        if piece is None and when - self._last >= self._seconds / BEATS:
            self._open().tell(self._head, ledger.pieces_told(self._run))
            self._last = when
        while piece:
            self._open().tell(self._head, piece.number + 1, piece.rows)
            ledger.told(self._run, piece)
            self._last = when
            piece = ledger.untold(self._run)

    def learn(self, gone: Iterable[str]) -> None:
        """Import what the other machines have counted; those in ``gone`` are dead. Raises StoreUnavailableError."""
        exchange_runs(self._space.ledger, self._space.settings)
        for machine in gone:
            self._space.ledger.interrupt_all(machine)

    def close(self) -> None:
        """Send the state of a run that failed and is not closed yet; close the connection."""
        self._head, self._last = self._read_head(), 0.0
        if self._space.settings.in_elasticsearch and not self._head.ended:
            with suppress(StoreUnavailableError):
                self.tell()
        if self._shared:
            self._shared.close()

    def _read_head(self) -> SharedRun:
        return replace(self._space.ledger.shared_run(self._run, head=True), seconds=self._seconds)

    def _open(self) -> SharedRuns:
        if self._shared is None:
            from indexer.elastic.shared_runs import SharedRuns  # loads the client, 0.4 s

            self._shared = SharedRuns(self._space.settings.store_url, self._space.settings.access)
        return self._shared
