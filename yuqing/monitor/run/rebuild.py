"""Items again from the archive: after a better extractor or a new store, without a single request.

Map: stretches of the archive are read in processes beside this one (reading.py). Reduce: what was read is kept
here, in the order of the archive, whatever finishes first. So the number of processes changes nothing but time.
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
from yuqing.monitor.logs import log_run
from yuqing.monitor.run.garbage import collect_seldom
from yuqing.monitor.run.ledger import Run
from yuqing.monitor.run.pipeline import Desk
from yuqing.monitor.run.reading import Reader, Reading, Wanted, read_span
from yuqing.monitor.run.workers import cores, keep_reader, read_archived, workers
from yuqing.monitor.workspace import Workspace

SPAN_BYTES = 1024 * 1024  # compressed; 50 to 150 pages: small enough for memory, large enough for one transaction


def run_rebuild(
    space: Workspace,
    since: date | None,
    on_result: Callable[[PageResult], None],
    only: Iterable[str] | None = None,
    processes: int | None = None,
) -> Run:
    """Send every archived article page fetched on or after ``since`` (and named in ``only``) through the flow again.

    A page fetched several times is taken in the order of the fetches, so the last one stands. Records that
    cannot be read are counted as ``unreadable`` with file and byte. ``processes`` read (none: one a core).
    """
    collect_seldom()
    ledger, wanted = space.ledger, Wanted(since, None if only is None else frozenset(only))
    with ledger.recording("rebuild", space.versions()) as run:
        log_run(run)
        flow = space.flow()
        desk = Desk(flow, ledger, run, on_result)
        for readings in _read_all(flow.reader, wanted, archive_spans(space), processes or cores()):
            desk.keep(readings)
    return ledger.run(run)


def archive_spans(space: Workspace) -> Iterator[Span]:
    """The whole archive in stretches, oldest first."""
    for path in archive_files(space.settings.archive_dir):
        yield from spans(path, SPAN_BYTES)


def _read_all(reader: Reader, wanted: Wanted, stretches: Iterator[Span], processes: int) -> Iterator[list[Reading]]:
    """What :func:`read_span` gives for each stretch, in order; only a few are under way at a time."""
    if processes == 1:  # nothing to share the work with, so nothing to carry
        yield from (read_span(reader, wanted, span) for span in stretches)
        return
    with workers(processes, partial(keep_reader, reader)) as pool:
        ahead = 2 * processes + 1
        waiting: deque[Future[bytes]] = deque(
            pool.submit(read_archived, wanted, span) for span in islice(stretches, ahead)
        )
        while waiting:
            yield from_json(waiting.popleft().result(), list[Reading])
            waiting.extend(pool.submit(read_archived, wanted, span) for span in islice(stretches, 1))
