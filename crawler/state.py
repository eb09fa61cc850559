"""What was fetched before: the memory that makes a crawl incremental and polite (SQLite).

The contract is :class:`crawler.memory.UrlMemory`; crawler/working_copy.py is this file where machines share a memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from scrapy.crawler import Crawler

from yuqing.core.errors import YuqingError
from yuqing.core.jsonio import from_json, to_json
from yuqing.core.records import Link, Page, Source
from yuqing.core.sqlite import connect
from yuqing.core.times import SHANGHAI, now
from yuqing.core.urls import item_id

if TYPE_CHECKING:
    from crawler.memory import MayAsk, UrlMemory

_SCHEMA = """
CREATE TABLE IF NOT EXISTS urls (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, source_id TEXT NOT NULL, fetched_at TEXT NOT NULL,
    fetches INTEGER NOT NULL, due_at TEXT, etag TEXT NOT NULL, last_modified TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS owed (
    id TEXT PRIMARY KEY, link TEXT NOT NULL, source_id TEXT NOT NULL, named_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS open_lists (list TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS missing (
    source_id TEXT PRIMARY KEY, asked_at TEXT NOT NULL, said TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS robots (host TEXT PRIMARY KEY, unreachable_since TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hosts (host TEXT PRIMARY KEY, refused_until TEXT NOT NULL, sign TEXT NOT NULL);
"""
PENDING_DAYS = 14  # a page that has not answered in two weeks will not


@dataclass(frozen=True, slots=True)
class Known:
    """A URL fetched before: its validators, and whether it is due to be looked at again."""

    due: bool
    etag: str
    last_modified: str


class UrlState:
    """The URL memory in the file ``path``; rechecks come ``recheck_days`` after the first fetches."""

    def __init__(self, path: Path, recheck_days: tuple[int, ...] = (1, 7)) -> None:
        self._recheck = recheck_days
        try:
            self._db = connect(path, _SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise YuqingError(f"{path}: the crawl state cannot be opened ({error}).") from error
        self._begun: list[Source] = []
        self.broken_off: set[str] = set()  # sources whose last turn did not end: what it kept may not be counted

    # Nobody else has this file: every source has its turn at once.

    def begin(self, sources: Sequence[Source], work: str) -> None:
        """All ``sources`` are to be crawled."""
        self._begun = list(sources)

    def take(self) -> list[Source]:
        """All of them, once."""
        taken, self._begun = self._begun, []
        return taken

    def take_also(self, source: Source) -> bool:
        """Always."""
        return True

    def done(self, source_id: str) -> None:
        """Nobody waits for it."""

    def beat(self) -> None:
        """Nobody is to be told."""

    @property
    def busy(self) -> bool:
        """Whether sources are still to be taken."""
        return bool(self._begun)

    @property
    def left(self) -> str:
        """Nothing is left to others."""
        return ""

    def may_ask(self, host: str) -> MayAsk:
        """Always."""
        return "yes"

    def known(self, url: str, when: datetime) -> Known | None:
        """What is known of ``url`` at ``when``; None if it was never fetched."""
        row = self._db.execute("SELECT due_at, etag, last_modified FROM urls WHERE id = ?", (item_id(url),)).fetchone()
        if row is None:
            return None
        return Known(row[0] is not None and row[0] <= _stamp(when), row[1], row[2])

    def fetched(self, page: Page) -> None:
        """Remember that ``page`` was fetched and dealt with."""
        key = item_id(page.link.url if page.link else page.url)
        row = self._db.execute("SELECT fetches, etag, last_modified FROM urls WHERE id = ?", (key,)).fetchone()
        count = row[0] if row else 0
        headers = {name.lower(): value for name, value in page.headers.items()}
        due = _stamp(page.fetched_at + timedelta(days=self._recheck[count])) if count < len(self._recheck) else None
        etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
        if page.status == 304 and row:
            etag, modified = etag or row[1], modified or row[2]
        with translated_errors():
            self._db.execute(
                "INSERT OR REPLACE INTO urls VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (key, page.url, page.source_id, _stamp(page.fetched_at), count + 1, due, etag, modified),
            )

    def add_pending(self, links: Iterable[tuple[Link, str]], when: datetime) -> None:
        """Remember that a list named ``links`` (each with the id of its source) at ``when``."""
        rows = [(item_id(link.url), to_json(link).decode(), source_id, _stamp(when)) for link, source_id in links]
        with translated_errors():
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR IGNORE INTO owed VALUES (?, ?, ?, ?)", rows)
            self._db.execute("COMMIT")

    def pending(self, when: datetime) -> list[tuple[Link, str]]:
        """The links that lists named in the last PENDING_DAYS and no run has fetched, with the ids of their sources.

        A run may end early, or a page not answer: the first page of its list need not name it any more.
        """
        long_ago = _stamp(when - timedelta(days=PENDING_DAYS))
        with translated_errors():
            self._db.execute("DELETE FROM owed WHERE named_at < ? OR id IN (SELECT id FROM urls)", (long_ago,))
        rows = self._db.execute("SELECT link, source_id FROM owed ORDER BY named_at, id")
        return [(link, source_id) for text, source_id in rows if (link := _link(text)) is not None]

    def read_on(self, list_key: str, on: bool) -> None:
        """Remember that a further page of the list is to be read, or that the list was read to its end."""
        statement = "INSERT OR IGNORE INTO open_lists VALUES (?)" if on else "DELETE FROM open_lists WHERE list = ?"
        with translated_errors():
            self._db.execute(statement, (list_key,))

    def open_lists(self) -> frozenset[str]:
        """The lists that a run left before their end: they are read on though their first page names nothing new."""
        return frozenset(key for (key,) in self._db.execute("SELECT list FROM open_lists"))

    def remembers(self, page: Page) -> bool:
        """Whether this very fetch of ``page``, or a later one, is remembered."""
        key = item_id(page.link.url if page.link else page.url)
        row = self._db.execute("SELECT fetched_at FROM urls WHERE id = ?", (key,)).fetchone()
        return row is not None and row[0] >= _stamp(page.fetched_at)

    def forget(self, urls: Iterable[str]) -> int:
        """Have the next crawl fetch ``urls`` again, named by a list or not; how many were remembered."""
        sources = {
            url: source_id
            for url in urls
            for (source_id,) in self._db.execute("SELECT source_id FROM urls WHERE url = ?", (url,))
        }
        with translated_errors():
            self._db.executemany("DELETE FROM urls WHERE url = ?", [(url,) for url in sources])
        self.add_pending(((Link(url=url), source_id) for url, source_id in sources.items()), now())
        return len(sources)

    def refused(self, host: str, until: datetime, sign: str) -> None:
        """Leave ``host`` alone until ``until``."""
        self._db.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?, ?)", (host, _stamp(until), sign))

    def backing_off(self, host: str, when: datetime) -> str:
        """The sign with which ``host`` refused, while it is to be left alone; else an empty string."""
        row = self._db.execute(
            "SELECT sign FROM hosts WHERE host = ? AND refused_until > ?", (host, _stamp(when))
        ).fetchone()
        return row[0] if row else ""

    def robots_unreachable(self, host: str, when: datetime) -> datetime:
        """Remember that the robots.txt of ``host`` could not be read at ``when``; since when that is so."""
        with translated_errors():
            self._db.execute("INSERT OR IGNORE INTO robots VALUES (?, ?)", (host, _stamp(when)))
        (since,) = self._db.execute("SELECT unreachable_since FROM robots WHERE host = ?", (host,)).fetchone()
        return datetime.fromisoformat(since)

    def robots_answered(self, host: str) -> None:
        """Remember that the robots.txt of ``host`` was answered."""
        with translated_errors():
            self._db.execute("DELETE FROM robots WHERE host = ?", (host,))

    def said_to_missing(self, source_id: str, since: datetime) -> tuple[str, ...] | None:
        """The lines of the source's answer to an address that cannot exist; None if not asked after ``since``."""
        row = self._db.execute(
            "SELECT said FROM missing WHERE source_id = ? AND asked_at > ?", (source_id, _stamp(since))
        ).fetchone()
        return tuple(row[0].split("\n")) if row else None

    def asked_for_missing(self, source_id: str, when: datetime, said: tuple[str, ...]) -> None:
        """Remember how the source answered at ``when``."""
        with translated_errors():
            self._db.execute(
                "INSERT OR REPLACE INTO missing VALUES (?, ?, ?)", (source_id, _stamp(when), "\n".join(said))
            )

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _link(text: str) -> Link | None:
    """A link as it was kept; None for a row that another hand wrote or broke."""
    try:
        return from_json(text, Link)
    except (msgspec.MsgspecError, RecursionError):
        return None


@contextmanager
def translated_errors() -> Iterator[None]:
    """Raise YuqingError where SQLite cannot write."""
    try:
        yield
    except sqlite3.Error as error:
        raise YuqingError(f"the crawl state cannot be written ({error}); is the disk full?") from error


def state_of(crawler: Crawler) -> UrlMemory | None:
    """The URL memory that the running spider holds; None for a spider of somebody's own, or Scrapy's in the shell."""
    state: UrlMemory | None = getattr(crawler.spider, "state_of_urls", None)
    return state


def _stamp(when: datetime) -> str:
    return when.astimezone(SHANGHAI).isoformat(timespec="seconds")
