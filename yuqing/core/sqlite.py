"""Opening a SQLite file that several processes share."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

BUSY_SECONDS = 4.0  # what the program writes at once takes well under a second; a longer wait means a stuck process


def connect(
    path: Path, tables: str = "", *, wait: float = BUSY_SECONDS, any_thread: bool = False
) -> sqlite3.Connection:
    """Open ``path``, made with its folder when it is absent, and run the statements ``tables``.

    Write-ahead log, so that readers and the writer do not wait for each other; synchronous NORMAL, so that a power
    loss takes the last transactions at worst and never the file; every statement is a transaction of its own unless
    the caller says BEGIN. A lock is waited for up to ``wait`` seconds; ``any_thread`` allows threads other than the
    one that opened it. Where nothing may be written, what is there is read: without ``tables``, and every write fails.
    Raises OSError and sqlite3.Error: the caller knows what the file means to people.
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


def is_sealed(path: Path) -> bool:
    """Whether the file is there, and it or its folder may not be written."""
    return path.exists() and not all(os.access(place, os.W_OK, effective_ids=True) for place in (path, path.parent))


def _read_only(path: Path, wait: float, any_thread: bool) -> sqlite3.Connection:
    """SQLite reads a write-ahead log only beside its index; where neither is, nobody writes and the file is whole."""
    logged = path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.absolute().as_uri()}?{'mode=ro' if logged else 'immutable=1'}"
    db = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=not any_thread)
    db.text_factory = _text
    return db


def _text(data: bytes) -> str:
    """A text of the file; bytes that are no UTF-8 stop no reader."""
    return data.decode("utf-8", "replace")


def _use_wal(db: sqlite3.Connection, wait: float) -> None:
    """Turn the write-ahead log on; SQLite does not wait by itself when two processes make the file at once."""
    give_up = time.monotonic() + wait
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
