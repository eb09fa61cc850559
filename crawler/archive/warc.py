"""The archive: every fetched page as a WARC response record, written before the page is processed.

One gzip member per record, so that a file cut short by a crash loses only its last record. What WARC has no field for
(source, kind, list link, parts) is kept in one extension header as JSON. Files are closed at ``MAX_BYTES`` and named by
day and run, so that several crawls never write to the same file; once a month the files of a day are packed into one
(crawler/archive/tidy.py). Data is synced to disk every ``SYNC_SECONDS`` and when a file is closed; the next start
reports what a power failure took.
"""

from __future__ import annotations

import io
import json
import os
import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import Literal

import msgspec
from msgspec.structs import replace
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.gzip_members import GZIP, GZIP_BITS, Bytes, inflate, members, open_file
from crawler.archive.packs import contents, is_pack, run_of, warc_files, without_held
from yuqing.core.errors import YuqingError
from yuqing.core.records import Link, Page
from yuqing.core.times import SHANGHAI

MAX_BYTES = 512 * 1024 * 1024
# On an SSD, pages of 22 kB per second: 190 with a sync per page, 1,700 to 2,300 with one every 5 s or none; 25 ms each.
SYNC_SECONDS = 5.0
# warcio uses 9. Saved pages of 125 KB: 2.6 ms at 9, 1.5 at 6, 1.0 at 4, leaving 21.7, 21.8, 22.7 % of the bytes.
GZIP_LEVEL = 4
META = "X-Yuqing-Meta"
_HEAD_BYTES = 4096  # a head has about 600; the URL is in its first lines
_TARGET = re.compile(rb"^WARC-Target-URI:(.*)$", re.MULTILINE)
_DROP = {"content-encoding", "transfer-encoding", "content-length"}  # the body is stored decoded


class _Meta(msgspec.Struct, omit_defaults=True):
    """The extension header of a record."""

    source: str
    kind: Literal["article", "listing", "part", "control"] = "article"
    link: Link | None = None
    parts: list[str] = []
    links: int = 0
    note: str = ""
    added_by: str = ""


class ArchiveWriter:
    """Appends pages to WARC files below ``folder``; raises YuqingError if the disk fails."""

    def __init__(self, folder: Path, run: str) -> None:
        self._folder, self._run, self._number = folder, run, 0
        self._file: FileIO | None = None
        self._synced = 0.0

    def write(self, page: Page) -> None:
        """Append ``page``, its parts first; on return the bytes have been handed to the operating system."""
        for part in page.parts:
            self._record(part)
        self._record(page)

    def close(self) -> None:
        """Sync the current file to disk and close it."""
        if self._file:
            try:
                os.fsync(self._file)
            finally:
                self._file.close()
                self._file = None

    def _record(self, page: Page) -> None:
        memory = io.BytesIO()
        writer = WARCWriter(memory, gzip=False)
        writer.write_record(_to_record(writer, page))
        data = memoryview(zlib.compress(memory.getbuffer(), GZIP_LEVEL, GZIP_BITS))
        try:
            file = self._open(page.fetched_at)
            start = _size(file)
            try:
                while data:
                    data = data[file.write(data) :]
            except OSError:
                file.truncate(start)  # no half record: the next one must follow a complete one
                raise
            if time.monotonic() - self._synced >= SYNC_SECONDS:
                os.fsync(file)
                self._synced = time.monotonic()
        except OSError as error:
            raise YuqingError(
                f"{self._folder}: the archive cannot be written ({error.strerror}). "
                "Free some disk space or make the folder writable, then run the same command again."
            ) from error

    def _open(self, when: datetime) -> FileIO:
        if self._file and _size(self._file) < MAX_BYTES:
            return self._file
        self.close()
        self._number += 1
        day = when.astimezone(SHANGHAI)
        folder = self._folder / f"{day:%Y}" / f"{day:%m}"
        folder.mkdir(parents=True, exist_ok=True)
        # Unbuffered: what a full disk rejects must not be written later, when there is space again.
        self._file = (folder / f"{day:%Y%m%d}-{self._run}-{self._number:03}.warc.gz").open("ab", buffering=0)
        return self._file


def _size(file: FileIO) -> int:
    return os.fstat(file.fileno()).st_size


def _to_record(writer: WARCWriter, page: Page) -> ArcWarcRecord:
    parts = [part.url for part in page.parts]
    meta = _Meta(page.source_id, page.kind, page.link, parts, page.links, page.note, page.added_by)
    headers = [(name, value) for name, value in page.headers.items() if name.lower() not in _DROP]
    return writer.create_warc_record(
        page.url,
        "response",
        payload=io.BytesIO(page.body),
        http_headers=StatusAndHeaders(f"{page.status} -", headers, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            META: json.dumps(msgspec.to_builtins(meta)),  # ASCII: WARC headers fold anything else
        },
    )


def archive_files(folder: Path) -> list[Path]:
    """The WARC files below ``folder``, oldest first, such that each page is in exactly one of them."""
    return without_held(warc_files(folder))


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a WARC file that begins and ends between pages: bytes ``start`` to ``end``."""

    path: Path
    start: int
    end: int


def spans(path: Path, size: int) -> list[Span]:
    """``path`` in parts of about ``size`` bytes, found without reading everything.

    Each boundary depends on its position alone, so that all machines find the same ones (crawler/archive/anywhere.py).
    An article is never separated from its parts. A plain WARC file is a single span.
    """
    data = open_file(path)
    if not GZIP.startswith(data[:2]):
        return [Span(path, 0, len(data))]
    cuts = [0, *(page_end(data, at) for at in range(size, len(data), size))]
    return [Span(path, start, end) for start, end in zip(cuts, [*cuts[1:], len(data)], strict=True) if start < end]


def page_end(data: Bytes, at: int) -> int:
    """The end of the first article or listing page that begins at ``at`` or later; the end of ``data`` if there is
    none."""
    while (at := data.find(GZIP, at)) >= 0:
        try:
            record, end = inflate(data, at)
        except zlib.error:
            record, end = b"", at + 1
        if record.startswith(b"WARC/"):
            if b'"kind": "part"' not in record[: record.find(b"\r\n\r\n")]:
                return end
            at = end
        else:
            at += 1  # compressed bytes that look like the start of a member
    return len(data)


def read_pages(path: Path, on_bad: Callable[[str], None], begin: int = 0, finish: int | None = None) -> Iterator[Page]:
    """The article and listing pages of a WARC file in the order written, each with its parts.

    ``begin`` and ``finish`` are those of a :class:`Span`.

    A record that cannot be read is passed to ``on_bad`` as a message with file and byte, and skipped; the records after
    it are read. WARC files of other programs can be read too: their pages have an empty ``source_id``.
    """
    return pages_in(members(path, on_bad, begin, finish), str(path), on_bad)


def pages_in(records: Iterable[tuple[bytes, int, int]], name: str, on_bad: Callable[[str], None]) -> Iterator[Page]:
    """The pages of the members of the file ``name``; see :func:`read_pages`."""
    parts: dict[str, Page] = {}
    for data, start, _ in records:
        try:
            for record in ArchiveIterator(io.BytesIO(data)):
                if record.rec_type == "resource" and not _is_fetched(record):
                    url = record.rec_headers.get_header("WARC-Target-URI") or "no address"
                    on_bad(f"{name}: the record at byte {start} is a resource of {url}, not a page; skipped")
                    continue
                if record.rec_type not in ("response", "resource"):
                    continue
                page, urls = _to_page(record)
                if page.kind == "part":
                    parts[page.url] = page
                    continue
                found = tuple(parts.pop(url) for url in urls if url in parts)
                yield replace(page, parts=found) if found else page
        except Exception as error:  # an error on one record, in its writer or in warcio, must not affect the others
            on_bad(f"{name}: the record at byte {start} cannot be read ({error}); skipped")


def find_pages(path: Path, wanted: Callable[[str], bool]) -> Iterator[Page]:
    """The pages of a WARC file whose URL is ``wanted``, in order, without their parts; damaged ones are skipped.

    Only the heads of the records are unpacked to find them: 20,000 pages take 0.5 s instead of 5. So there is no index
    to keep consistent with the files.
    """
    data = open_file(path)
    if not GZIP.startswith(data[:2]):
        yield from (page for page in read_pages(path, _ignore) if wanted(page.url))
        return
    at = data.find(GZIP)
    while at >= 0:
        found = _TARGET.search(_head(data, at))
        if found and wanted(found[1].decode("utf-8", "replace").strip()):
            yield from read_pages(path, _ignore, at, at + 1)
        at = data.find(GZIP, at + 1)


def _ignore(text: str) -> None:
    """For damage that is reported elsewhere (doctor, rebuild)."""


def _head(data: Bytes, start: int) -> bytes:
    """The WARC head of the gzip member at ``start``; empty if none begins there."""
    try:
        head = zlib.decompressobj(GZIP_BITS).decompress(data[start : start + _HEAD_BYTES], _HEAD_BYTES)
    except zlib.error:
        return b""
    return head.partition(b"\r\n\r\n")[0] if head.startswith(b"WARC/") else b""


def run_files(folder: Path, run: str) -> list[Path]:
    """The files that ``run`` wrote, in order; those already packed are not included."""
    return [path for path in archive_files(folder) if run_of(path.name) == run]


def run_spans(folder: Path, run: str) -> list[Span]:
    """Everything that ``run`` wrote, in order, in its own files and in packs."""
    return [span for path in archive_files(folder) for name, span in pieces(path) if run_of(name) == run]


def pieces(path: Path) -> list[tuple[str, Span]]:
    """The names of the files in a pack, each with its span; any other file is a single piece."""
    if held := contents(path) if is_pack(path) else []:
        return [(one.name, Span(path, one.start, one.end)) for one in held]
    return [(path.name, Span(path, 0, path.stat().st_size))]


def _is_fetched(record: ArcWarcRecord) -> bool:
    """Whether a resource record contains a page; wget also keeps its log and arguments in such records."""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return url.startswith(("http://", "https://"))


def _to_page(record: ArcWarcRecord) -> tuple[Page, list[str]]:
    """The page of a response record and the URLs of its parts."""
    url, when = (record.rec_headers.get_header(name) for name in ("WARC-Target-URI", "WARC-Date"))
    if not url or not when:
        raise ValueError("it has no address or no date")
    raw = record.rec_headers.get_header(META)
    meta = msgspec.json.decode(raw, type=_Meta) if raw else _Meta("")
    http = record.http_headers
    page = Page(
        url=url,
        body=record.content_stream().read(),
        source_id=meta.source,
        fetched_at=datetime.fromisoformat(when).astimezone(SHANGHAI),
        status=int(http.get_statuscode() or 0) if http else 200,
        headers=dict(http.headers) if http else {},
        kind=meta.kind,
        link=meta.link,
        links=meta.links,
        note=meta.note,
        added_by=meta.added_by,
    )
    return page, meta.parts
