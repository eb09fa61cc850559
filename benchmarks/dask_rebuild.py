"""The map step of a rebuild on a Dask cluster: ``python -m benchmarks.dask_rebuild ARCHIVE [SCHEDULER]``.

Without a scheduler's address, two local workers. Prints how many pages were read; docs/scale.md says what for.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from dask.distributed import Client, LocalCluster

from classifiers.rules import load_rules
from crawler.archive import Span, archive_files, spans
from crawler.sources import load_sources
from yuqing.core.times import Windows
from yuqing.monitor.run.page_processor import PageFilter, PageProcessor, ProcessedPage, process_span
from yuqing.monitor.run.rebuild import SPAN_BYTES

ROOT = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)  # once a worker
def processor() -> PageProcessor:
    """The reader by this checkout's rules and sources, which every worker must have."""
    return PageProcessor(load_rules(ROOT / "keywords.yaml"), load_sources(ROOT / "sources.yaml"), Windows())


def process_there(span: Span) -> list[ProcessedPage]:
    """Read a stretch of the archive in a worker."""
    return process_span(processor(), PageFilter(), span)


def read_archive(client: Client, folder: Path, size: int = SPAN_BYTES) -> Sequence[list[ProcessedPage]]:
    """What each stretch of the archive gives, in the order of the archive."""
    stretches = [span for path in archive_files(folder) for span in spans(path, size)]
    found: Sequence[list[ProcessedPage]] = client.gather(client.map(process_there, stretches))
    return found


def main() -> None:
    """Read an archive and count."""
    folder = Path(sys.argv[1])
    if len(sys.argv) > 2:
        with Client(sys.argv[2]) as client:
            found = read_archive(client, folder)
    else:
        with (
            LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            found = read_archive(client, folder)
    print(f"{sum(map(len, found))} pages in {len(found)} stretches")


if __name__ == "__main__":
    main()
