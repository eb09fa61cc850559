"""The map step of a rebuild on the workers of a Dask cluster (extra ``scale``), each of which reads the archive itself.

A worker that dies is no loss: Dask gives its pieces to another one. What was read comes back in the order of the
archive, and a few pieces a worker are under way, so neither memory nor order depend on the number of workers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from distributed import Client, Future, KilledWorker, Worker, WorkerPlugin

from classifiers.rules import load_rules
from crawler.archive.anywhere import Archive, Piece
from crawler.sources import load_sources
from yuqing.core.errors import YuqingError
from yuqing.core.jsonio import from_json, to_json
from yuqing.core.times import Windows
from yuqing.monitor.run.page_processor import PageFilter, PageProcessor, ProcessedPage, process_pages
from yuqing.monitor.run.rebuild import SPAN_BYTES
from yuqing.monitor.workspace import Workspace

WAIT_SECONDS = 30
AHEAD = 3  # pieces a worker: one that is read, one that waits for it, one whose answer waits to be kept

_reader: tuple[PageProcessor, Archive]  # of a worker


class Reader(WorkerPlugin):  # type: ignore[misc]  # of no type where the extra is absent
    """What a worker reads with, set up once on each, also on those that come later."""

    name = "yuqing-reader"

    def __init__(self, space: Workspace, archive: str) -> None:
        self.release = version("yuqing")
        self.files = {path.name: path.read_bytes() for path in (space.settings.keywords, space.settings.sources)}
        self.keywords, self.sources = space.settings.keywords.name, space.settings.sources.name
        self.windows: Windows = space.settings.review_windows
        self.archive = archive

    def setup(self, worker: Worker) -> None:
        """Load the rules. Raises YuqingError where the worker would not read as this machine does."""
        global _reader
        if version("yuqing") != self.release:
            raise YuqingError(f"{worker.address}: yuqing {version('yuqing')} there, {self.release} here.")
        if worker.state.nthreads != 1:
            raise YuqingError(f"{worker.address}: has {worker.state.nthreads} threads; start it with --nthreads 1.")
        with TemporaryDirectory() as folder:
            for name, data in self.files.items():
                Path(folder, name).write_bytes(data)
            rules, sources = load_rules(Path(folder, self.keywords)), load_sources(Path(folder, self.sources))
        _reader = PageProcessor(rules, sources, self.windows), Archive(self.archive)


def read_there(wanted: PageFilter, piece: Piece) -> bytes:
    """Read a piece of the archive in a worker: a list of processed pages, as JSON."""
    processor, archive = _reader
    return to_json(process_pages(processor, wanted, piece.file, lambda on_bad: archive.read(piece, on_bad)))


def read_on_dask(space: Workspace, wanted: PageFilter, scheduler: str, archive: str) -> Iterator[list[ProcessedPage]]:
    """What is in the archive at the address ``archive``, read by the workers of ``scheduler``, in order.

    Raises YuqingError where no worker comes, or one piece kills each worker that reads it.
    """
    with _connected(scheduler) as client:
        client.register_plugin(Reader(space, archive))
        pieces = Archive(archive).pieces(SPAN_BYTES)
        waiting: deque[tuple[Piece, Future]] = deque()
        while True:
            wished = AHEAD * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
            for piece in islice(pieces, max(wished - len(waiting), 0)):
                waiting.append((piece, client.submit(read_there, wanted, piece, pure=False)))
            if not waiting:
                return
            piece, future = waiting.popleft()
            try:
                yield from_json(future.result(), list[ProcessedPage])
            except KilledWorker as error:
                raise YuqingError(
                    f"{piece.file}: what stands at byte {piece.start} killed every worker that read it; do they have "
                    "enough memory? What was read before is stored; the same command goes on from the beginning."
                ) from error


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    try:
        client = Client(scheduler, timeout=WAIT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise YuqingError(f"{scheduler}: no Dask scheduler answers; start one with `dask scheduler`.") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=WAIT_SECONDS)
        except TimeoutError as error:
            raise YuqingError(
                f"{scheduler}: the scheduler has no worker; start some with `dask worker {scheduler} --nthreads 1`."
            ) from error
        yield client
