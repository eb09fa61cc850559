"""A rebuild on Dask by stages, with one worker and with two: ``python -m benchmarks.dask_rebuild [PAGES]``.

Needs the extra ``scale``. The archive is that of benchmarks/rebuild.py; each rebuild goes into a store of its own,
twice in turns. The wall clock, which is that of a quiet machine only, is taken from the first piece that came back:
before it the workers load program and rules, in the same time however many pages there are. CPU times hold under load
too, and say what two workers and the process that keeps can gain at best on the cores that there are.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from distributed import Client, LocalCluster

from benchmarks.rebuild import ROOT, write_archive
from yuqing.monitor.run import dask_engine
from yuqing.monitor.run.page_processor import PageFilter, PageProcessor, ProcessedPage
from yuqing.monitor.run.rebuild import run_rebuild
from yuqing.monitor.run.workers import cores
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace

TURNS = 2
Spent = dict[str, float]  # CPU seconds by stage


def watch() -> None:
    """Let a worker count the CPU seconds of each stage."""
    spent: Spent = vars(dask_engine).setdefault("spent", {})  # in a module, where `told` finds it again

    def timed(owner: Any, name: str, stage: str) -> None:
        method = getattr(owner, name)
        spent[stage] = 0.0

        def call(*given: Any, **named: Any) -> Any:
            began = time.thread_time()
            try:
                return method(*given, **named)
            finally:
                spent[stage] += time.thread_time() - began

        setattr(owner, name, call)

    timed(dask_engine.Reader, "setup", "load rules")
    timed(dask_engine, "process_pages", "read and extract")
    timed(PageProcessor, "process", "extract and tag")
    timed(dask_engine, "to_json", "pack")
    spent["begun"] = time.process_time()


def told() -> Spent:
    """The CPU seconds of a worker since :func:`watch`, by stages that exclude each other."""
    spent: Spent = dict(vars(dask_engine)["spent"])
    everything = time.process_time() - spent.pop("begun")
    spent["read pages"] = spent.pop("read and extract") - spent["extract and tag"]
    return {**spent, "Dask itself": everything - sum(spent.values())}


def rebuild(archive: Path, folder: Path, workers: int) -> tuple[float, Spent]:
    """Pages a second of the clock after the first piece, and the CPU seconds of all stages."""
    folder.mkdir()
    (folder / "archive").symlink_to(archive)
    came: list[tuple[float, float, int]] = []  # clock, CPU time of this process, pages

    def watched(found: Iterator[list[ProcessedPage]]) -> Iterator[list[ProcessedPage]]:
        for pages in found:
            came.append((time.perf_counter(), time.process_time(), len(pages)))
            yield pages

    settings = Settings(data=folder, sources=ROOT / "sources.yaml", keywords=ROOT / "keywords.yaml")
    with (
        workspace(settings) as space,
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        client.run(watch)

        def read(wanted: PageFilter) -> Iterator[list[ProcessedPage]]:
            on_dask = partial(dask_engine.read_on_dask, scheduler=cluster.scheduler_address, archive=str(archive))
            return watched(on_dask(space, wanted))

        run_rebuild(space, None, lambda _: None, read=read)
        clock, kept = time.perf_counter() - came[0][0], time.process_time() - came[0][1]
        there = client.run(told).values()
    pages = sum(count for _, _, count in came)
    after = pages - came[0][2]
    stages = {stage: sum(spent[stage] for spent in there) for stage in next(iter(there))}
    return after / clock, {**stages, "keep (one process)": kept * pages / after}


def main() -> None:
    """Measure and print."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rates: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_archive(folder / "archive", pages)
        for turn in range(TURNS):
            for workers, found in rates.items():
                rate, spent = rebuild(folder / "archive", folder / f"{turn}-{workers}", workers)
                found.append(rate)
                fixed = spent.pop("load rules")
                shown = ", ".join(f"{stage} {seconds / pages * 1000:.2f}" for stage, seconds in spent.items())
                print(f"workers: {workers}: {rate:.0f} pages/s; ms of CPU a page: {shown}", flush=True)
                kept = spent.pop("keep (one process)")
                there = sum(spent.values())
    bound = there / max((there + kept) / cores(), kept)
    print(f"loading the rules: {fixed / 2:.1f} s of CPU a worker, whatever the pages")
    print(f"one process keeps {there / kept:.1f} workers busy; two on {cores()} cores with it gain {bound:.2f} at best")
    print(f"measured: {median(rates[2]) / median(rates[1]):.2f}")


if __name__ == "__main__":
    main()
