"""Child processes that process pages or draft a report, so that all cores are used.

They are forked before there is a reactor or a thread (except the demo web's, still idle), share what the parent has
loaded, and end with it however it ends: each waits on a pipe that only the parent holds open.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from crawler.archive import Span
from yuqing.core.jsonio import to_json
from yuqing.core.records import Page
from yuqing.monitor.run.page_processor import PageFilter, PageProcessor, process_span

_processor: PageProcessor  # in a worker


def cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0))


@contextmanager
def workers(count: int, begin: Callable[[], object]) -> Iterator[ProcessPoolExecutor]:
    """A pool of ``count`` processes that call ``begin`` first; tasks not yet started are dropped when the block ends.

    ``begin`` stores what the worker's tasks need: it is inherited by the fork, while a task's arguments are pickled.
    """
    ours, theirs = os.pipe()
    pool = ProcessPoolExecutor(
        count, multiprocessing.get_context("fork"), initializer=_begin, initargs=(ours, theirs, begin)
    )
    try:
        pool.submit(int).result()  # fork now
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
        os.close(ours)
        os.close(theirs)


def process_archived(wanted: PageFilter, span: Span) -> bytes:
    """Process a span of the archive in a worker; returns a list of processed pages as JSON.

    Pickling would take longer, also in the parent, which reads the result and has the store to write.
    """
    return to_json(process_span(_processor, wanted, span))


def process_fetched(pages: list[Page]) -> bytes:
    """Process the pages of a crawl in a worker; returns a processed page for each, as JSON."""
    return to_json([_processor.process(page) for page in pages])


def set_processor(processor: PageProcessor) -> None:
    """Set the processor of this worker."""
    global _processor
    _processor = processor


def _begin(ours: int, theirs: int, begin: Callable[[], object]) -> None:
    begin()
    # Ctrl-C and a service stop reach all processes of the group, but the parent decides when this one is done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.close(theirs)

    def wait() -> None:
        os.read(ours, 1)  # returns when the parent is gone, even after kill -9
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
