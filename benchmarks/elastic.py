"""Elasticsearch at 50,000 items: ``python -m benchmarks.elastic [COUNT] [URL]``; starts the test node without URL.

Two baselines, both using the client's ``helpers.bulk`` with our serializer, 500 documents per request, into indices
with the same mapping, without looking up existing items. Each sends byte for byte the same documents as we do: the
first makes them as it goes, which everybody has to, the second is given finished ones. Measured is the CPU time of this
process and of the node together, which other programs hardly affect, and in addition the wall-clock time. All three
alternate every 2,500 items. Searches are measured by wall-clock time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from benchmarks.row import Row, Target
from benchmarks.store import DAILY
from benchmarks.synthetic import make_items
from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore, setup
from indexer.elastic.client import connect, parse
from indexer.elastic.documents import new_document
from indexer.elastic.mapping import defaults, template
from indexer.elastic.names import Names
from indexer.store import Query

REPEATS = 20
TURN = 2_500
WARM = 3  # rounds that do not count, while the node compiles its code
COUNT = 50_000
_JOBS = {
    "finished": "helpers.bulk, finished documents",
    "making": "helpers.bulk",
    "ours": "put, new",
    "again": "put, unchanged",
    "scan": "scan",
}
SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "elasticsearch.sh"


@dataclass
class Measured:
    """Items per second by job, of CPU time and of wall-clock time; milliseconds (p50, p95) by query, with and without
    facets; bytes per item."""

    cpu: dict[str, float] = field(default_factory=dict)
    wall: dict[str, float] = field(default_factory=dict)
    full: dict[str, tuple[float, float]] = field(default_factory=dict)
    bare: dict[str, tuple[float, float]] = field(default_factory=dict)
    hits: dict[str, int] = field(default_factory=dict)
    size: float = 0.0


def measure(count: int, url: str) -> Measured:
    """Fill an empty store with ``count`` items, alternating with the baselines, then query it."""
    found = Measured()
    with connect(parse(url), NO_ACCESS) as client:
        for old in client.indices.get(index="bench*"):
            client.indices.delete(index=old)
        with closing(ElasticStore(f"{url}/bench", NO_ACCESS, init=True)) as store:
            clock = _Clock(client)
            _write(client, store, count, clock)
            items = make_items(count)
            while some := list(islice(items, TURN)):
                clock.time("again", lambda: store.put(some), len(some))  # called within this turn
            status = store.status()
            assert status.items == count, status
            clock.time("scan", lambda: sum(1 for _ in store.scan()), count)
            found.cpu = {job: clock.items[job] / spent for job, spent in clock.cpu.items()}
            found.wall = {job: clock.items[job] / spent for job, spent in clock.wall.items()}
            found.size = status.bytes / count
            for name, query in DAILY.items():
                found.hits[name] = store.count(query)
                found.full[name] = latency(store, query)
                found.bare[name] = latency(store, replace(query, facets=False))
        for index in client.indices.get(index="bench*"):
            client.indices.delete(index=index)
    return found


def put_seconds(count: int, url: str) -> float:
    """CPU seconds of this process and of the node for ``count`` new items."""
    with connect(parse(url), NO_ACCESS) as client:
        for old in client.indices.get(index="bench*"):
            client.indices.delete(index=old)
        clock, items = _Clock(client), make_items(count)
        with closing(ElasticStore(f"{url}/bench", NO_ACCESS, init=True)) as store:
            while some := list(islice(items, TURN)):
                clock.time("ours", lambda: store.put(some), len(some))  # called within this turn
        for index in client.indices.get(index="bench*"):
            client.indices.delete(index=index)
    return clock.cpu["ours"]


class NodeTime:
    """The CPU time of the only node of ``client``, read from the system: its own statistics are up to a second old."""

    def __init__(self, client: Elasticsearch) -> None:
        (node,) = client.nodes.info(metric="process")["nodes"].values()
        self._file = Path(f"/proc/{node['process']['id']}/stat")

    def seconds(self) -> float:
        """So far."""
        user, system = self._file.read_text("ascii").rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class _Clock:
    """Seconds by job."""

    def __init__(self, client: Elasticsearch) -> None:
        self._node = NodeTime(client)
        self.cpu: dict[str, float] = defaultdict(float)
        self.wall: dict[str, float] = defaultdict(float)
        self.items: dict[str, int] = defaultdict(int)

    def time(self, job: str, work: Callable[[], object], items: int) -> None:
        """Add the time of ``work`` on so many items to that of ``job``; CPU time is this process's and the node's."""
        began, spent = time.perf_counter(), time.process_time() + self._node.seconds()
        work()
        self.cpu[job] += time.process_time() + self._node.seconds() - spent
        self.wall[job] += time.perf_counter() - began
        self.items[job] += items


def _write(client: Elasticsearch, store: ElasticStore, count: int, clock: _Clock) -> None:
    """Write all items in the three ways."""
    made, finished = Names("benchmade"), Names("benchfinished")
    for names in (made, finished):
        client.cluster.put_component_template(name=names.defaults, **defaults())
        client.indices.put_index_template(name=names.template, **template(names))
    items = make_items(count)
    turn = 0
    while some := list(islice(items, TURN)):
        documents = [new_document(item) for item in some]
        for names in (made, finished):
            for month in {item.window for item in some}:
                setup.create(client, names.month(month), {})
        jobs: list[tuple[str, Callable[[], object]]] = [
            ("ours", lambda: store.put(some)),  # called within this turn
            ("making", lambda: bulk(client, _actions(made, map(new_document, some)))),
            ("finished", lambda: bulk(client, _actions(finished, documents))),  # noqa: B023
        ]
        for name, job in jobs[turn % 3 :] + jobs[: turn % 3]:
            if turn < WARM:
                job()
            else:
                clock.time(name, job, len(some))
        turn += 1


def _actions(names: Names, documents: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for document in documents:
        index = names.month(document["window"])
        yield {"_op_type": "create", "_index": index, "_id": document["id"], "_source": document}


def latency(store: ElasticStore, query: Query) -> tuple[float, float]:
    """Milliseconds of the question, p50 and p95."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        store.search(query)
        times.append((time.perf_counter() - began) * 1000)
    cuts = quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]


def node() -> str:
    """The URL of the test node."""
    started = subprocess.run([SCRIPT, "start", "benchmark"], stdout=subprocess.PIPE, text=True, check=True)
    return started.stdout.split()[-1]


def rows(count: int = COUNT) -> list[Row]:
    """Writing compared with both baselines, unchanged items, and the slowest of the daily queries."""
    load = os.getloadavg()[0]
    found = measure(count, node())
    made = {"unit": "items/s", "ours": found.cpu["ours"], "baseline_name": "helpers.bulk"}
    walls = ", ".join(f"{text} {found.wall[job]:,.0f}" for job, text in _JOBS.items())
    rows = [
        Row(job="Elasticsearch, in", **made, baseline=found.cpu["making"], target=Target("ratio", ">=", 0.8),
            note="CPU of client and node; both make and send the same documents; items/s by the wall clock at a load"
            f" of {load:.1f}: {walls}"),
        Row(job="Elasticsearch, in, beside finished documents", **made, baseline=found.cpu["finished"],
            target=Target("ratio", ">=", 0.85),
            note="the baseline is handed the documents that we have to make: tokens, evidence"),
        Row(job="Elasticsearch, unchanged items", **made | {"ours": found.cpu["again"]}, baseline=found.cpu["making"]),
    ]  # fmt: skip
    for job, times in (("search", found.bare), ("search with facets", found.full)):
        for place, label in ((0, "p50"), (1, "p95")):
            name = max(times, key=lambda name: times[name][place])
            note = f"the slowest of {len(DAILY)} daily questions: {name}"
            rows.append(
                Row(job=f"Elasticsearch {job} {label}, {count:,} items", unit="ms", ours=times[name][place], note=note)
            )
    return rows


def main() -> None:
    """Print everything for the count and URL of the command line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    found = measure(count, sys.argv[2] if len(sys.argv) > 2 else node())
    print(f"{count:,} items, {found.size / 1000:.1f} KB an item on the disk, load {os.getloadavg()[0]:.1f}")
    for job, text in _JOBS.items():
        ratio = found.cpu[job] / found.cpu["making"]
        print(f"{text:34} {found.cpu[job]:8,.0f} items a CPU second ({ratio:.2f}), {found.wall[job]:8,.0f} a second")
    print(f"{'question':34} {'hits':>7} | with facets p50, p95 | without p50, p95 (ms)")
    for name in DAILY:
        times = (*found.full[name], *found.bare[name])
        print(
            f"{name:34} {found.hits[name]:7} |"
            + " |".join(f"{p50:9.1f} {p95:9.1f}" for p50, p95 in (times[:2], times[2:]))
        )


if __name__ == "__main__":
    main()
