"""The tables of the embedded store and how an older file becomes a newer one.

``PRAGMA user_version`` says how many of :data:`MIGRATIONS` a file has been through; a new file goes through
all of them. Each runs in the same transaction as the others, so a file is never half-way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from core.decided import decided_tags
from core.errors import YuqingError
from core.jsonio import from_json, item_from_json
from core.records import Item, Review, Tags
from indexer.facets import tag_values
from indexer.tokens import words

_TABLES = """
CREATE TABLE items (
  item INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  published TEXT NOT NULL,
  day TEXT NOT NULL,
  window TEXT NOT NULL,
  source TEXT NOT NULL,
  tier TEXT NOT NULL,
  relevant INTEGER NOT NULL,
  family TEXT NOT NULL DEFAULT '',
  lead INTEGER NOT NULL DEFAULT 1,
  state TEXT NOT NULL DEFAULT 'pending',
  version INTEGER NOT NULL DEFAULT 0,
  review BLOB
);
CREATE INDEX items_order ON items (published, id);
CREATE INDEX items_window ON items (window, relevant, published);
CREATE INDEX items_family ON items (family) WHERE family <> '';
-- The text lies apart, so that counting reads narrow rows only.
CREATE TABLE documents (item INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE tags (
  item INTEGER NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (item, kind, value)
) WITHOUT ROWID;
CREATE INDEX tags_value ON tags (kind, value);
-- Contentless: the text stands once, in documents. The tokens are made in Python (indexer.tokens), separated
-- by spaces; "ascii" takes everything else as it is, also characters younger than SQLite's Unicode tables.
CREATE VIRTUAL TABLE texts USING fts5 (title, body, content='', tokenize="ascii tokenchars '+'");
"""


def text_columns(item: Item) -> tuple[str, str]:
    """The title and body of ``item`` as the full-text table holds them."""
    return " ".join(words(item.article.title)), " ".join(words(item.article.body))


def add_text(connection: sqlite3.Connection, row: int, item: Item) -> None:
    """Put the words of ``item`` into the full-text index."""
    connection.execute("INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)", (row, *text_columns(item)))


def remove_text(connection: sqlite3.Connection, row: int, item: Item) -> None:
    """Take the words of ``item``, as stored, out of the index (a contentless table must be told them)."""
    connection.execute(
        "INSERT INTO texts (texts, rowid, title, body) VALUES ('delete', ?, ?, ?)", (row, *text_columns(item))
    )


def set_tag_rows(connection: sqlite3.Connection, row: int, tags: Tags) -> None:
    """Write the facet rows of an item with ``tags``."""
    connection.execute("DELETE FROM tags WHERE item = ?", (row,))
    connection.executemany(
        "INSERT INTO tags (item, kind, value) VALUES (?, ?, ?)",
        [(row, kind, value) for kind, values in tag_values(tags).items() for value in values],
    )


def _create(connection: sqlite3.Connection) -> None:
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def _keep_reviews(connection: sqlite3.Connection) -> None:
    """Every decision is kept, not only the last."""
    connection.execute(
        "CREATE TABLE reviews (item INTEGER NOT NULL, version INTEGER NOT NULL, review BLOB NOT NULL,"
        " PRIMARY KEY (item, version)) WITHOUT ROWID"
    )
    connection.execute("INSERT INTO reviews SELECT item, version, review FROM items WHERE review IS NOT NULL")


def _count_decided_tags(connection: sqlite3.Connection) -> None:
    """Items count under the tags that people gave them."""
    reviewed = connection.execute(
        "SELECT item, data, review FROM items JOIN documents USING (item) WHERE review IS NOT NULL"
    ).fetchall()
    for row, data, review in reviewed:
        set_tag_rows(connection, row, decided_tags(item_from_json(data).tags, from_json(review, Review)))


MIGRATIONS: list[Callable[[sqlite3.Connection], None]] = [_create, _keep_reviews, _count_decided_tags]


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring ``connection`` to the newest schema. Raises YuqingError for a file of a newer program."""
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)  # another process may have been quicker
        if version > len(MIGRATIONS):
            raise YuqingError(
                f"{path}: the store has schema {version}, this program knows {len(MIGRATIONS)}; "
                "install the newer yuqing that wrote it, or choose another file."
            )
        for step in MIGRATIONS[version:]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
