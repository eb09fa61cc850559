"""Time by number of items, as a plot: ``python -m benchmarks.growth`` writes docs/growth.png and growth.md.

Each point is a process of its own, at 1,000, 10,000 and 100,000 items. CPU seconds; of the rebuild, which is
several processes, seconds of the clock. The rebuild streams, so its memory must stay flat; the others hold their items.
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
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl

from benchmarks.families import measure as family_seconds
from benchmarks.rebuild import seconds as rebuild_seconds
from benchmarks.rebuild import write_archive
from benchmarks.report import measure as report_seconds
from benchmarks.row import cpu_seconds
from benchmarks.store import DAILY
from benchmarks.synthetic import make_items
from indexer.embedded import EmbeddedStore
from monitor.workers import cores

mpl.use("agg")
from matplotlib import pyplot

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_000, 10_000, 100_000)


def store_seconds(count: int) -> dict[str, float]:
    """Seconds of put, and of the search for one phrase with facets."""
    items = list(make_items(count))
    with tempfile.TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder) / "store.sqlite")
        put = cpu_seconds(lambda: store.put(items))
        search = cpu_seconds(lambda: store.search(DAILY["互联网+教育"]), rounds=5)
        store.close()
    return {"store, in": put, "search with facets": search}


def rebuild(count: int) -> dict[str, float]:
    """Seconds of the clock over all cores, the archive written before by another process."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        writer = multiprocessing.Process(target=write_archive, args=(archive, count))
        writer.start()
        writer.join()
        return {"rebuild": rebuild_seconds(archive, Path(folder) / "data", cores())}


JOBS: dict[str, Callable[[int], dict[str, float]]] = {
    "store": store_seconds,
    "families": lambda count: {"families": family_seconds(count)},
    "report": lambda count: {"report": report_seconds(count)[0]},
    "rebuild": rebuild,
}


def peak_mb() -> float:
    """The most memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def exponent(times: dict[int, float]) -> float:
    """The steepest growth between neighbours: 1 is linear; n log n is 1.12 between 10,000 and 100,000."""
    sizes = sorted(times)
    return max(math.log(times[b] / times[a], b / a) for a, b in pairwise(sizes))


def draw(series: dict[str, dict[int, float]], path: Path) -> None:
    """The plot, both axes logarithmic."""
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for name, times in series.items():
        axes.plot(list(times), list(times.values()), marker="o", label=name)
    base = min(times[SIZES[0]] for times in series.values())
    for label, law in (("n", lambda n: n), ("n log n", lambda n: n * math.log(n))):
        axes.plot(SIZES, [base * law(n) / law(SIZES[0]) for n in SIZES], color="grey", linestyle="--", linewidth=0.8)
        axes.annotate(label, (SIZES[-1], base * law(SIZES[-1]) / law(SIZES[0])), fontsize=8)
    axes.set(xscale="log", yscale="log", xlabel="items", ylabel="seconds", title="Time by number of items")
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def main() -> None:
    """Measure, draw, and write the table."""
    if len(sys.argv) > 1:
        print(json.dumps(JOBS[sys.argv[1]](int(sys.argv[2])) | {"MB": peak_mb()}))
        return
    series: dict[str, dict[int, float]] = {}
    memory: dict[int, float] = {}
    for job in JOBS:
        for count in SIZES:
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.growth", job, str(count)],
                cwd=ROOT, stdout=subprocess.PIPE, check=True,
            )  # fmt: skip
            found = json.loads(done.stdout.splitlines()[-1])
            megabytes = found.pop("MB")
            if job == "rebuild":
                memory[count] = megabytes
            for name, seconds in found.items():
                series.setdefault(name, {})[count] = seconds
    draw(series, ROOT / "docs" / "growth.png")
    head = "| job | " + " | ".join(f"{n:,}" for n in SIZES) + " | steepest exponent |\n| --- |" + " ---: |" * 4 + "\n"
    rows = "".join(
        f"| {name} | " + " | ".join(f"{times[n]:.3g} s" for n in SIZES) + f" | {exponent(times):.2f} |\n"
        for name, times in series.items()
    )
    flat = "| memory of the rebuild | " + " | ".join(f"{memory[n]:.0f} MB" for n in SIZES) + " | |\n"
    Path(__file__).with_name("growth.md").write_text(head + rows + flat, "utf-8")
    print(head + rows + flat)


if __name__ == "__main__":
    main()
