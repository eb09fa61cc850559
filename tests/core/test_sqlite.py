"""A SQLite file that several open at once."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from yuqing.core.sqlite import connect

TABLES = "CREATE TABLE IF NOT EXISTS words (word TEXT NOT NULL);"


def test_many_who_make_the_file_at_once_all_write_to_it(tmp_path: Path) -> None:
    for number in range(10):
        file, start = tmp_path / "new" / f"{number}.db", threading.Barrier(8)

        def write(word: int, file: Path = file, start: threading.Barrier = start) -> None:
            start.wait()
            with closing(connect(file, TABLES)) as db:
                db.execute("INSERT INTO words VALUES (?)", (str(word),))

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(write, range(8)))
        with closing(connect(file)) as db:
            assert db.execute("SELECT count(DISTINCT word) FROM words").fetchone() == (8,)
            assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert db.execute("PRAGMA synchronous").fetchone() == (1,)


def test_what_is_no_database_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("notes of somebody " * 100)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connect(file, TABLES)
    assert file.read_text() == "notes of somebody " * 100
