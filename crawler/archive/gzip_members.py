"""Reading the gzip members of a file one by one: the archive's format, in which damage cannot spread."""

from __future__ import annotations

import mmap
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from yuqing.core.errors import YuqingError

GZIP = b"\x1f\x8b\x08"
GZIP_BITS = 31
_CHUNK = 1 << 18
MAX_RECORD = 256 << 20  # bytes unpacked; a page has at most 10 MB, while a bomb of 1 MB could fill the memory
Bytes = bytes | mmap.mmap


class VanishedError(YuqingError):
    """A file that was listed no longer exists: list the folder again."""


def open_file(path: Path) -> Bytes:
    """The bytes of ``path``, memory-mapped. Raises VanishedError, or YuqingError if it cannot be read."""
    try:
        if path.stat().st_size == 0:
            return b""
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError as error:
        raise VanishedError(f"{path}: the file no longer exists.") from error
    except OSError as error:
        raise YuqingError(f"{path}: cannot be read ({error.strerror}).") from error


def members(
    path: Path, on_bad: Callable[[str], None], start: int = 0, finish: int | None = None
) -> Iterator[tuple[bytes, int, int]]:
    """The decompressed members of ``path`` with start and end (a plain WARC file counts as one member).

    A damaged one is passed to ``on_bad`` as a message with file and byte, and skipped.
    """
    yield from members_in(open_file(path), str(path), on_bad, start, finish)


def members_in(
    data: Bytes, name: str, on_bad: Callable[[str], None], start: int = 0, finish: int | None = None, *, base: int = 0
) -> Iterator[tuple[bytes, int, int]]:
    """Like :func:`members`, for ``data``, which starts at the byte ``base`` of the file ``name``."""
    if not base and not GZIP.startswith(data[:2]):
        yield bytes(data), 0, len(data)
        return
    size = len(data) if finish is None else finish
    while 0 <= start < size:
        try:
            record, end = inflate(data, start)
        except zlib.error as error:
            on_bad(f"{name}: the record at byte {base + start} is damaged ({error}); skipped")
            start = data.find(GZIP, start + 1)
            continue
        yield record, base + start, base + end
        start = end


def inflate(data: Bytes, start: int) -> tuple[bytes, int]:
    """The member that begins at ``start``, decompressed and with its checksum verified, and its end. Raises
    zlib.error."""
    inflater = zlib.decompressobj(GZIP_BITS)
    record = inflater.decompress(data[start : start + _CHUNK])
    at, size = start + _CHUNK, len(data)
    while not inflater.eof and at < size:
        record += inflater.decompress(data[at : at + _CHUNK])
        at += _CHUNK
        if len(record) > MAX_RECORD:
            raise zlib.error(f"it unpacks to more than {MAX_RECORD >> 20} MB")
    if not inflater.eof:
        raise zlib.error("the file ends in the middle of it")
    return record, min(at, size) - len(inflater.unused_data)


def cut_tail(path: Path) -> int:
    """Remove a record left half written by a crash at the end of ``path``; returns the number of bytes removed."""
    whole = max((end for _, _, end in members(path, lambda text: None)), default=0)
    rest = path.stat().st_size - whole
    if rest:
        os.truncate(path, whole)
    return rest
