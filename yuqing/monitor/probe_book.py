"""The results of source probes (SQLite): the last probe of each source, and interrupted rounds that can be resumed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from crawler.probe.records import Probe
from indexer.unreadable import or_none
from yuqing.core.errors import YuqingError
from yuqing.core.jsonio import from_json, to_json
from yuqing.core.sqlite import connect

_SCHEMA = """
CREATE TABLE IF NOT EXISTS probes (source_id TEXT PRIMARY KEY, at TEXT NOT NULL, probe TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS asked (
    source_id TEXT NOT NULL, list TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (source_id, list)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rounds (selection TEXT PRIMARY KEY, started TEXT NOT NULL) WITHOUT ROWID;
"""
RESUME = timedelta(hours=12)  # an interrupted round older than this starts over: its results are out of date


class ProbeBook:
    """The book in the file ``path``. Raises YuqingError if it cannot be opened or written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._db = connect(path, _SCHEMA, any_thread=True)
        except (OSError, sqlite3.Error) as error:
            raise YuqingError(f"{path}: the probe book cannot be opened ({error}).") from error

    def begin(self, selection: str, when: datetime, *, fresh: bool = False) -> datetime | None:
        """Begin a round of ``selection``, or resume one interrupted recently, whose start time is returned."""
        row = self._db.execute("SELECT started FROM rounds WHERE selection = ?", (selection,)).fetchone()
        if row and not fresh and (started := datetime.fromisoformat(row[0])) > when - RESUME:
            return started
        self._write("INSERT OR REPLACE INTO rounds VALUES (?, ?)", (selection, when.isoformat()))
        return None

    def end(self, selection: str) -> None:
        """The round of ``selection`` is complete."""
        self._write("DELETE FROM rounds WHERE selection = ?", (selection,))

    def add(self, probe: Probe) -> None:
        """Keep ``probe`` as the last of its source."""
        self._write(
            "INSERT OR REPLACE INTO probes VALUES (?, ?, ?)", (probe.source_id, probe.at, to_json(probe).decode())
        )
        for seen in probe.lists:
            if seen.state != "unasked":
                self._write("INSERT OR REPLACE INTO asked VALUES (?, ?, ?)", (probe.source_id, seen.url, probe.at))

    def probes(self, names: Iterable[str] | None = None) -> dict[str, Probe]:
        """The last probe of each source (of ``names``, if given), by source id."""
        wanted = None if names is None else set(names)
        rows = self._db.execute("SELECT source_id, probe FROM probes ORDER BY source_id")
        found = {name: or_none(_probe_of, text) for name, text in rows if wanted is None or name in wanted}
        return {name: probe for name, probe in found.items() if probe}

    def asked(self, source_id: str) -> list[str]:
        """The lists of a source that probes fetched, the one fetched longest ago last."""
        rows = self._db.execute("SELECT list FROM asked WHERE source_id = ? ORDER BY at DESC", (source_id,))
        return [url for (url,) in rows]

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _write(self, statement: str, values: tuple[str, ...]) -> None:
        try:
            self._db.execute(statement, values)
        except sqlite3.Error as error:
            raise YuqingError(f"{self._path}: it cannot be written ({error}); is the disk full?") from error


def _probe_of(text: str) -> Probe:
    return from_json(text, Probe)
