"""The scheduler's book: what became of each job (a table in the file of the run ledger)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from core.errors import YuqingError
from core.sqlite import connect
from core.times import now
from monitor.settings import Job

_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, command TEXT NOT NULL, started TEXT NOT NULL,
    ended TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'running', code INTEGER, note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS jobs_name ON jobs (name, id);
"""


@dataclass(frozen=True, slots=True)
class JobResult:
    """One start of a job. ``state``: running, done, skipped, stopped, failed or crashed; ``code``: exit code."""

    name: str
    command: str
    started: str
    ended: str
    state: str
    code: int | None
    note: str


class JobLog:
    """The book in the file ``path``. Raises YuqingError when it cannot be opened."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = connect(path, _SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise YuqingError(f"{path}: the job book cannot be opened ({error}). `yuqing doctor` helps.") from error

    def begin(self, job: Job) -> int:
        """Note a start; the number by which :meth:`end` knows it."""
        values = (job.name, " ".join(job.command), now().isoformat())
        key = self._db.execute("INSERT INTO jobs (name, command, started) VALUES (?, ?, ?)", values).lastrowid
        assert key is not None
        return key

    def end(self, key: int, state: str, code: int | None, note: str) -> None:
        """Note how the start ``key`` ended."""
        self._db.execute(
            "UPDATE jobs SET ended = ?, state = ?, code = ?, note = ? WHERE id = ?",
            (now().isoformat(), state, code, note, key),
        )

    def close_crashed(self) -> int:
        """Mark what a killed scheduler left open; how many. Only the one scheduler of the data may call this."""
        return self._db.execute(
            "UPDATE jobs SET state = 'crashed', ended = ?, note = 'the scheduler ended without a word'"
            " WHERE state = 'running'",
            (now().isoformat(),),
        ).rowcount

    def last(self) -> dict[str, JobResult]:
        """The latest start of each job by its name."""
        rows = self._db.execute(
            "SELECT name, command, started, ended, state, code, note FROM jobs"
            " WHERE id IN (SELECT max(id) FROM jobs GROUP BY name)"
        )
        return {row[0]: JobResult(*row) for row in rows}

    def close(self) -> None:
        """Close the file."""
        self._db.close()
