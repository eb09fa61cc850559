"""How long the command line takes to answer: help, and a search in a small store. Baseline: bare Python with typer."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.row import Row, Target
from benchmarks.synthetic import make_items
from indexer.embedded import EmbeddedStore

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5


def seconds(words: list[str], environment: dict[str, str]) -> float:
    """CPU seconds of a new interpreter, the least of ROUNDS."""
    best = float("inf")
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def rows() -> list[Row]:
    """Both commands."""
    with tempfile.TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder) / "yuqing.db")
        store.put(make_items(2000))
        store.close()
        environment = {**os.environ, "YUQING_DATA": folder}
        bare = seconds(["-c", "import typer"], environment)
        name = "import typer"
        return [
            Row(job="yuqing --help", unit="s", ours=seconds(["-m", "monitor.cli", "--help"], environment),
                baseline_name=name, baseline=bare, target=Target("ours", "<=", 0.25)),
            Row(job="yuqing search, cold", unit="s", baseline_name=name, baseline=bare,
                ours=seconds(["-m", "monitor.cli", "search", "互联网+教育"], environment),
                target=Target("ours", "<=", 0.8)),
        ]  # fmt: skip


if __name__ == "__main__":
    print(*rows(), sep="\n")
