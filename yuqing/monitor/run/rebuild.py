"""Recreating the items from the archive, after an improvement of the extractor or for a new store, without a single
request.

Map: spans of the archive are processed in child processes (page_processor.py) or on a Dask cluster (dask_engine.py).
Reduce: the results are stored here, in archive order, whatever finishes first; their reprint clusters are computed in
overlapping weeks (indexer/cluster_index.py), in bounded memory. So the number of processes affects nothing but time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from datetime import date
from functools import partial
from itertools import islice

from crawler.archive import Span, archive_files, spans
from yuqing.core.jsonio import from_json
from yuqing.core.records import PageResult
from yuqing.monitor.gc_tuning import collect_seldom
from yuqing.monitor.ledger_file import Run
from yuqing.monitor.logs import log_run
from yuqing.monitor.run.item_writer import open_writer, settle_shared
from yuqing.monitor.run.page_processor import PageFilter, PageProcessor, ProcessedPage, process_span
from yuqing.monitor.run.pipeline import RunSink
from yuqing.monitor.run.workers import cores, process_archived, set_processor, workers
from yuqing.monitor.workspace import Workspace

SPAN_BYTES = 1024 * 1024  # compressed; 50 to 150 pages: small enough for memory, large enough for one transaction


def run_rebuild(
    space: Workspace,
    since: date | None,
    on_result: Callable[[PageResult], None],
    only: Iterable[str] | None = None,
    processes: int | None = None,
    read: Callable[[PageFilter], Iterator[list[ProcessedPage]]] | None = None,
) -> Run:
    """Extract, tag and store again every archived article page fetched on or after ``since`` (and listed in ``only``).

    A page fetched several times is processed in the order of the fetches, so the last one wins. Records that cannot be
    read are counted as ``unreadable`` with file and byte. ``processes`` do the work (default: one per core), unless
    ``read`` yields results produced elsewhere, in archive order.
    """
    collect_seldom()
    ledger, wanted = space.ledger, PageFilter(since, None if only is None else frozenset(only))
    with ledger.recording("rebuild", space.versions()) as run:
        log_run(run)
        item_writer = open_writer(space)
        sink = RunSink(item_writer, ledger, run, on_result)
        found = (
            read(wanted)
            if read
            else _process_all(item_writer.processor, wanted, archive_spans(space), processes or cores())
        )
        for processed_pages in found:
            sink.keep(processed_pages)
        settle_shared(space, item_writer.days)
    return ledger.run(run)


def archive_spans(space: Workspace) -> Iterator[Span]:
    """The whole archive in spans, oldest first."""
    for path in archive_files(space.settings.archive_dir):
        yield from spans(path, SPAN_BYTES)


def _process_all(
    processor: PageProcessor, wanted: PageFilter, stretches: Iterator[Span], processes: int
) -> Iterator[list[ProcessedPage]]:
    """The results of :func:`process_span` for each span, in order; only a few are in progress at a time."""
    if processes == 1:  # no one to share the work with, so nothing to transfer
        yield from (process_span(processor, wanted, span) for span in stretches)
        return
    with workers(processes, partial(set_processor, processor)) as pool:
        ahead = 2 * processes + 1
        waiting: deque[Future[bytes]] = deque(
            pool.submit(process_archived, wanted, span) for span in islice(stretches, ahead)
        )
        while waiting:
            yield from_json(waiting.popleft().result(), list[ProcessedPage])
            waiting.extend(pool.submit(process_archived, wanted, span) for span in islice(stretches, 1))
