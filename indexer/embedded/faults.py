"""SQLite's errors as sentences that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yuqing.core.errors import YuqingError

BUSY_SECONDS = 4  # a batch of 500 items takes under a second; no signal is heeded while SQLite waits

_SENTENCES: dict[str, str] = {
    "SQLITE_FULL": "the disk is full (or a size limit is reached); nothing of this batch was written. "
    "Free some space and run the command again.",
    "SQLITE_READONLY": "the file or its folder cannot be written to; give yourself the right to write, "
    "or choose another place.",
    "SQLITE_CANTOPEN": "the file cannot be opened or created; does the folder exist, and may you read and write in it?",
    "SQLITE_PERM": "you have no right to use the file.",
    "SQLITE_BUSY": f"another process has held the store for more than {BUSY_SECONDS} s; "
    "wait until it has finished, or end it.",
    "SQLITE_NOTADB": "this is not a store of yuqing (no SQLite file); choose another file, "
    "or move it away and run `yuqing rebuild`.",
    "SQLITE_CORRUPT": "the file is damaged; move it away and run `yuqing rebuild`, which makes the items again "
    "from the archive (reviews come from your last backup).",
    "SQLITE_IOERR": "reading or writing failed (disk, quota or network drive); check the disk and "
    "run the command again.",
}


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into a YuqingError that names ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        for prefix, sentence in _SENTENCES.items():
            if name.startswith(prefix):
                raise YuqingError(f"{path}: {sentence}") from error
        raise
