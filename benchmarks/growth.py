"""Time by number of items, as a plot: ``python -m benchmarks.growth [JOB…]`` writes growth.json, growth.md and
docs/growth.png; the records of jobs not named are kept.

Each point is a separate process, at 1,000, 10,000 and 100,000 items. CPU seconds; for crawl and rebuild, which are
several processes, wall-clock seconds. These two stream, so their memory must stay flat; the others hold their items.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import cycle, islice, pairwise
from pathlib import Path
from typing import TypeVar

import matplotlib as mpl

from benchmarks.clusters import measure as cluster_seconds
from benchmarks.crawl import OURS, page_text, run_all
from benchmarks.elastic import node, put_seconds
from benchmarks.rebuild import seconds as rebuild_seconds
from benchmarks.rebuild import write_archive
from benchmarks.report import measure as report_seconds
from benchmarks.row import cpu_seconds
from benchmarks.store import DAILY
from benchmarks.synthetic import make_items
from classifiers import classify
from classifiers.rules import load_rules
from crawler.extract import extract
from indexer.embedded import EmbeddedStore
from yuqing.core.records import Article, Page
from yuqing.core.times import now
from yuqing.monitor.run.workers import cores

mpl.use("agg")
from matplotlib import pyplot

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_000, 10_000, 100_000)
RECORD = Path(__file__).with_name("growth.json")
MEMORY = "memory"
T = TypeVar("T")


def store_seconds(count: int) -> dict[str, float]:
    """Seconds of put, and of the search for one phrase with facets."""
    items = list(make_items(count))
    with tempfile.TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder) / "store.sqlite")
        put = cpu_seconds(lambda: store.put(items))
        search = cpu_seconds(lambda: store.search(DAILY["互联网+教育"]), rounds=5)
        store.close()
    return {"store, in": put, "search with facets": search}


def rebuild(pages: int) -> dict[str, float]:
    """Wall-clock seconds on all cores; the archive was written before by another process."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        writer = multiprocessing.Process(target=write_archive, args=(archive, pages))
        writer.start()
        writer.join()
        seen = 0
        half = 0.0

        def count(_result: object) -> None:
            nonlocal seen, half
            seen += 1
            if seen == pages // 2:
                half = peak_mb()

        took = rebuild_seconds(archive, Path(folder) / "data", cores(), count)
    return {"rebuild": took, f"{MEMORY} of the rebuild, half way": half, f"{MEMORY} of the rebuild": peak_mb()}


def read_seconds(count: int) -> dict[str, float]:
    """Seconds of extract(), and of classify() on its results, for pages of 25 kB; the same 500 repeatedly."""
    rules = load_rules(ROOT / "keywords.yaml")
    urls = [f"http://h0.example.gov.cn/a/{number}.html" for number in range(500)]
    pages = [
        Page(url=url, body=page_text(number).encode(), source_id="", fetched_at=now())
        for number, url in enumerate(urls)
    ]
    articles = [article for page in pages if isinstance(article := extract(page), Article)]
    assert len(articles) == len(pages)
    return {
        "extract()": cpu_seconds(lambda: each(extract, pages, count)),
        "classify()": cpu_seconds(lambda: each(lambda article: classify(article, rules), articles, count)),
    }


def each(work: Callable[[T], object], things: list[T], count: int) -> None:
    """Apply ``work`` to ``count`` of ``things``, repeating them."""
    for thing in islice(cycle(things), count):
        work(thing)


def crawl_seconds(count: int) -> dict[str, float]:
    """Wall-clock seconds from loopback into the store, and the memory of the crawl at its end."""
    (crawled,) = run_all([OURS], count)
    marks: list[tuple[int, float, float]] = crawled["marks"]  # type: ignore[assignment]
    (_, half, _), (_, end, _) = marks[len(marks) // 2 - 1], marks[-1]
    seconds: float = crawled["seconds"]  # type: ignore[assignment]
    return {"crawl": seconds, f"{MEMORY} of the crawl, half way": half, f"{MEMORY} of the crawl": end}


JOBS: dict[str, Callable[[int], dict[str, float]]] = {
    "read": read_seconds,
    "store": store_seconds,
    "clusters": lambda count: {"clusters": cluster_seconds(count)},
    "report": lambda count: {"report": report_seconds(count)[0]},
    "rebuild": rebuild,
    "elastic": lambda count: {"Elasticsearch, in": put_seconds(count, node())},
    "crawl": crawl_seconds,
}


def peak_mb() -> float:
    """The peak memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def exponent(times: dict[int, float]) -> float:
    """The steepest growth between neighbouring points: 1 is linear; n log n is 1.12 between 10,000 and 100,000."""
    sizes = sorted(times)
    return max(math.log(times[b] / times[a], b / a) for a, b in pairwise(sizes))


def draw(series: dict[str, dict[int, float]], path: Path) -> None:
    """The plot, both axes logarithmic."""
    figure, axes = pyplot.subplots(figsize=(8.5, 4.5))
    for name, times in series.items():
        axes.plot(list(times), list(times.values()), marker="o", label=name)
    base = min(times[SIZES[0]] for times in series.values())
    for label, law in (("n", lambda n: n), ("n log n", lambda n: n * math.log(n))):
        axes.plot(SIZES, [base * law(n) / law(SIZES[0]) for n in SIZES], color="grey", linestyle="--", linewidth=0.8)
        axes.annotate(label, (SIZES[-1], base * law(SIZES[-1]) / law(SIZES[0])), fontsize=8)
    axes.set(xscale="log", yscale="log", xlabel="items", ylabel="seconds", title="Time by number of items")
    axes.legend(loc="upper left", bbox_to_anchor=(1.02, 1))  # next to the lines, so that it hides nothing
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def measure(job: str) -> None:
    """Run a job at each size, in a process each, and record its figures."""
    found: dict[str, dict[str, float]] = {}
    for count in SIZES:
        command = [sys.executable, "-m", "benchmarks.growth", "--one", job, str(count)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        for name, figure in json.loads(done.stdout.splitlines()[-1]).items():
            found.setdefault(name, {})[str(count)] = figure
        print(job, count, found, flush=True)
    record = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
    record |= found
    RECORD.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> None:
    """Measure, draw, and write the table."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(JOBS[sys.argv[2]](int(sys.argv[3]))))
        return
    for job in sys.argv[1:] or JOBS:
        measure(job)
    record = {
        name: {int(n): figure for n, figure in by.items()} for name, by in json.loads(RECORD.read_text("utf-8")).items()
    }
    times = {name: by for name, by in record.items() if not name.startswith(MEMORY)}
    draw(times, ROOT / "docs" / "growth.png")
    head = "| job | " + " | ".join(f"{n:,}" for n in SIZES) + " | steepest exponent |\n| --- |" + " ---: |" * 4 + "\n"
    rows = "".join(
        f"| {name} | "
        + " | ".join(f"{by[n]:,.0f} s" if by[n] >= 100 else f"{by[n]:.3g} s" for n in SIZES)
        + f" | {exponent(by):.2f} |\n"
        for name, by in times.items()
    )
    flat = "".join(
        f"| {name} | " + " | ".join(f"{by[n]:.0f} MB" for n in SIZES) + " | |\n"
        for name, by in record.items()
        if name.startswith(MEMORY)
    )
    Path(__file__).with_name("growth.md").write_text(head + rows + flat, "utf-8")
    print(head + rows + flat)


if __name__ == "__main__":
    main()
