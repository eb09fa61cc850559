"""What breaks first where machines share one Elasticsearch: ``python -m benchmarks.limits [COUNT…]``.

Two nodes of the test distribution, one with a heap of 256 MB and one of 512 MB, are filled to each COUNT (10,000,
50,000 and 100,000 items over two years) in turn; both tables are printed in Markdown. Wall clock where nothing else is
said, so take a quiet machine; the node's own work is its CPU time, which other programs hardly touch.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import ClassVar

from elasticsearch import Elasticsearch

from benchmarks.elastic import REPEATS, SCRIPT, NodeTime, latency
from benchmarks.leases import HELD, PAGES, look, renewal
from benchmarks.store import DAILY
from benchmarks.synthetic import make_items
from crawler.sources import choose, load_sources
from crawler.spiders.sources import LOOK_SECONDS
from indexer.access import NO_ACCESS
from indexer.cluster_index import settle
from indexer.elastic import ElasticStore
from indexer.elastic.leases import Lease, Leases
from indexer.elastic.shared_urls import SharedUrls
from indexer.store import Query
from yuqing.core.records import Source
from yuqing.core.times import Windows
from yuqing.monitor.run.shared_memory import BEATS, SharedUrlMemory

COUNTS = (10_000, 50_000, 100_000)
HEAPS = (256, 512)  # MB
MACHINES = (1, 2, 4, 8, 16)
ROUNDS = 50
LEASE = 60  # seconds
MONTH = "2018-03"


def main(counts: Iterable[int]) -> None:
    """Measure and print."""
    print(f"load at the start {os.getloadavg()[0]:.1f}\n")
    heads = (
        "heap MB", "items", "heap used", "old generation", "shards", "disk MB", "put, items/s", "put, CPU ms",
        "search p95, ms", "search, CPU ms",
        f"clusters of {MONTH} settled, s", "requests refused",
    )  # fmt: skip
    print(f"| {' | '.join(heads)} |")
    print("| ---: " * len(heads) + "|")
    for heap in HEAPS:
        name = f"limits-{heap}"
        try:
            url = _script("start", name, heap)
            _fill(url, heap, sorted(counts))
            if heap == HEAPS[-1]:
                _share(url)
        finally:
            _script("destroy", name, heap)


def _script(action: str, name: str, heap: int) -> str:
    environment = {**os.environ, "ES_JAVA_OPTS": f"-Xms{heap}m -Xmx{heap}m"}  # the last ones count
    done = subprocess.run([SCRIPT, action, name], stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return done.stdout.strip().rpartition("\n")[2]


def _fill(url: str, heap: int, counts: list[int]) -> None:
    """A row for each size of one store that grows."""
    items = make_items(max(counts))
    month = Windows().get(MONTH)
    days = {month.first + timedelta(days=number) for number in range((month.last - month.first).days + 1)}
    held = 0
    with Elasticsearch(url) as client, closing(ElasticStore(f"{url}/limits", NO_ACCESS, init=True)) as store:
        node = NodeTime(client)
        for count in counts:
            began, worked = time.perf_counter(), node.seconds()
            store.put(islice(items, count - held))
            pace = (count - held) / (time.perf_counter() - began)
            put = (node.seconds() - worked) / (count - held)
            held = count
            store.refresh()
            asked = [_search(store, query, node) for query in DAILY.values()]
            slowest, most = (max(column) for column in zip(*asked, strict=True))
            began = time.perf_counter()
            settle(store, days)
            settled = time.perf_counter() - began
            (stats,) = client.nodes.stats(metric=["jvm", "breaker"])["nodes"].values()
            memory = stats["jvm"]["mem"]
            old = memory["pools"]["old"]["used_in_bytes"] / memory["heap_max_in_bytes"]
            refused = sum(breaker["tripped"] for breaker in stats["breakers"].values())
            shards = client.cluster.health()["active_shards"]
            print(
                f"| {heap} | {count:,} | {memory['heap_used_percent']} % | {old:.0%} | {shards} "
                f"| {store.status().bytes / 1e6:,.0f} | {pace:,.0f} | {put * 1000:.2f} "
                f"| {slowest:.0f} | {most * 1000:.0f} | {settled:.1f} | {refused} |",
                flush=True,
            )


def _search(store: ElasticStore, query: Query, node: NodeTime) -> tuple[float, float]:
    """The p95 in milliseconds of the clock, and the node's CPU seconds for the question asked once."""
    began = node.seconds()
    p95 = latency(store, query)[1]
    return p95, (node.seconds() - began) / REPEATS


class _Counted(Leases):
    """Leases that count what was tried and what somebody else had written meanwhile."""

    tried: ClassVar[list[int]] = []
    lost: ClassVar[list[int]] = []

    def write(self, leases: Iterable[Lease]) -> dict[str, Lease]:
        wanted = list(leases)
        written = super().write(wanted)
        self.tried.append(len(wanted))
        self.lost.append(len(wanted) - len(written))
        return written


def _share(url: str) -> None:
    """A row for each number of machines that take all sources at once, and what one machine asks of the node."""
    sources = choose(load_sources(SCRIPT.parents[1] / "sources.yaml"), "")
    print(f"\n| machines | {len(sources)} sources taken and given back, s | leases written | lost to another machine |")
    print("| ---: | ---: | ---: | ---: |")
    for machines in MACHINES:
        store = f"{url}/share-{uuid.uuid4().hex[:6]}"
        ElasticStore(store, NO_ACCESS, init=True).close()
        _Counted.tried.clear()
        _Counted.lost.clear()
        together = threading.Barrier(machines)
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(machines) as pool:
            crawl = partial(_crawl, store, Path(folder), sources, together)
            seconds = max(pool.map(crawl, range(machines)))
        print(f"| {machines} | {seconds:.1f} | {sum(_Counted.tried)} | {sum(_Counted.lost)} |", flush=True)
    _ask(url, sources)


def _crawl(store: str, folder: Path, sources: list[Source], together: threading.Barrier, name: int) -> float:
    """Seconds in which one of several machines takes and gives back sources until none is left."""
    with closing(_machine(store, folder, name)) as memory:
        memory.begin(sources, "all")
        together.wait()
        began = time.perf_counter()
        while memory.busy:
            for source in memory.take():
                memory.done(source.id)
            memory.beat()
            time.sleep(LOOK_SECONDS)  # as the crawl does
        return time.perf_counter() - began


def _ask(url: str, sources: list[Source]) -> None:
    """What one machine's looks and renewals cost the node."""
    store = f"{url}/ask-{uuid.uuid4().hex[:6]}"
    ElasticStore(store, NO_ACCESS, init=True).close()
    with (
        tempfile.TemporaryDirectory() as folder,
        Elasticsearch(url) as client,
        closing(_machine(store, Path(folder), 0)) as memory,
    ):
        node = NodeTime(client)
        memory.begin(sources[:HELD], "all")
        for _ in range(HELD // 8):
            memory.take()
        spent = []
        for work in (look, renewal):
            work(memory, sources[:HELD])
            began = node.seconds()
            for _ in range(ROUNDS):
                work(memory, sources[:HELD])
            spent.append((node.seconds() - began) / ROUNDS)
    waits, crawls = spent[0] / LOOK_SECONDS, spent[1] * BEATS / LEASE
    print(f"\nThe node's CPU for a look at {HELD} leases: {spent[0] * 1000:.1f} ms; for a renewal of them with {PAGES}")
    print(f"fetches: {spent[1] * 1000:.0f} ms. One of its cores serves {1 / waits:.0f} machines that wait, or ", end="")
    print(f"{1 / crawls:.0f} that crawl.")


def _machine(store: str, folder: Path, name: int) -> SharedUrlMemory:
    return SharedUrlMemory(
        folder / str(name) / "crawl.db", (1, 7), _Counted(store, NO_ACCESS), SharedUrls(store, NO_ACCESS),
        machine=str(name), seconds=LEASE, most=HELD,
    )  # fmt: skip


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or COUNTS)
