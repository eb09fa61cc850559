"""The job log: what became of each start of a job (a table in the file of the run ledger)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yuqing.core.errors import YuqingError
from yuqing.core.sqlite import connect
from yuqing.core.times import now
from yuqing.monitor.setting_tables import Job

_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, command TEXT NOT NULL, started TEXT NOT NULL,
    ended TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'running', code INTEGER, note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS jobs_name ON jobs (name, id);
"""


_IN_A_ROW = (
    "(SELECT count(*) FROM jobs c WHERE c.name = jobs.name AND c.id >"
    " (SELECT coalesce(max(d.id), 0) FROM jobs d WHERE d.name = jobs.name AND d.state <> jobs.state))"
)


@dataclass(frozen=True, slots=True)
class JobResult:
    """One start of a job. ``state``: running, done, skipped, stopped, failed or crashed; ``code``: exit code;
    ``in_a_row``: how many consecutive starts, up to this one, ended in this state."""

    name: str
    command: str
    started: str
    ended: str
    state: str
    code: int | None
    note: str
    in_a_row: int = 1


class JobLog:
    """The log in the file ``path``. Every method raises YuqingError if the file cannot be opened or written.

    The file is opened for each call: a scheduler runs for months, and `yuqing doctor --repair` may meanwhile replace a
    damaged file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._open():
            pass

    def begin(self, job: Job) -> int:
        """Record a start; returns the number by which :meth:`end` refers to it."""
        values = (job.name, " ".join(job.command), now().isoformat())
        with self._open() as db:
            key = db.execute("INSERT INTO jobs (name, command, started) VALUES (?, ?, ?)", values).lastrowid
        assert key is not None
        return key

    def end(self, key: int, state: str, code: int | None, note: str, when: datetime) -> None:
        """Record how and when the start ``key`` ended."""
        with self._open() as db:
            db.execute(
                "UPDATE jobs SET ended = ?, state = ?, code = ?, note = ? WHERE id = ?",
                (when.isoformat(), state, code, note, key),
            )

    def close_crashed(self) -> int:
        """Mark what a killed scheduler left open; returns how many. Only the scheduler of this data folder may call
        this."""
        with self._open() as db:
            return db.execute(
                "UPDATE jobs SET state = 'crashed', ended = ?, note = 'the scheduler died' WHERE state = 'running'",
                (now().isoformat(),),
            ).rowcount

    def last(self) -> dict[str, JobResult]:
        """The latest start of each job, by name."""
        with self._open() as db:
            rows = db.execute(
                f"SELECT name, command, started, ended, state, code, note, {_IN_A_ROW} FROM jobs"
                " WHERE id IN (SELECT max(id) FROM jobs GROUP BY name)"
            ).fetchall()
        return {row[0]: JobResult(*row) for row in rows}

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(connect(self._path, _SCHEMA)) as db:
                yield db
        except (OSError, sqlite3.Error) as error:
            raise YuqingError(
                f"{self._path}: the job log cannot be read or written ({error}). Free some space if the disk is "
                "full; `yuqing doctor` says whether the file is damaged."
            ) from error
