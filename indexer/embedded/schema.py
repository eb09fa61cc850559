"""The tables of the embedded store, and how older files are migrated.

``PRAGMA user_version`` is the number of :data:`MIGRATIONS` applied to a file; a new file goes through all of them. They
share one transaction, so a file is never half migrated.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from msgspec.structs import replace

from indexer.tokens import joined
from yuqing.core.decided import decided_tags
from yuqing.core.errors import YuqingError
from yuqing.core.facets import stored_fields, tag_values
from yuqing.core.jsonio import from_json, item_from_json
from yuqing.core.records import Item, Review, Tags

FACET_NUMBER = "I"  # 32 bits: days and unknown phrases keep coming, and 16 bits would last only some years

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
    """The title and body of ``item`` in the form stored in the full-text table."""
    return joined(item.article.title), joined(item.article.searched)


def add_text(connection: sqlite3.Connection, row: int, item: Item) -> None:
    """Add the words of ``item`` to the full-text index."""
    connection.execute("INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)", (row, *text_columns(item)))


def remove_text(connection: sqlite3.Connection, row: int, item: Item) -> None:
    """Remove the words of ``item``, as stored, from the index (a contentless table needs to be told them)."""
    connection.execute(
        "INSERT INTO texts (texts, rowid, title, body) VALUES ('delete', ?, ?, ?)", (row, *text_columns(item))
    )


def set_facets(connection: sqlite3.Connection, row: int, item: Item) -> None:
    """Write the facets of ``item``: its tags as rows, for filtering, and all of them as numbers, for counting."""
    tags = _tag_pairs(decided_tags(item.tags, item.review))
    _set_tag_rows(connection, row, tags)
    columns = [("source", item.source_id), ("state", item.review.state), ("day", item.article.published_at[:10])]
    _set_numbers(connection, row, columns + tags)


def _tag_pairs(tags: Tags) -> list[tuple[str, str]]:
    return [(kind, value) for kind, values in tag_values(tags).items() for value in values]


def _set_tag_rows(connection: sqlite3.Connection, row: int, tags: Iterable[tuple[str, str]]) -> None:
    connection.execute("DELETE FROM tags WHERE item = ?", (row,))
    connection.executemany("INSERT INTO tags (item, kind, value) VALUES (?, ?, ?)", [(row, *pair) for pair in tags])


def _set_numbers(connection: sqlite3.Connection, row: int, found: Iterable[tuple[str, str]]) -> None:
    numbers = array(FACET_NUMBER)
    for pair in found:
        known = connection.execute("SELECT number FROM facets WHERE kind = ? AND value = ?", pair).fetchone()
        if known is None:
            known = connection.execute(
                "INSERT INTO facets (kind, value) VALUES (?, ?) RETURNING number", pair
            ).fetchone()
        numbers.append(known[0])
    connection.execute("UPDATE items SET facets = ? WHERE item = ?", (numbers.tobytes(), row))


def _create(connection: sqlite3.Connection) -> None:
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def _keep_reviews(connection: sqlite3.Connection) -> None:
    """Keep every decision, not only the last."""
    connection.execute(
        "CREATE TABLE reviews (item INTEGER NOT NULL, version INTEGER NOT NULL, review BLOB NOT NULL,"
        " PRIMARY KEY (item, version)) WITHOUT ROWID"
    )
    connection.execute("INSERT INTO reviews SELECT item, version, review FROM items WHERE review IS NOT NULL")


def _count_decided_tags(connection: sqlite3.Connection) -> None:
    """Count items under the tags that people gave them."""
    reviewed = connection.execute(
        "SELECT item, data, review FROM items JOIN documents USING (item) WHERE review IS NOT NULL"
    ).fetchall()
    for row, data, review in reviewed:
        tags = decided_tags(item_from_json(data).tags, from_json(review, Review))
        _set_tag_rows(connection, row, _tag_pairs(tags))


def _number_facets(connection: sqlite3.Connection) -> None:
    """Count facets by number (for the gain see docs/decisions/speed/facets-are-counted-by-number.md)."""
    connection.execute(
        "CREATE TABLE facets (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL,"
        " UNIQUE (kind, value))"
    )
    connection.execute("ALTER TABLE items ADD COLUMN facets BLOB NOT NULL DEFAULT x''")
    columns = (f"SELECT item, '{name}' AS kind, {name} AS value FROM items" for name in ("source", "state", "day"))
    rows = connection.execute(" UNION ALL ".join((*columns, "SELECT item, kind, value FROM tags")) + " ORDER BY item")
    for row, found in groupby(rows.fetchall(), key=itemgetter(0)):
        _set_numbers(connection, row, ((kind, value) for _, kind, value in found))


def _keep_edits(connection: sqlite3.Connection) -> None:
    """Keep people's edits, in all versions."""
    connection.execute(
        "CREATE TABLE edits (number INTEGER PRIMARY KEY, scope TEXT NOT NULL, part TEXT NOT NULL,"
        " version INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE (scope, part, version))"
    )


def _name_fields(connection: sqlite3.Connection) -> None:
    """Record in the file which fields its items are counted under."""
    connection.execute("CREATE TABLE fields (name TEXT PRIMARY KEY) WITHOUT ROWID")


MIGRATIONS: list[Callable[[sqlite3.Connection], None]] = [
    _create,
    _keep_reviews,
    _count_decided_tags,
    _number_facets,
    _keep_edits,
    _name_fields,
]


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Migrate ``connection`` to the newest schema. Raises YuqingError for a file of a newer program."""
    if _version(connection) == len(MIGRATIONS) and _fields(connection) == _fields_now():
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)  # another process may have been faster
        if version > len(MIGRATIONS):
            raise YuqingError(
                f"{path}: the store has schema {version}, this program supports {len(MIGRATIONS)}; "
                "install the newer yuqing that wrote it, or choose another file."
            )
        for step in MIGRATIONS[version:]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        if _fields(connection) != _fields_now():
            _count_anew(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _fields(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM fields")}


def _fields_now() -> set[str]:
    return {field.key for field in stored_fields()}


def _count_anew(connection: sqlite3.Connection) -> None:
    """Recount every item under this program's facets: one may have been added since the file was written."""
    rows = connection.execute("SELECT item FROM items ORDER BY item").fetchall()
    for (row,) in rows:
        data, review = connection.execute(
            "SELECT data, review FROM items JOIN documents USING (item) WHERE item = ?", (row,)
        ).fetchone()
        decision = from_json(review, Review) if review else Review()
        set_facets(connection, row, replace(item_from_json(data), review=decision))
    connection.execute("DELETE FROM fields")
    connection.executemany("INSERT INTO fields VALUES (?)", [(name,) for name in sorted(_fields_now())])


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
