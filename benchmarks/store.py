"""The embedded store at 20,000 and 100,000 items: ``python -m benchmarks.store [COUNT…]``.

Baseline: the same items as JSON rows in a plain SQLite table, in transactions of the same size, without full text, tags
or looking up existing items.
"""

from __future__ import annotations

import gc
import resource
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import quantiles

from benchmarks.row import Row, Target, cpu_seconds, p95_ms
from benchmarks.synthetic import make_items
from indexer.embedded import EmbeddedStore
from indexer.merge import BATCH
from indexer.store import Query
from yuqing.core.jsonio import to_json
from yuqing.core.records import Item

REPEATS = 20
STRETCH = 10_000  # items per alternation with plain inserts: a slow minute slows down both
DAILY = {
    "互联网+教育, one window": Query(text="互联网+教育", window="2018-03"),
    "互联网+教育": Query(text="互联网+教育"),
    "互联网+ 试点 资金": Query(text="互联网+ 试点 资金"),
    "税": Query(text="税"),
    "one window, newest": Query(window="2018-03", sort="newest"),
    "sector and province": Query(tags={"sector": "教育", "region": "浙江省"}),
    "everything relevant": Query(),
}
QUERIES = DAILY | {"发展 (in near half of all)": Query(text="发展", relevant=None)}


class Plain:
    """The baseline's table."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.execute("CREATE TABLE items (id TEXT PRIMARY KEY, data BLOB)")

    def insert(self, items: list[Item]) -> None:
        """Bare inserts."""
        rows = iter(items)
        while batch := list(islice(rows, BATCH)):
            self.db.execute("BEGIN")
            self.db.executemany("INSERT INTO items VALUES (?, ?)", [(i.id, to_json(i)) for i in batch])
            self.db.execute("COMMIT")


def put_beside_plain(store: EmbeddedStore, folder: Path, items: list[Item]) -> tuple[float, float]:
    """CPU seconds of put, and of bare inserts of the same items, alternating."""
    plain, ours, bare = Plain(folder / "plain.sqlite"), 0.0, 0.0
    for at in range(0, len(items), STRETCH):
        part = items[at : at + STRETCH]
        bare += cpu_seconds(lambda part=part: plain.insert(part))
        ours += cpu_seconds(lambda part=part: store.put(part))
    plain.db.close()
    return ours, bare


def latency(work: Callable[[], object]) -> str:
    """p50 and p95 in milliseconds."""
    times = [cpu_seconds(work) * 1000 for _ in range(REPEATS)]
    cuts = quantiles(times, n=20, method="inclusive")
    return f"{cuts[9]:8.1f} {cuts[18]:8.1f}"


def run(count: int, folder: Path) -> None:
    """Print the table for ``count`` items."""
    items = list(make_items(count))
    gc.freeze()
    store = EmbeddedStore(folder / "store.sqlite")
    first, plain = put_beside_plain(store, folder, items)
    again = cpu_seconds(lambda: store.put(items))
    size = store.status().bytes
    print(f"\n{count:,} items, {sum(len(i.article.body) for i in items) / count:,.0f} characters each")
    print(f"plain inserts        {count / plain:10,.0f} items/s   ratio 1.00")
    print(f"put, new             {count / first:10,.0f} items/s   ratio {plain / first:.2f}")
    print(f"put, unchanged       {count / again:10,.0f} items/s   ratio {plain / again:.2f}")
    print(f"size {size / 1e6:,.0f} MB ({size / count / 1000:.1f} KB an item)")
    print(f"scan                 {count / cpu_seconds(lambda: sum(1 for _ in store.scan())):10,.0f} items/s")
    print(f"{'query':28} {'hits':>7} | with facets p50, p95 | without p50, p95 (ms)")
    for name, query in QUERIES.items():
        bare = replace(query, facets=False)
        full = latency(lambda q=query: store.search(q))
        print(f"{name:28} {store.count(query):7} | {full} | {latency(lambda q=bare: store.search(q))}")
    store.close()


def slowest(store: EmbeddedStore, facets: bool) -> tuple[float, str]:
    """The p95 of the slowest of DAILY in milliseconds, and its name."""
    each = ((p95_ms(lambda q=query: store.search(replace(q, facets=facets))), name) for name, query in DAILY.items())
    return max(each)


def rows(count: int = 100_000) -> list[Row]:
    """Writing, search and facets."""
    items = list(make_items(count))
    with tempfile.TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder) / "store.sqlite")
        put, plain = put_beside_plain(store, Path(folder), items)
        gc.freeze()  # the real program has no 100,000 items in memory for the collector to traverse during a search
        bare, bare_name = slowest(store, False)
        full, full_name = slowest(store, True)
        store.close()
    return [
        Row(job="embedded store, in", unit="items/s", ours=count / put, baseline_name="plain SQLite inserts",
            baseline=count / plain, target=Target("ours", ">=", 2000)),
        Row(job=f"search p95, {count:,} items", unit="ms", ours=bare, target=Target("ours", "<=", 40),
            note=f"the slowest of {len(DAILY)} daily questions: {bare_name}"),
        Row(job=f"search with facets p95, {count:,} items", unit="ms", ours=full, target=Target("ours", "<=", 60),
            note=f"the slowest of {len(DAILY)} daily questions: {full_name}"),
    ]  # fmt: skip


def main() -> None:
    """Run for the counts on the command line, or 20,000 and 100,000."""
    for count in [int(a) for a in sys.argv[1:]] or [20_000, 100_000]:
        with tempfile.TemporaryDirectory() as folder:
            run(count, Path(folder))
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB (holds all items)")


if __name__ == "__main__":
    main()
