"""What an edit of keywords.yaml would change in a window of 20,000 items: ``python -m benchmarks.retag [ITEMS]``.

A dry run over the items of benchmarks/report.py, all of them relevant. Wall-clock time, because all cores work; the
note gives the CPU time per core, which does not depend on other load. An analyst waits for it, so it has a limit in
seconds and no baseline.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import WINDOW, items
from benchmarks.row import Row, Target
from yuqing.monitor.run.retag import run_retag
from yuqing.monitor.run.workers import cores
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace

ROOT = Path(__file__).resolve().parents[1]


class Took(NamedTuple):
    """Seconds: wall-clock time, and CPU time per core."""

    wall: float
    core: float


def _processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def dry_run(count: int) -> Took:
    """The dry run of ``count`` items, with the rules loaded."""
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(data=Path(name), sources=ROOT / "sources.yaml", keywords=ROOT / "keywords.yaml")
        with workspace(settings) as space:
            space.store.put(items(count))
            space.versions()
            began, before = time.perf_counter(), _processor()
            run_retag(space, WINDOW.name, apply=False)
            return Took(time.perf_counter() - began, (_processor() - before) / cores())


def rows(count: int = 20_000) -> list[Row]:
    """The dry run."""
    took = dry_run(count)
    return [
        Row(job=f"retag --dry-run of {count:,} items", unit="s", ours=took.wall, target=Target("ours", "<=", 10),
            note=f"{took.core:.1f} s of processor time on each of {cores()} cores")
    ]  # fmt: skip


def main() -> None:
    """Print the seconds."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    took = dry_run(count)
    print(f"retag --dry-run of {count:,} items: {took.wall:.1f} s, of processor time {took.core:.1f} on each core")


if __name__ == "__main__":
    main()
