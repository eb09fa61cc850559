"""Response times of the review page with 20,000 stories in the window; baseline: one search of the same store.

    python -m benchmarks.web [ITEMS]

Run 2026-11-24 on 2 cores: see docs/decisions.md. The target is 200 ms; "first" reads the window into memory.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from starlette.testclient import TestClient

from benchmarks.report import items
from indexer.store import Query
from yuqing.core.records import Item
from yuqing.monitor.gc_tuning import collect_seldom
from yuqing.monitor.publish.review_page import host_headers, make_services
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace
from yuqing.review.web.app import create_app
from yuqing.review.web.base import NAME_COOKIE
from yuqing.review.web.guard import CSRF_COOKIE, CSRF_HEADER
from yuqing.review.web.tag_form import FIELD, choices, tags_before

WINDOW, ADDRESS, ROUNDS = "2018-03", "http://127.0.0.1:8765", 9
TARGET = 0.2  # seconds


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        space = Workspace(settings)
        stored = [alone(item) for item in items(count)]
        space.store.put(stored)
        collect_seldom()  # as the served page does
        try:
            measure(space, stored)
        finally:
            space.close()


def alone(item: Item) -> Item:
    """An item without its cluster: the benchmark of the report has clusters, while here every item must be in the
    queue."""
    return replace(item, cluster=None)


def measure(space: Workspace, stored: list[Item]) -> None:
    client = TestClient(
        create_app(make_services(space, WINDOW), hosts=host_headers("127.0.0.1", 8765)), base_url=ADDRESS
    )
    client.cookies.set(NAME_COOKIE, "bench")
    print(f"{len(stored)} stories in the window")
    print(f"{'page':<34}{'median ms':>10}{'worst ms':>10}{'cpu ms':>10}{'x search':>10}")
    start = time.perf_counter()
    client.get("/").raise_for_status()
    first = time.perf_counter() - start
    query = Query(window=WINDOW, size=50)
    baseline = line("store.search with facets", lambda: space.store.search(query), 0)
    print(f"{'first':<34}{first * 1000:>10.0f}{'':>20}{first / baseline:>10.1f}")
    fragment = {"HX-Request": "true"}
    headers = {**fragment, "Origin": ADDRESS, CSRF_HEADER: client.cookies[CSRF_COOKIE]}
    pages = {
        "queue": "/",
        "page 200 of the queue": "/?page=200",
        "an item": f"/?item={stored[77].id}",
        "by province and state": "/?province=浙江省&state=all",
        "by heat, sorted": "/?heat=2&sort=heat",
        "search, common words": "/?q=互联网%2B",
        "search, one place": "/?q=海南省政府",
        "report page": "/report",
        "months": "/months",
        "runs": "/runs",
        "keywords": "/keywords",
    }
    slow = []
    for name, address in pages.items():
        middle = line(name, lambda address=address: client.get(address, headers=fragment), baseline)
        slow += [name] if middle > TARGET else []
    decided = iter(stored)

    def decide() -> None:
        item = next(decided)
        form = {"action": "accept", "version": "0", "row": "一句。", "sections": list(item.tags.sections)}
        ticks = choices(item, tags_before(item))
        given = {FIELD + facet: [one.value for one in found if one.ticked] for facet, found in ticks.items()}
        form |= {"rules": item.tags.rules, "note": "", **given}
        client.post(f"/items/{item.id}/decide?item={item.id}", data=form, headers=headers).raise_for_status()

    middle = line("a decision and the next item", decide, baseline)
    slow += ["decision"] if middle > TARGET else []
    print(f"over {TARGET * 1000:.0f} ms: {', '.join(slow) or 'none'}")


def line(name: str, call: Callable[[], object], baseline: float) -> float:
    """Print and return the median of some calls; the CPU time shows what an otherwise idle machine would need."""
    times, busy = [], []
    for _ in range(ROUNDS):
        start, used = time.perf_counter(), time.process_time()
        call()
        times.append(time.perf_counter() - start)
        busy.append(time.process_time() - used)
    middle, cpu = statistics.median(times), statistics.median(busy)
    ratio = middle / (baseline or middle)
    print(f"{name:<34}{middle * 1000:>10.0f}{max(times) * 1000:>10.0f}{cpu * 1000:>10.0f}{ratio:>10.1f}")
    return middle


if __name__ == "__main__":
    main()
