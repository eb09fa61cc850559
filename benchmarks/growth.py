"""CPU time by number of items, as a plot: ``python -m benchmarks.growth`` writes docs/growth.png and growth.md.

Each point is a process of its own, at 1,000, 10,000 and 100,000 items.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl

from benchmarks.families import measure as family_seconds
from benchmarks.report import measure as report_seconds
from benchmarks.row import cpu_seconds
from benchmarks.store import QUERIES
from benchmarks.synthetic import make_items
from indexer.embedded import EmbeddedStore

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
        search = cpu_seconds(lambda: store.search(QUERIES["互联网+教育"]), rounds=5)
        store.close()
    return {"store, in": put, "search with facets": search}


def point(job: str, count: int) -> dict[str, float]:
    """Seconds at one size."""
    if job == "store":
        return store_seconds(count)
    return {"families": family_seconds(count)} if job == "families" else {"report": report_seconds(count)[0]}


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
    axes.set(xscale="log", yscale="log", xlabel="items", ylabel="CPU seconds", title="Time by number of items")
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def main() -> None:
    """Measure, draw, and write the table."""
    if len(sys.argv) > 1:
        print(json.dumps(point(sys.argv[1], int(sys.argv[2]))))
        return
    series: dict[str, dict[int, float]] = {}
    for job in ("store", "families", "report"):
        for count in SIZES:
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.growth", job, str(count)],
                cwd=ROOT, stdout=subprocess.PIPE, check=True,
            )  # fmt: skip
            for name, seconds in json.loads(done.stdout.splitlines()[-1]).items():
                series.setdefault(name, {})[count] = seconds
    draw(series, ROOT / "docs" / "growth.png")
    head = "| job | " + " | ".join(f"{n:,}" for n in SIZES) + " | steepest exponent |\n| --- |" + " ---: |" * 4 + "\n"
    rows = "".join(
        f"| {name} | " + " | ".join(f"{times[n]:.3g} s" for n in SIZES) + f" | {exponent(times):.2f} |\n"
        for name, times in series.items()
    )
    Path(__file__).with_name("growth.md").write_text(head + rows, "utf-8")
    print(head + rows)


if __name__ == "__main__":
    main()
