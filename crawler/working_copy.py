"""The local file of a URL memory that several machines share: local changes go out, those of others come in.

All reads use the file, so a crawl never waits for a server, and what cannot be sent while the server is down is kept
until it can. Triggers record which rows must be sent, whoever writes them (a crawl, the recovery, `yuqing add`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from crawler.state import UrlState, translated_errors
from yuqing.core.records import Source
from yuqing.core.sqlite import transaction
from yuqing.core.url_rows import SourceNotes, UrlRow
from yuqing.core.urls import host_allowed

_SCHEMA = """
CREATE TABLE IF NOT EXISTS untold (id TEXT PRIMARY KEY, source_id TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS untold_source ON untold (source_id);
CREATE TABLE IF NOT EXISTS turns (source_id TEXT PRIMARY KEY, turn INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS tell_fetched AFTER INSERT ON urls
    BEGIN INSERT OR REPLACE INTO untold VALUES (NEW.id, NEW.source_id); END;
CREATE TRIGGER IF NOT EXISTS tell_owed AFTER INSERT ON owed
    BEGIN INSERT OR REPLACE INTO untold VALUES (NEW.id, NEW.source_id); END;
"""
_ROWS = (
    "SELECT id, untold.source_id, url, fetched_at, fetches, due_at, etag, last_modified, link, named_at "
    "FROM untold LEFT JOIN urls USING (id) LEFT JOIN owed USING (id) WHERE untold.source_id = ? ORDER BY id LIMIT ?"
)


class WorkingCopy(UrlState):
    """The memory in the file ``path``, with the rows that still have to be sent."""

    def __init__(self, path: Path, recheck_days: tuple[int, ...] = (1, 7)) -> None:
        super().__init__(path, recheck_days)
        with translated_errors():
            self._db.executescript(_SCHEMA)

    def turn(self, source_id: str) -> int:
        """The turn of the source up to which everything is known here; 0 for none."""
        row = self._db.execute("SELECT turn FROM turns WHERE source_id = ?", (source_id,)).fetchone()
        return row[0] if row else 0

    def know_to(self, source_id: str, turn: int) -> None:
        """Record that everything learnt up to ``turn`` is known here."""
        with translated_errors():
            self._db.execute("INSERT OR REPLACE INTO turns VALUES (?, ?)", (source_id, turn))

    def tell_all(self, source_id: str) -> None:
        """Send every row of the source (again): nobody else has them."""
        with translated_errors():
            for table in ("urls", "owed"):
                self._db.execute(
                    f"INSERT OR REPLACE INTO untold SELECT id, source_id FROM {table} WHERE source_id = ?", (source_id,)
                )

    def untold(self, source_id: str, limit: int) -> list[UrlRow]:
        """Rows of the source that must be sent, at most ``limit``."""
        rows = []
        for key, source, url, fetched_at, fetches, due_at, etag, modified, link, named_at in self._db.execute(
            _ROWS, (source_id, limit)
        ):
            if fetched_at:
                rows.append(
                    UrlRow(
                        id=key, source_id=source, url=url, fetched_at=fetched_at, fetches=fetches, due_at=due_at,
                        etag=etag, last_modified=modified,
                    )
                )  # fmt: skip
            else:  # neither: it was pending for so long that it was dropped here
                rows.append(UrlRow(id=key, source_id=source, link=link or "", named_at=named_at or ""))
        return rows

    def told(self, rows: Iterable[UrlRow]) -> None:
        """These rows were sent. The caller has written nothing since it read them."""
        with translated_errors():
            self._db.executemany("DELETE FROM untold WHERE id = ?", [(row.id,) for row in rows])

    def take_in(self, rows: Sequence[UrlRow]) -> None:
        """Rows that others learnt replace the local ones, except a later local fetch that has not been sent yet."""
        with self._changing():
            later = {
                row.id
                for row in rows
                if self._db.execute(
                    "SELECT 1 FROM urls JOIN untold USING (id) WHERE id = ? AND fetched_at >= ?",
                    (row.id, row.fetched_at),
                ).fetchone()
            }
            news = [row for row in rows if row.id not in later]
            for table in ("urls", "owed"):
                self._db.executemany(f"DELETE FROM {table} WHERE id = ?", [(row.id,) for row in news])
            self._db.executemany(
                "INSERT INTO urls VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (row.id, row.url, row.source_id, row.fetched_at, row.fetches, row.due_at, row.etag,
                     row.last_modified)
                    for row in news
                    if row.fetched_at
                ],
            )  # fmt: skip
            self._db.executemany(
                "INSERT INTO owed VALUES (?, ?, ?, ?)",
                [(row.id, row.link, row.source_id, row.named_at) for row in news if row.link and not row.fetched_at],
            )
            self._db.executemany("DELETE FROM untold WHERE id = ?", [(row.id,) for row in news])

    def notes(self, source: Source) -> SourceNotes:
        """What is known about ``source`` in addition to its URLs."""
        missing = self._db.execute("SELECT asked_at, said FROM missing WHERE source_id = ?", (source.id,)).fetchone()
        hosts = self._db.execute("SELECT host, refused_until, sign FROM hosts ORDER BY host")
        robots = self._db.execute("SELECT host, unreachable_since FROM robots ORDER BY host")
        return SourceNotes(
            open_lists=tuple(sorted(key for key in self.open_lists() if _of(key, source))),
            missing=missing,
            resting=tuple(row for row in hosts if host_allowed(row[0], source.hosts)),
            robots=tuple(row for row in robots if host_allowed(row[0].partition(":")[0], source.hosts)),
        )

    def take_notes(self, source: Source, notes: SourceNotes) -> None:
        """Notes of others replace the local ones."""
        here = self.notes(source)
        with self._changing():
            self._db.executemany("DELETE FROM open_lists WHERE list = ?", [(key,) for key in here.open_lists])
            self._db.executemany("INSERT INTO open_lists VALUES (?)", [(key,) for key in notes.open_lists])
            self._db.execute("DELETE FROM missing WHERE source_id = ?", (source.id,))
            if notes.missing:
                self._db.execute("INSERT INTO missing VALUES (?, ?, ?)", (source.id, *notes.missing))
            self._db.executemany("DELETE FROM hosts WHERE host = ?", [row[:1] for row in here.resting])
            self._db.executemany("INSERT OR REPLACE INTO hosts VALUES (?, ?, ?)", notes.resting)
            self._db.executemany("DELETE FROM robots WHERE host = ?", [row[:1] for row in here.robots])
            self._db.executemany("INSERT OR REPLACE INTO robots VALUES (?, ?)", notes.robots)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Several statements in one transaction."""
        with translated_errors(), transaction(self._db, "BEGIN"):
            yield


def _of(list_key: str, source: Source) -> bool:
    return list_key.partition(" ")[0] == source.id
