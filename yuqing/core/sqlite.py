"""Opening SQLite files that several processes share."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUSY_SECONDS = 4.0  # no transaction of the program takes a full second; a longer wait means a stuck process


def connect(
    path: Path, tables: str = "", *, wait: float = BUSY_SECONDS, any_thread: bool = False
) -> sqlite3.Connection:
    """Open ``path``, created along with its folder if missing, and run the statements ``tables``.

    It uses a write-ahead log, so that readers and the writer do not block each other; synchronous NORMAL, so that a
    power failure can lose the last transactions but never damage the file; and autocommit unless the caller issues
    BEGIN. A lock is waited for up to ``wait`` seconds; ``any_thread`` allows use from threads other than the opening
    one. A file that may not be written is opened read-only: ``tables`` is not run, and every write fails.
    Raises OSError and sqlite3.Error, untranslated: only the caller knows what the file means to the user.
    """
    if is_sealed(path):
        return _read_only(path, wait, any_thread)
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=not any_thread)
    db.text_factory = _text
    try:
        _use_wal(db, wait)
        db.execute("PRAGMA synchronous = NORMAL")
        db.executescript(tables)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def transaction(db: sqlite3.Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Several statements in one transaction, undone if one of them fails."""
    db.execute(begin)
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def is_sealed(path: Path) -> bool:
    """Whether the file exists and it or its folder is read-only."""
    return path.exists() and not all(os.access(place, os.W_OK, effective_ids=True) for place in (path, path.parent))


def _read_only(path: Path, wait: float, any_thread: bool) -> sqlite3.Connection:
    """Open read-only. SQLite reads a write-ahead log only along with its index; without a log, nobody is writing."""
    logged = path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.absolute().as_uri()}?{'mode=ro' if logged else 'immutable=1'}"
    db = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=not any_thread)
    db.text_factory = _text
    return db


def _text(data: bytes) -> str:
    """Decode a text of the file; bytes that are not UTF-8 raise no error."""
    return data.decode("utf-8", "replace")


def _use_wal(db: sqlite3.Connection, wait: float) -> None:
    """Enable the write-ahead log, retrying: SQLite does not wait by itself if two processes create the file at once."""
    give_up = time.monotonic() + wait
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
