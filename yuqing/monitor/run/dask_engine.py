"""The map step of a rebuild on the workers of a Dask cluster (extra ``scale``), each of which reads the archive itself.

The loss of a worker does no harm: Dask gives its pieces to another one. Results are returned in archive order, and only
a few pieces per worker are in progress, so neither memory nor order depend on the number of workers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from socket import create_connection
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from distributed import Client, Future, KilledWorker, Worker, WorkerPlugin

from classifiers.rules import load_rules
from crawler.archive.anywhere import Archive, Piece
from crawler.sources import load_sources
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.jsonio import from_json, to_json
from yuqing.core.times import Windows
from yuqing.monitor.gc_tuning import collect_seldom
from yuqing.monitor.run.page_processor import PageFilter, PageProcessor, ProcessedPage, process_pages
from yuqing.monitor.run.rebuild import SPAN_BYTES
from yuqing.monitor.workspace import Workspace

WAIT_SECONDS = 30
AHEAD = 3  # pieces per worker: one in progress, one waiting for it, one whose result waits to be stored

_reader: tuple[PageProcessor, Archive]  # in a worker


class Reader(WorkerPlugin):  # type: ignore[misc]  # untyped if the extra is not installed
    """A worker's processor and archive, set up once on each, also on those that join later."""

    name = "yuqing-reader"

    def __init__(self, space: Workspace, archive: str) -> None:
        self.release = version("yuqing")
        self.files = {path.name: path.read_bytes() for path in (space.settings.keywords, space.settings.sources)}
        self.keywords, self.sources = space.settings.keywords.name, space.settings.sources.name
        self.windows: Windows = space.settings.review_windows
        self.archive = archive

    def setup(self, worker: Worker) -> None:
        """Load the rules. Raises YuqingError if the worker would not work as this machine does."""
        global _reader
        collect_seldom()
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
    """Process a piece of the archive in a worker; returns a list of processed pages as JSON."""
    processor, archive = _reader
    return to_json(process_pages(processor, wanted, piece.file, lambda on_bad: archive.read(piece, on_bad)))


def read_on_dask(space: Workspace, wanted: PageFilter, scheduler: str, archive: str) -> Iterator[list[ProcessedPage]]:
    """The contents of the archive at ``archive``, processed by the workers of ``scheduler``, in order.

    Raises YuqingError if there is no worker, or one piece kills every worker that processes it.
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
                    f"{piece.file}: the piece at byte {piece.start} killed every worker that read it; check that they "
                    "have enough memory. What was read before is stored; the same command starts from the beginning."
                ) from error


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    try:
        parts = urlsplit(scheduler if "://" in scheduler else f"tcp://{scheduler}")
        if not (parts.hostname and parts.port):
            raise UsageError(f"{scheduler}: write the address of the Dask scheduler as tcp://HOST:8786.")
        # A Client that cannot connect waits for a minute more when it is thrown away.
        create_connection((parts.hostname, parts.port), WAIT_SECONDS).close()
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
