"""A rebuild on one and on two Dask workers compared with one process: ``python -m benchmarks.dask_rebuild [PAGES]``.

The archive is that of benchmarks/rebuild.py. Prints pages per second of wall-clock time, and the CPU milliseconds per
page of the workers and of this process, which stores the results: the quotient says how many workers it can keep up
with, whatever else runs on the machine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from dask.distributed import Client, LocalCluster

from benchmarks.rebuild import ROOT, write_archive
from yuqing.monitor.run.dask_engine import read_on_dask
from yuqing.monitor.run.rebuild import run_rebuild
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace


def seconds(archive: Path, data: Path, scheduler: str = "") -> tuple[float, float]:
    """Wall-clock time of a rebuild into a new store and CPU seconds of this process; without a scheduler it works
    alone."""
    data.mkdir()
    (data / "archive").symlink_to(archive)
    settings = Settings(data=data, sources=ROOT / "sources.yaml", keywords=ROOT / "keywords.yaml")
    with workspace(settings) as space:
        space.versions()
        read = partial(read_on_dask, space, scheduler=scheduler, archive=str(archive)) if scheduler else None
        began, spent = time.perf_counter(), time.process_time()
        run_rebuild(space, None, lambda _: None, processes=1, read=read)
        return time.perf_counter() - began, time.process_time() - spent


def main() -> None:
    """Measure and print."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_archive(folder / "archive", pages)
        wall, own = seconds(folder / "archive", folder / "alone")
        print(f"one process: {pages / wall:.0f} pages/s, {own / pages * 1000:.2f} ms of CPU a page", flush=True)
        for count in (1, 2):
            with (
                LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None) as cluster,
                Client(cluster) as client,
            ):
                before = sum(client.run(time.process_time).values())
                wall, own = seconds(folder / "archive", folder / str(count), cluster.scheduler_address)
                theirs = sum(client.run(time.process_time).values()) - before
            print(
                f"workers: {count}: {pages / wall:.0f} pages/s, {theirs / pages * 1000:.2f} ms of CPU a page there, "
                f"{own / pages * 1000:.2f} here, which keeps {theirs / own:.1f} workers busy",
                flush=True,
            )


if __name__ == "__main__":
    main()
