"""`yuqing export` of a store of short items, at a tenth of them and at all: rows, memory and rows a second.

    python -m benchmarks.export [ITEMS] [FORM…]     1,000,000 items; csv, jsonl, parquet and xlsx, each apart

The baseline is a bare csv.writer that writes as many rows of the same texts, which it holds ready. Each export runs in
a process of its own, so that its peak memory is its own. All four take some ten minutes.
"""

from __future__ import annotations

import csv
import resource
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from benchmarks.row import Row, Target, cpu_seconds
from benchmarks.synthetic import make_items
from indexer.embedded import EmbeddedStore
from indexer.embedded.rows import columns, item_data
from indexer.store import Query
from yuqing.core.item_row import COLUMNS, item_row
from yuqing.core.records import Item
from yuqing.core.sqlite import connect
from yuqing.core.urls import item_id
from yuqing.monitor.publish.export import Format, export, row_values

FORMS: tuple[Format, ...] = ("csv", "jsonl", "parquet", "xlsx")
ITEMS = 1_000_000
KINDS = 1_000  # different items; the others repeat them under their own addresses
BODY = 60  # characters
_COLUMNS = "item, id, published, day, window, source, tier, relevant, family, lead"
FLAT = 1.25  # times the memory at a tenth of the items; a list of all rows would take ten times


def short_items(start: int, end: int) -> Iterator[Item]:
    """The items ``start:end`` of the store."""
    kinds = [replace(item, article=replace(item.article, body=item.article.body[:BODY])) for item in make_items(KINDS)]
    for number in range(start, end):
        item = kinds[number % KINDS]
        url = f"http://{item.source_id}.example.cn/{number}.html"
        yield replace(item, id=item_id(url), article=replace(item.article, url=url))


def fill(path: Path, start: int, end: int) -> None:
    """Put the items into the tables that an export of everything reads; words and tags, which it does not read, would
    take eight minutes for a million."""
    EmbeddedStore(path).close()
    with closing(connect(path)) as db:
        db.execute("BEGIN")
        for row, item in enumerate(short_items(start, end), start + 1):
            values = (row, item.id, *columns(item))
            db.execute(f"INSERT INTO items ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            db.execute("INSERT INTO documents (item, data) VALUES (?, ?)", (row, item_data(item)))
        db.execute("COMMIT")


class Took(NamedTuple):
    """Rows, CPU seconds, and the peak memory of the process in MB."""

    rows: int
    seconds: float
    peak: float


def one(form: Format, path: Path) -> Took:
    """Export everything to ``form``."""
    store, count = EmbeddedStore(path), 0

    def work() -> None:
        nonlocal count
        count, _ = export(store, Query(relevant=None), form, path.with_name(f"rows.{form}"), ())

    seconds = cpu_seconds(work)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if count != store.count(Query(relevant=None)):
        raise SystemExit(f"{form}: {count:,} rows are not what the search counts")
    store.close()
    path.with_name(f"rows.{form}").unlink()
    return Took(count, seconds, peak)


def apart(form: Format, path: Path) -> Took:
    """:func:`one` in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(one, form, path).result()


def bare_writer(count: int, path: Path) -> float:
    """CPU seconds of csv.writer for ``count`` rows of the same texts."""
    ready = [row_values(item_row(item), tuple(COLUMNS)) for item in short_items(0, KINDS)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        seconds = cpu_seconds(lambda: writer.writerows(islice(cycle(ready), count)))
    path.unlink()
    return seconds


def measured(count: int, forms: tuple[Format, ...]) -> Iterator[Row]:
    """A row for each form."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        tenth: dict[Format, Took] = {}
        for start, end in ((0, count // 10), (count // 10, count)):
            fill(path, start, end)
            tenth = tenth or {form: apart(form, path) for form in forms}
        bare = bare_writer(count, Path(folder) / "bare.csv")
        for form in forms:
            found = apart(form, path)
            yield Row(
                job=f"export of {found.rows:,} rows, {form}", unit="rows/s", ours=count / found.seconds,
                baseline_name="bare csv.writer", baseline=count / bare, peak_mb=round(found.peak),
                note=f"peak memory {tenth[form].peak:.0f} MB at {tenth[form].rows:,} rows,"
                f" {found.peak:.0f} MB at {found.rows:,}"
            )  # fmt: skip
            yield Row(
                job=f"memory of that, {form}", unit="times", ours=found.peak / tenth[form].peak,
                peak_mb=round(found.peak), target=Target("ours", "<=", FLAT)
            )  # fmt: skip


def rows() -> list[Row]:
    """All forms."""
    return list(measured(ITEMS, FORMS))


def main() -> None:
    """Print the rows as they come."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    forms = tuple(form for form in FORMS if form in sys.argv[2:]) or FORMS
    for row in measured(count, forms):
        beside = f"{row.baseline:,.0f} {row.baseline_name}; {row.note}" if row.baseline else f"{row.target}: {row.met}"
        print(f"{row.job:<40}{row.ours:>10,.2f} {row.unit:<8}{beside}", flush=True)


if __name__ == "__main__":
    main()
