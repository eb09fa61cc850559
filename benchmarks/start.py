"""How long the command line takes to respond: help, and a search in a small store. Baseline: bare Python with typer."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.row import Row, Target
from benchmarks.synthetic import make_items
from indexer.embedded import EmbeddedStore

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 7
HELP = ["-m", "yuqing.monitor.cli", "--help"]
SEARCH = ["-m", "yuqing.monitor.cli", "search", "互联网+教育"]


def seconds(words: list[str], environment: dict[str, str]) -> float:
    """CPU seconds of a new interpreter."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rows() -> list[Row]:
    """Both commands and the baseline alternately, medians."""
    commands = {"help": HELP, "search": SEARCH, "bare": ["-c", "import typer"]}
    with tempfile.TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder) / "yuqing.db")
        store.put(make_items(2000))
        store.close()
        environment = {**os.environ, "YUQING_DATA": folder}
        rounds = [{name: seconds(words, environment) for name, words in commands.items()} for _ in range(ROUNDS)]
    took = {name: median(found[name] for found in rounds) for name in commands}
    made = {"unit": "s", "baseline_name": "import typer", "baseline": took["bare"]}
    return [
        Row(job="yuqing --help", ours=took["help"], target=Target("ours", "<=", 0.25), **made),
        Row(job="yuqing search, cold", ours=took["search"], target=Target("ours", "<=", 0.8), **made),
    ]


if __name__ == "__main__":
    print(*rows(), sep="\n")
