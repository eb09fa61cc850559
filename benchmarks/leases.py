"""The cost of leases and the shared URL memory: ``python -m benchmarks.leases [URL]``; starts the test node without
URL.

One machine takes all 194 sources of sources.yaml that are in service, reads and writes; wall-clock time, medians.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median

from elasticsearch import Elasticsearch

from benchmarks.elastic import SCRIPT
from crawler.sources import choose, load_sources
from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.elastic.leases import Leases
from indexer.elastic.shared_urls import SharedUrls
from yuqing.core.records import Page, Source
from yuqing.core.times import now
from yuqing.monitor.run.shared_memory import SharedUrlMemory

ROUNDS = 20
ROWS = 100_000  # of one source: some ten years of a large one
HELD = 64  # sources that a machine crawls at once
PAGES = 5 * HELD  # fetched by such a machine between two renewals, at one per second and site


def main(url: str) -> None:
    """Measure and print."""
    sources = choose(load_sources(SCRIPT.parents[1] / "sources.yaml"), "")
    store = f"{url}/leases-{uuid.uuid4().hex[:6]}"
    ElasticStore(store, NO_ACCESS, init=True).close()
    with tempfile.TemporaryDirectory() as folder:

        def machine(name: str, most: int = len(sources)) -> SharedUrlMemory:
            return SharedUrlMemory(
                Path(folder) / name / "crawl.db", (1, 7), Leases(store, NO_ACCESS), SharedUrls(store, NO_ACCESS),
                machine=name, seconds=3600, most=most,
            )  # fmt: skip

        with closing(machine("first")) as first, closing(machine("second", HELD)) as second:
            first.begin(sources[HELD:], "all")
            _told("taking a source that is free", [_seconds(first.take) / 8 for _ in range(len(sources[HELD:]) // 8)])
            second.begin(sources, "all")
            for _ in range(HELD // 8):
                second.take()
            _told(f"a look at {len(sources)} leases", [_seconds(lambda: look(second, sources)) for _ in range(ROUNDS)])
            _told(f"renewing {HELD} leases, with {PAGES} fetches", [renewal(second, sources) for _ in range(ROUNDS)])
        big = sources[0]
        with closing(machine("third")) as third:
            third.begin([big], "more")
            third.take()
            for number in range(ROWS):
                third.fetched(_page(big, number))
            third.done(big.id)
            print(f"{'telling 100,000 fetches of a source':44} {_seconds(lambda: _beat(third)):8.1f} s")
        with closing(machine("fourth")) as fourth:
            fourth.begin([big], "yet more")
            print(f"{'a new machine learns them':44} {_seconds(fourth.take):8.1f} s")
    with Elasticsearch(url) as client:
        prefix = store.rpartition("/")[2]
        sizes = client.indices.stats(index=f"{prefix}-urls", metric="store")
        print(f"{'on disk':44} {sizes['_all']['total']['store']['size_in_bytes'] / ROWS:8.0f} bytes a URL")
        client.indices.delete(index=list(client.indices.get(index=f"{prefix}-*")))
        client.indices.delete_index_template(name=f"{prefix}-*")


def look(memory: SharedUrlMemory, sources: list[Source]) -> None:
    """What a machine that waits does twice a second."""
    memory._leases.look([source.id for source in sources])


def renewal(memory: SharedUrlMemory, sources: list[Source]) -> float:
    """What a machine that crawls does every ten seconds; its seconds."""
    for number in range(PAGES):
        memory.fetched(_page(sources[number % HELD], number))
    return _seconds(lambda: memory._renew(set(), ended=False))


def _beat(memory: SharedUrlMemory) -> None:
    while memory.busy:
        memory.beat()


def _page(source: Source, number: int) -> Page:
    url = f"http://{source.hosts[0]}/{uuid.uuid4().hex}/{number}.html"
    when = now() - timedelta(seconds=number)
    return Page(url=url, body=b"", source_id=source.id, fetched_at=when, headers={"ETag": '"5ab3-57"'})


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _told(job: str, seconds: list[float]) -> None:
    print(f"{job:44} {median(seconds) * 1000:8.1f} ms")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        done = subprocess.run([str(SCRIPT), "start", "bench"], stdout=subprocess.PIPE, text=True, check=True)
        print(f"load at the start {os.getloadavg()[0]:.1f}")
        main(done.stdout.strip().rpartition("\n")[2])
