"""The ledger's file, and a run as stored in it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.sqlite import connect, transaction
from yuqing.monitor.ledger_rows import versions_of
from yuqing.monitor.ledger_schema import SCHEMA

VERSION = 0  # of the tables; increased by a program that changes them
HELP = "Free some space if the disk is full; `yuqing doctor` says whether the file is damaged."
# Any number of pages at once.
FROM_JSON = ", ".join(f"json_extract(value, '$[{n}]')" for n in range(9)) + " FROM json_each(?)"
OURS = "run NOT LIKE '%/%'"  # runs of other machines are called MACHINE/RUN
COLUMNS = "id, command, started, ended, state, versions, note"
PAGE_COLUMNS = "url, source_id, outcome, detail, status, links, item_id, at"


@dataclass(frozen=True, slots=True)
class Run:
    """A run in the ledger; ``outcomes`` counts its pages."""

    id: str
    command: str
    started: str
    ended: str
    state: str
    versions: dict[str, str]
    note: str
    outcomes: Counter[str]

    @property
    def machine(self) -> str:
        """The other machine that the run belongs to; empty for this one."""
        return self.id.rpartition("/")[0]

    @property
    def pages(self) -> int:
        """The number of pages in the run."""
        return sum(self.outcomes.values())


class LedgerFile:
    """The file ``path``, created with its folder if missing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._db = connect(path, SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise YuqingError(f"{path}: the run ledger cannot be opened ({error}). {HELP}") from error
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            self._db.close()
            raise YuqingError(
                f"{path}: the ledger has schema {version}, this program supports {VERSION}; install the newer yuqing."
            )

    def run(self, run: str) -> Run:
        """One run. Raises UsageError for an unknown id."""
        row = self._db.execute(f"SELECT {COLUMNS} FROM runs WHERE id = ?", (run,)).fetchone()
        if row is None:
            raise UsageError(f"No run “{run}” in the ledger. `yuqing runs` shows the latest.")
        return self._to_run(row)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Several statements in one transaction."""
        try:
            with transaction(self._db):
                yield
        except sqlite3.Error as error:
            raise YuqingError(f"{self._path}: the run ledger cannot be written ({error}). {HELP}") from error

    def _write(self, statement: str, values: Sequence[object]) -> None:
        try:
            self._db.execute(statement, values)
        except sqlite3.Error as error:
            raise YuqingError(f"{self._path}: the run ledger cannot be written ({error}). {HELP}") from error

    def _to_run(self, row: tuple[str, ...]) -> Run:
        counts = self._db.execute("SELECT outcome, count(*) FROM pages WHERE run = ? GROUP BY 1", (row[0],))
        name, command, started, ended, state, versions, note = row
        return Run(
            name,
            command,
            started,
            ended or "",
            state,
            versions_of(versions),
            note,
            Counter(dict(counts.fetchall())),
        )
