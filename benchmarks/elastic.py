"""Elasticsearch at 50,000 items: ``python -m benchmarks.elastic [COUNT] [URL]``; starts the test node without URL.

Baseline: the client's bare ``helpers.bulk`` with the same documents, built beforehand, into an index with the
same mapping, without a look at what is there already.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from benchmarks.store import QUERIES
from benchmarks.synthetic import make_items
from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.elastic.documents import new_document
from indexer.elastic.mapping import template
from indexer.elastic.names import Names
from indexer.elastic.setup import create
from indexer.store import Query

REPEATS = 20
ROUND = 5_000  # items written in turn by both, so that a busy machine slows both alike
SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "elasticsearch.sh"


def latency(store: ElasticStore, query: Query) -> str:
    """p50 and p95 in milliseconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        store.search(query)
        times.append((time.perf_counter() - start) * 1000)
    cuts = quantiles(times, n=20, method="inclusive")
    return f"{cuts[9]:8.1f} {cuts[18]:8.1f}"


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    if len(sys.argv) > 2:
        url = sys.argv[2]
    else:
        started = subprocess.run([SCRIPT, "start", "benchmark"], capture_output=True, text=True, check=True)
        url = started.stdout.split()[-1]
    client = Elasticsearch(url, request_timeout=60)
    for old in client.indices.get(index="bench*"):
        client.indices.delete(index=old)
    store = ElasticStore(f"{url}/bench", NO_ACCESS, init=True)
    names = Names("benchbare")
    client.indices.put_index_template(name=names.template, **template(names))
    bare = ours = 0.0
    items = list(make_items(count))

    def actions(documents: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for document in documents:
            yield {
                "_op_type": "create",
                "_index": names.month(document["window"]),
                "_id": document["id"],
                "_source": document,
            }

    for at in range(0, count, ROUND):
        some = items[at : at + ROUND]
        documents = [new_document(item) for item in some]
        for month in {item.window for item in some}:
            create(client, names.month(month), {})
        start = time.perf_counter()
        bulk(client, actions(documents), chunk_size=500)
        middle = time.perf_counter()
        store.put(some)
        bare, ours = bare + middle - start, ours + time.perf_counter() - middle
    start = time.perf_counter()
    store.put(items)
    again = time.perf_counter() - start
    status = store.status()
    assert status.items == count, status
    print(f"{count:,} items into Elasticsearch at {url}")
    print(f"helpers.bulk, bare   {count / bare:8,.0f} items/s   ratio 1.00")
    print(f"put, new             {count / ours:8,.0f} items/s   ratio {bare / ours:.2f}")
    print(f"put, unchanged       {count / again:8,.0f} items/s   ratio {bare / again:.2f}")
    print(f"size {status.bytes / 1e6:,.0f} MB ({status.bytes / count / 1000:.1f} KB an item)")
    start = time.perf_counter()
    print(f"scan                 {sum(1 for _ in store.scan()) / (time.perf_counter() - start):8,.0f} items/s")
    print(f"{'query':28} {'hits':>7} | with facets p50, p95 | without p50, p95 (ms)")
    for name, query in QUERIES.items():
        hits = store.count(query)
        print(f"{name:28} {hits:7} | {latency(store, query)} | {latency(store, replace(query, facets=False))}")
    store.close()
    client.close()


if __name__ == "__main__":
    main()
