"""SQLite's errors as messages that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yuqing.core.errors import YuqingError

BUSY_SECONDS = 4  # a batch of 500 items takes under a second; SQLite ignores signals while it waits

_SENTENCES: dict[str, str] = {
    "SQLITE_FULL": "the disk is full (or a size limit is reached); nothing of this batch was written. "
    "Free some space and run the command again.",
    "SQLITE_READONLY": "the file or its folder cannot be written to; grant yourself write permission, "
    "or choose another location.",
    "SQLITE_CANTOPEN": "the file cannot be opened or created; check that its folder exists and is writable.",
    "SQLITE_PERM": "you are not allowed to use the file.",
    "SQLITE_BUSY": f"another process has held the store for more than {BUSY_SECONDS} s; "
    "wait until it has finished, or stop it.",
    "SQLITE_NOTADB": "this is not a store of yuqing (no SQLite file); choose another file, "
    "or move it away and run `yuqing rebuild`.",
    "SQLITE_CORRUPT": "the file is damaged; move it away and run `yuqing rebuild`, which recreates the items "
    "from the archive (reviews come from your last backup).",
    "SQLITE_IOERR": "reading or writing failed (disk, quota or network drive); check the disk and "
    "run the command again.",
}


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into a YuqingError about ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        for prefix, sentence in _SENTENCES.items():
            if name.startswith(prefix):
                raise YuqingError(f"{path}: {sentence}") from error
        raise
