"""The store in a single SQLite file (write-ahead log, one row per item, full-text index over single characters)."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from msgspec import structs

from indexer.embedded.faults import BUSY_SECONDS, faults
from indexer.embedded.rows import (
    cluster_columns,
    columns,
    hit_of,
    item_data,
    item_or_none,
    review_of,
)
from indexer.embedded.schema import MIGRATIONS, add_text, migrate, remove_text, set_facets
from indexer.embedded.sql import ORDER, count_facets, select_hits, select_stream
from indexer.merge import BATCH, batches, merged
from indexer.store import (
    ConflictError,
    EditConflictError,
    Found,
    NotFoundError,
    Place,
    PutResult,
    Query,
    StoreStatus,
    TagChange,
)
from indexer.tokens import phrases
from indexer.unreadable import or_none
from yuqing.core.errors import YuqingError
from yuqing.core.jsonio import from_json, to_json
from yuqing.core.records import Edit, Item, ReprintCluster, Review
from yuqing.core.sqlite import connect

logger = logging.getLogger(__name__)
_ITEM = "SELECT data, window, family, lead, review, published, id FROM items JOIN documents USING (item)"


class EmbeddedStore:
    """A :class:`indexer.store.Store` in the file ``path``, which is created (with its folder) if missing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        try:
            with faults(path):
                self._open()
        except OSError as error:
            raise YuqingError(f"{path.parent}: the folder cannot be created ({error.strerror}).") from error

    def _open(self) -> None:
        self._db = connect(self.path, wait=BUSY_SECONDS, any_thread=True)
        try:
            self._db.execute("PRAGMA temp_store = MEMORY")
            self._db.execute("PRAGMA cache_size = -65536")  # 64 MB
            migrate(self._db, self.path)
            self._db.execute("CREATE TEMP TABLE hits (item INTEGER PRIMARY KEY, score REAL)")
        except BaseException:
            self._db.close()
            raise

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A consistent view of the file for several SELECTs."""
        with self._lock, faults(self.path):
            self._db.execute("BEGIN")
            try:
                yield self._db
            finally:
                self._end("COMMIT")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: everything inside is written, or nothing."""
        with self._lock, faults(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._end("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _end(self, how: str) -> None:
        # After a full disk or an I/O error SQLite has already rolled back.
        if self._db.in_transaction:
            self._db.execute(how)

    def put(self, items: Iterable[Item]) -> list[PutResult]:
        results: list[PutResult] = []
        for batch in batches(items):
            with self._writing() as db:
                results += [self._put(db, item) for item in batch]
        return results

    def _put(self, db: sqlite3.Connection, item: Item) -> PutResult:
        row = db.execute("SELECT item FROM items WHERE id = ?", (item.id,)).fetchone()
        if row is None:
            self._insert(db, item)
            return PutResult(item.id, "created")
        old = self._read(db, item.id)
        if old is None:
            self._replace(db, row[0], item)
            return PutResult(item.id, "updated")
        new = merged(old, item)
        if new is None:
            return PutResult(item.id, "unchanged")
        self._update(db, row[0], old, new)
        return PutResult(item.id, "updated")

    def _insert(self, db: sqlite3.Connection, item: Item) -> None:
        row = db.execute(
            "INSERT INTO items (id, published, day, window, source, tier, relevant, family, lead)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (item.id, *columns(item)),
        ).lastrowid
        assert row is not None
        db.execute("INSERT INTO documents (item, data) VALUES (?, ?)", (row, item_data(item)))
        add_text(db, row, item)
        set_facets(db, row, structs.replace(item, review=Review()))

    def _update(self, db: sqlite3.Connection, row: int, old: Item, new: Item) -> None:
        db.execute(
            "UPDATE items SET (published, day, window, source, tier, relevant, family, lead)"
            " = (?, ?, ?, ?, ?, ?, ?, ?) WHERE item = ?",
            (*columns(new), row),
        )
        db.execute("UPDATE documents SET data = ? WHERE item = ?", (item_data(new), row))
        if (old.article.title, old.article.searched) != (new.article.title, new.article.searched):
            remove_text(db, row, old)
            add_text(db, row, new)
        set_facets(db, row, new)

    def _replace(self, db: sqlite3.Connection, row: int, item: Item) -> None:
        """Write ``item`` over a document that cannot be read; the decisions on it are kept.

        Its old words cannot be removed from the full-text index, so it gets a new row number, which they do not lead
        to.
        """
        fresh = db.execute("SELECT max(item) + 1 FROM items").fetchone()[0]
        for table in ("documents", "tags"):
            db.execute(f"DELETE FROM {table} WHERE item = ?", (row,))
        for table in ("items", "reviews"):
            db.execute(f"UPDATE {table} SET item = ? WHERE item = ?", (fresh, row))
        db.execute(
            "UPDATE items SET (published, day, window, source, tier, relevant, family, lead)"
            " = (?, ?, ?, ?, ?, ?, ?, ?) WHERE item = ?",
            (*columns(item), fresh),
        )
        db.execute("INSERT INTO documents (item, data) VALUES (?, ?)", (fresh, item_data(item)))
        add_text(db, fresh, item)
        set_facets(db, fresh, structs.replace(item, review=self._last_review(db, fresh)))

    def _last_review(self, db: sqlite3.Connection, row: int) -> Review:
        """The last readable decision, which replaces a later one that cannot be read."""
        version, stored = db.execute("SELECT version, review FROM items WHERE item = ?", (row,)).fetchone()
        review = or_none(review_of, stored)
        if review is None:
            earlier = db.execute("SELECT review FROM reviews WHERE item = ? ORDER BY version DESC", (row,)).fetchall()
            found = (or_none(review_of, data) for (data,) in earlier)
            review = structs.replace(next((one for one in found if one), Review()), version=version)
            db.execute("UPDATE items SET state = ?, review = ? WHERE item = ?", (review.state, to_json(review), row))
        return review

    def _read(self, db: sqlite3.Connection, item_id: str) -> Item | None:
        return item_or_none(db.execute(f"{_ITEM} WHERE id = ?", (item_id,)).fetchone())

    def get(self, item_id: str) -> Item | None:
        with self._reading() as db:
            return self._read(db, item_id)

    def get_many(self, ids: Iterable[str]) -> dict[str, Item]:
        with self._reading() as db:
            items = (self._read(db, item_id) for item_id in ids)
            return {item.id: item for item in items if item is not None}

    def delete(self, ids: Iterable[str]) -> int:
        gone = 0
        for batch in batches(ids):
            with self._writing() as db:
                for item_id in batch:
                    row = db.execute("SELECT item FROM items WHERE id = ?", (item_id,)).fetchone()
                    item = self._read(db, item_id)
                    if row is None or item is None:
                        continue
                    remove_text(db, row[0], item)
                    for table in ("items", "documents", "tags", "reviews"):
                        db.execute(f"DELETE FROM {table} WHERE item = ?", row)
                    gone += 1
        return gone

    def search(self, query: Query) -> Found:
        select, values = select_hits(query)
        with self._reading() as db:
            db.execute("DELETE FROM temp.hits")
            db.execute(f"INSERT INTO temp.hits {select}", values)
            total = int(db.execute("SELECT count(*) FROM temp.hits").fetchone()[0])
            rows = db.execute(
                f"SELECT data, window, family, lead, review, score FROM "
                f"(SELECT hits.item, score FROM temp.hits CROSS JOIN items USING (item) ORDER BY {ORDER[query.sort]}"
                f" LIMIT ? OFFSET ?) CROSS JOIN items USING (item) CROSS JOIN documents USING (item)",
                (query.size, query.offset),
            ).fetchall()
            facets = count_facets(db) if query.facets else {}
        wanted = phrases(query.text)
        found = ((item_or_none(row), row[5]) for row in rows)
        return Found(total, [hit_of(item, score, wanted) for item, score in found if item is not None], facets)

    def count(self, query: Query) -> int:
        select, values = select_hits(replace(query, sort="newest"))
        with self._reading() as db:
            return int(db.execute(f"SELECT count(*) FROM ({select})", values).fetchone()[0])

    def scan(
        self,
        window: str | None = None,
        relevant: bool | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> Iterator[Item]:
        # In pages by key, so that the reader blocks no writer and memory stays bounded.
        conditions = ["(published, id) > (?, ?)"]
        values: list[object] = []
        if window is not None:
            conditions.append("window = ?")
            values.append(window)
        if relevant is not None:
            conditions.append("relevant = ?")
            values.append(int(relevant))
        if last is not None:
            conditions.append("published < ?")
            values.append(f"{last}~")  # after every time of that day
            first = first or date.min
        sql = f"{_ITEM} WHERE {' AND '.join(conditions)} ORDER BY published, id LIMIT {BATCH}"
        after = (str(first or ""), "")
        while True:
            with self._reading() as db:
                page = db.execute(sql, (*after, *values)).fetchall()
            yield from (item for row in page if (item := item_or_none(row)) is not None)
            if len(page) < BATCH:
                return
            after = page[-1][-2:]

    def stream(self, query: Query, after: Place | None = None, batch: int = BATCH) -> Iterator[Item]:
        # A separate connection with a snapshot for as long as it takes, which blocks no writer.
        select, values = select_stream(query, after)
        with faults(self.path), closing(connect(self.path, wait=BUSY_SECONDS, any_thread=True)) as db:
            db.execute("BEGIN")
            found = db.execute(select, values)
            while rows := found.fetchmany(batch):
                for row in rows:
                    item = item_or_none(db.execute(f"{_ITEM} WHERE item = ?", row).fetchone())
                    if item is not None:
                        yield item

    def set_tags(self, changes: Iterable[TagChange]) -> list[PutResult]:
        results: list[PutResult] = []
        for batch in batches(changes):
            with self._writing() as db:
                results += [self._set_tags(db, change) for change in batch]
        return results

    def _set_tags(self, db: sqlite3.Connection, change: TagChange) -> PutResult:
        row = db.execute("SELECT item FROM items WHERE id = ?", (change.id,)).fetchone()
        old = self._read(db, change.id)
        if old is None:
            return PutResult(change.id, "missing")
        if old.content_hash != change.content_hash:
            return PutResult(change.id, "stale")
        if old.tags == change.tags:
            return PutResult(change.id, "unchanged")
        self._update(db, row[0], old, structs.replace(old, tags=change.tags))
        return PutResult(change.id, "updated")

    def set_clusters(self, changes: Mapping[str, ReprintCluster | None]) -> int:
        changed = 0
        with self._writing() as db:
            for item_id, cluster in changes.items():
                values = cluster_columns(cluster)
                changed += db.execute(
                    "UPDATE items SET family = ?, lead = ? WHERE id = ? AND (family, lead) <> (?, ?)",
                    (*values, item_id, *values),
                ).rowcount
        return changed

    def set_review(self, item_id: str, review: Review, expected_version: int) -> Review:
        written = structs.replace(review, version=expected_version + 1)
        with self._writing() as db:
            row = db.execute("SELECT item, version FROM items WHERE id = ?", (item_id,)).fetchone()
            item = self._read(db, item_id)
            if item is None:
                raise NotFoundError(item_id)
            if row[1] != expected_version:
                raise ConflictError(item_id, item.review, review)
            data = to_json(written)
            db.execute(
                "UPDATE items SET state = ?, version = ?, review = ? WHERE item = ?",
                (written.state, written.version, data, row[0]),
            )
            db.execute("INSERT INTO reviews (item, version, review) VALUES (?, ?, ?)", (row[0], written.version, data))
            set_facets(db, row[0], structs.replace(item, review=written))
        return written

    def history(self, item_id: str) -> list[Review]:
        with self._reading() as db:
            rows = db.execute(
                "SELECT reviews.review FROM reviews JOIN items USING (item) WHERE id = ? ORDER BY reviews.version",
                (item_id,),
            )
            return [review for (data,) in rows if (review := or_none(review_of, data))]

    def set_edit(self, edit: Edit, expected_version: int) -> Edit:
        written = structs.replace(edit, version=expected_version + 1)
        with self._writing() as db:
            row = db.execute(
                "SELECT data, version FROM edits WHERE scope = ? AND part = ? ORDER BY version DESC LIMIT 1",
                (edit.scope, edit.part),
            ).fetchone()
            stored = or_none(_edit_of, row[0]) if row else None
            if stored is None:
                stored = Edit(scope=edit.scope, part=edit.part, version=row[1] if row else 0)
            if stored.version != expected_version:
                raise EditConflictError(stored, edit)
            db.execute(
                "INSERT INTO edits (scope, part, version, data) VALUES (?, ?, ?, ?)",
                (edit.scope, edit.part, written.version, to_json(written)),
            )
        return written

    def edits(self, scope: str) -> dict[str, Edit]:
        return {edit.part: edit for edit in self.edit_history(scope)}

    def edit_history(self, scope: str) -> list[Edit]:
        with self._reading() as db:
            rows = db.execute("SELECT data FROM edits WHERE scope = ? ORDER BY number", (scope,))
            return [edit for (data,) in rows if (edit := or_none(_edit_of, data))]

    def edit_scopes(self) -> list[str]:
        with self._reading() as db:
            return [scope for (scope,) in db.execute("SELECT DISTINCT scope FROM edits ORDER BY scope")]

    def refresh(self) -> None:
        """Nothing to do: SQLite's transactions are visible to everyone at once."""

    def status(self) -> StoreStatus:
        with self._reading() as db:
            windows = db.execute("SELECT window, count(*) FROM items GROUP BY window ORDER BY window").fetchall()
            relevant = db.execute("SELECT count(*) FROM items WHERE relevant = 1").fetchone()[0]
            pages, page = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        return StoreStatus(
            kind="embedded",
            location=str(self.path),
            schema=len(MIGRATIONS),
            items=sum(count for _, count in windows),
            relevant=relevant,
            windows=windows,
            bytes=pages * page,
        )

    def close(self) -> None:
        with self._lock:
            self._db.close()


def _edit_of(data: bytes) -> Edit:
    return from_json(data, Edit)
