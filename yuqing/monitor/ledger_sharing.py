"""The part of the ledger shared by several machines: this machine's runs for the others, and theirs here.

A run of another machine is called MACHINE/RUN. What this machine's open run has counted is sent in pieces; the table
``told`` records how many are full, the last row of these, and the last row sent. The table ``watched`` records since
when, by the local clock, an open run of another machine has not been updated: after its lease its machine is gone.
"""

from __future__ import annotations

import json
import socket
import uuid
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

from indexer.shared_run import Row, SharedRun
from yuqing.core.records import Outcome
from yuqing.core.times import now
from yuqing.monitor.ledger_file import COLUMNS, FROM_JSON, PAGE_COLUMNS, LedgerFile

PIECE_ROWS = 500  # of an open run; the last piece is rewritten about every second, some 15 KB
INTERRUPTED = "interrupted"
_WROTE = tuple(
    outcome.value
    for outcome in (Outcome.INDEXED, Outcome.REPRINT, Outcome.NOT_RELEVANT, Outcome.UNDATED, Outcome.UPDATED)
)
_MARKS = ",".join("?" * len(_WROTE))


class Piece(NamedTuple):
    """Pages of an open run to be sent to others: the piece ``number`` as it is now, up to the row ``last``."""

    number: int
    rows: list[Row]
    last: int


class SharedLedger(LedgerFile):
    """What is exchanged with other machines."""

    @cached_property
    def machine(self) -> str:
        """The name of this data folder among those that fill one store: the host name plus a unique suffix.

        It is stored in the ledger, so it remains when a container gets another host name. A ledger older than the
        suffix uses the host name alone, under which Elasticsearch knows its runs.
        """
        with self._changing():
            row = self._db.execute("SELECT name FROM machine").fetchone()
            if row is None:
                begun = self._db.execute("SELECT 1 FROM runs WHERE ended IS NOT NULL LIMIT 1").fetchone()
                name = socket.gethostname() if begun else f"{socket.gethostname()}-{uuid.uuid4().hex[:6]}"
                row = (name,)
                self._db.execute("INSERT INTO machine VALUES (?)", row)
        return str(row[0])

    def ended(self) -> set[str]:
        """The ids of the runs that have ended, including those of other machines."""
        return {run for (run,) in self._db.execute("SELECT id FROM runs WHERE ended IS NOT NULL")}

    def shared_run(self, run: str, *, head: bool = False) -> SharedRun:
        """A run of this machine in the form for the others; ``head``: without its pages."""
        found = self.run(run)
        query = f"SELECT {PAGE_COLUMNS} FROM pages WHERE run = ? ORDER BY rowid"
        return SharedRun(
            machine=self.machine, run=run, command=found.command, started=found.started, ended=found.ended,
            state=found.state, versions=found.versions, note=found.note,
            rows=() if head else self._db.execute(query, (run,)).fetchall(),
        )  # fmt: skip

    def begin_telling(self, run: str) -> None:
        """From now on, send what ``run``, which is starting, counts."""
        self._write("INSERT INTO told SELECT ?, 0, coalesce(max(rowid), 0), coalesce(max(rowid), 0) FROM pages", (run,))

    def untold(self, run: str) -> Piece | None:
        """The piece of an open run to be sent next; None if everything has been sent."""
        pieces, full, upto = self._told(run)
        # Not by the index of runs: the last rows of the table are those of the open run.
        query = f"SELECT rowid, {PAGE_COLUMNS} FROM pages WHERE rowid > ? AND +run = ? ORDER BY rowid LIMIT ?"
        rows = self._db.execute(query, (full, run, PIECE_ROWS)).fetchall()
        if not rows or rows[-1][0] <= upto:
            return None
        return Piece(pieces, [row[1:] for row in rows], rows[-1][0])

    def told(self, run: str, piece: Piece) -> None:
        """Record that ``piece`` was sent."""
        pieces, full, _ = self._told(run)
        if len(piece.rows) == PIECE_ROWS:
            pieces, full = pieces + 1, piece.last
        self._write("UPDATE told SET pieces = ?, full = ?, upto = ? WHERE run = ?", (pieces, full, piece.last, run))

    def pieces_told(self, run: str) -> int:
        """The number of pieces in which the others know an open run."""
        pieces, full, upto = self._told(run)
        return pieces + (upto > full)

    def _told(self, run: str) -> tuple[int, int, int]:
        """The number of full pieces, their last row, and the last row sent."""
        row = self._db.execute("SELECT pieces, full, upto FROM told WHERE run = ?", (run,)).fetchone()
        return row or (0, 0, 0)

    def count_once(self, run: str) -> None:
        """What a crawl wrote but could not share does not count as new here if another machine has counted it since.

        That happens if this machine was killed, or cut off for longer than its leases, and another one fetched the
        pages again: an article is counted as new only once.
        """
        *_, upto = self._told(run)
        self._write(
            "WITH theirs AS (SELECT item_id, max(at) AS at FROM pages WHERE run IN (SELECT id FROM runs "
            "WHERE id LIKE '%/%' AND (ended IS NULL OR ended >= (SELECT started FROM runs WHERE id = ?))) "
            f"AND outcome IN ({_MARKS}) GROUP BY 1) "
            "UPDATE pages SET outcome = ? WHERE run = ? AND rowid > ? AND item_id <> '' "
            f"AND outcome IN ({_MARKS}) AND run IN (SELECT id FROM runs WHERE command LIKE 'crawl%') "
            "AND EXISTS (SELECT 1 FROM theirs WHERE theirs.item_id = pages.item_id AND theirs.at >= pages.at)",
            (run, *_WROTE, Outcome.UNCHANGED.value, run, upto, *_WROTE),
        )

    def take_over(self, shared: SharedRun, version: str = "") -> None:
        """Import a run of another machine, completely or not at all; an open one as it is in this ``version``."""
        pages = [[shared.key, *row] for row in shared.rows]
        with self._changing():
            self._db.execute(
                f"INSERT OR REPLACE INTO runs ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (shared.key, shared.command, shared.started, shared.ended or None, shared.state,
                 json.dumps(shared.versions), shared.note),
            )  # fmt: skip
            self._db.execute("DELETE FROM pages WHERE run = ?", (shared.key,))
            self._db.execute("INSERT INTO pages SELECT " + FROM_JSON, [json.dumps(pages)])
            self._db.execute("DELETE FROM watched WHERE run = ?", (shared.key,))
            if version:
                values = (shared.key, version, now().isoformat())
                self._db.execute("INSERT INTO watched VALUES (?, ?, ?)", values)

    def watched(self, run: str) -> str:
        """The version in which the open ``run`` of another machine is known; empty if it is not."""
        row = self._db.execute("SELECT version FROM watched WHERE run = ?", (run,)).fetchone()
        return str(row[0]) if row else ""

    def interrupt(self, run: str, seconds: float) -> None:
        """The open ``run`` still has the known version: if that has been so for ``seconds``, its lease, its machine is
        gone."""
        since = (now() - timedelta(seconds=seconds)).isoformat()
        query = "UPDATE runs SET state = ? WHERE id = (SELECT run FROM watched WHERE run = ? AND since <= ?)"
        self._write(query, (INTERRUPTED, run, since))

    def interrupt_all(self, machine: str) -> None:
        """Mark the open runs of ``machine`` as interrupted: it let a lease lapse."""
        prefix = f"{machine}/"
        values = (INTERRUPTED, len(prefix), prefix)
        self._write("UPDATE runs SET state = ? WHERE ended IS NULL AND substr(id, 1, ?) = ?", values)
