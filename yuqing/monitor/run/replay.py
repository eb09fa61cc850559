"""Processing saved pages instead of live ones: a manifest of files, or WARC files, through the same archive and
store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path

import msgspec
from msgspec.structs import replace

from crawler.archive import ArchiveWriter, read_pages
from crawler.sources import source_for
from yuqing.core.errors import FileError, Problem
from yuqing.core.files import check_file, read_file
from yuqing.core.records import Outcome, Page, PageResult
from yuqing.core.times import SHANGHAI
from yuqing.core.urls import printable, url_fault
from yuqing.monitor.ledger_file import Run
from yuqing.monitor.logs import log_run
from yuqing.monitor.run.item_writer import open_writer
from yuqing.monitor.run.pipeline import RunSink
from yuqing.monitor.workspace import Workspace

MOST_TOLD = 10
TAKES = "--replay takes a manifest (.jsonl) or a WARC file."


class ManifestLine(msgspec.Struct):
    """One saved page: the file, relative to the manifest's folder, and what is known about it."""

    file: str
    site: str = ""
    url: str | None = None
    kind: str = "article"


def run_replay(space: Workspace, path: Path, limit: int | None, on_result: Callable[[PageResult], None]) -> Run:
    """Send the pages of ``path`` (a manifest .jsonl or a WARC file) through archive, store and ledger."""
    check_file(path, TAKES)
    lines = [] if _is_warc(path) else read_manifest(path)
    ledger = space.ledger
    with ledger.recording(f"replay {path.name}", space.versions()) as run:
        log_run(run)
        sink = RunSink(open_writer(space), ledger, run, on_result)
        with closing(ArchiveWriter(space.settings.archive_dir, run)) as writer:
            for page in islice(_pages(path, lines, sink), limit):
                if fault := url_fault(page.url):
                    sink.count(_bad_address(page, fault))
                    continue
                known = source_for(page.url, space.sources)
                page = replace(page, source_id=known.id if known else page.source_id)
                writer.write(page)
                sink.keep([sink.item_writer.processor.process(page)])
    return ledger.run(run)


def _is_warc(path: Path) -> bool:
    return path.name.endswith((".warc", ".warc.gz"))


def _pages(path: Path, lines: list[ManifestLine], sink: RunSink) -> Iterator[Page]:
    if _is_warc(path):
        yield from read_pages(path, lambda text: sink.count(_unreadable(path, text)))
    else:
        yield from _manifest_pages(path, lines, sink)


def read_manifest(path: Path) -> list[ManifestLine]:
    """The lines of a manifest, read before anything is written. Raises FileError with the first invalid lines."""
    lines, problems = [], []
    for number, text in enumerate(read_file(path, TAKES).splitlines(), 1):
        if not text.strip():
            continue
        try:
            lines.append(msgspec.json.decode(text, type=ManifestLine))
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            problems.append(Problem(path, number, 1, f"not a valid manifest line: {error}"))
            if len(problems) == MOST_TOLD:  # another file was named
                break
    if problems:
        raise FileError(problems)
    return lines


def _manifest_pages(path: Path, lines: list[ManifestLine], sink: RunSink) -> Iterator[Page]:
    for line in lines:
        file = path.parent / line.file
        try:
            body = file.read_bytes()
            fetched = datetime.fromtimestamp(file.stat().st_mtime, SHANGHAI).replace(microsecond=0)
        except (OSError, ValueError, OverflowError) as error:  # missing; NUL in its name; a time out of range
            sink.count(_unreadable(file, f"{file}: {getattr(error, 'strerror', '') or error}"))
            continue
        yield Page(
            url=line.url or made_up_url(line),
            body=body,
            source_id=line.site,
            fetched_at=fetched,
            kind="listing" if line.kind == "listing" else "article",
        )


def made_up_url(line: ManifestLine) -> str:
    """A stable URL on the page's site, for a saved page whose own URL is unknown."""
    mark = hashlib.sha256(line.file.encode()).hexdigest()[:12]
    return f"http://{line.site or 'unknown.invalid'}/saved/{mark}.html"


def _unreadable(path: Path, text: str) -> PageResult:
    return PageResult(url=str(path), source_id="", outcome=Outcome.UNREADABLE, detail=text)


def _bad_address(page: Page, fault: str) -> PageResult:
    return PageResult(url=printable(page.url), source_id=page.source_id, outcome=Outcome.BAD_ADDRESS, detail=fault)
