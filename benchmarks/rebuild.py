"""Rebuilding the items from the archive on all cores compared with one process: ``python -m benchmarks.rebuild
[PAGES]``.

The archive has the pages of benchmarks/crawl.py, fetched day by day: 500 a day from the last four days, of which 100
are relevant, 5 of these being reprints; and 10 a day from a backfill that goes back through the years. Wall-clock time,
because several processes work; use a quiet machine. At the start and the end of a run not all cores have work, 0.4 s in
total: a rebuild of 3,000 pages gives a ratio of 1.67 to 1.78, one of 10,000 pages 1.90.
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.crawl import A_DAY, page_text, words
from benchmarks.row import Row, Target
from crawler.archive import ArchiveWriter
from yuqing.core.records import Page
from yuqing.core.times import SHANGHAI
from yuqing.monitor.run.rebuild import run_rebuild
from yuqing.monitor.run.workers import cores
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace

ROOT = Path(__file__).resolve().parents[1]
START = datetime(2018, 3, 14, 9, tzinfo=SHANGHAI)


def archived(number: int) -> tuple[datetime, bytes]:
    """When the page was fetched, and its content."""
    pick = random.Random(number)
    fetched = START + timedelta(days=number // A_DAY)
    if number % 50 == 25:  # backfill
        day = START.date() - timedelta(days=40 + number // 100 + pick.randrange(10))
    else:
        day = fetched.date() - timedelta(days=pick.randrange(4))
    story = number - 20 if number % 100 == 60 else number
    return fetched, page_text.__wrapped__(number, day, story).encode()


def write_archive(folder: Path, pages: int) -> None:
    """``pages`` articles in one WARC file."""
    words()
    writer = ArchiveWriter(folder, "20180314-090000")
    for number in range(pages):
        url = f"http://h0.example.gov.cn/a/{number}.html"
        fetched, body = archived(number)
        writer.write(Page(url=url, body=body, source_id="", fetched_at=fetched))
    writer.close()


def seconds(archive: Path, data: Path, processes: int, count: Callable[[object], None] = lambda _: None) -> float:
    """Wall-clock time of a rebuild into a new store; ``count`` is called for each page."""
    data.mkdir()
    (data / "archive").symlink_to(archive)
    settings = Settings(data=data, sources=ROOT / "sources.yaml", keywords=ROOT / "keywords.yaml")
    with workspace(settings) as space:
        space.versions()
        began = time.perf_counter()
        run_rebuild(space, None, count, processes=processes)
        return time.perf_counter() - began


def side_by_side(archive: Path, folder: Path) -> float:
    """Wall-clock time of simultaneous rebuilds of one process each, one per core, each into its own store; the
    slowest."""
    with multiprocessing.Pool(cores()) as pool:
        return max(pool.starmap(seconds, [(archive, folder / f"own{n}", 1) for n in range(cores())], chunksize=1))


def rows(pages: int = 10_000) -> list[Row]:
    """Compared with one process; the note says how much more work the cores do if no process waits for another."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_archive(folder / "archive", pages)
        one = seconds(folder / "archive", folder / "one", 1)
        ours = seconds(folder / "archive", folder / "all", cores())
        most = cores() * one / side_by_side(folder / "archive", folder)
    made = {"job": f"rebuild of {pages:,} pages", "unit": "pages/s", "baseline_name": "one process"}
    note = f"{cores()} rebuilds of one process each, side by side, do {most:.2f} times the work of one alone"
    return [
        Row(**made, ours=pages / ours, baseline=pages / one, target=Target("ratio", ">=", 1.8), note=note),
        Row(**made | {"job": "rebuild, rate"}, ours=pages / ours, baseline=pages / one,
            target=Target("ours", ">=", 400)),
    ]  # fmt: skip


if __name__ == "__main__":
    print(*rows(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000), sep="\n")
