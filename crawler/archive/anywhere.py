"""An archive in a folder or object store, read in pieces of bytes by machines that share nothing else.

pyarrow's file systems read either (``s3://bucket/folder``, also gs:// and hdfs://; keys and endpoint as usual in the
environment, or ``?endpoint_override=HOST:PORT&scheme=http``). Needs the extra ``scale``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pyarrow.fs import FileSelector, FileSystem, LocalFileSystem

from crawler.archive.gzip_members import GZIP, members_in
from crawler.archive.packs import ENDING, Held, contents_in, without_packed
from crawler.archive.warc import page_end, pages_in
from yuqing.core.errors import YuqingError
from yuqing.core.records import Page

_HEAD_BYTES = 1 << 20  # a pack's head has 110 bytes per file before compression
_MORE_BYTES = 1 << 18  # read beyond a piece for its last page; doubled until the page is complete


@dataclass(frozen=True, slots=True)
class Piece:
    """``size`` bytes at ``start`` of a file of ``length`` bytes. Its pages are those after the first one that begins in
    it, up to and including the first one that begins after it; so each page belongs to exactly one piece, and nobody
    has to search for boundaries."""

    file: str
    start: int
    size: int
    length: int


class Archive:
    """The archive at ``address``. Raises YuqingError if the address is invalid or the files cannot be read."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._shown = ""  # prefix of file names in messages
        try:
            if "://" in address:
                self._files, self._root = FileSystem.from_uri(address)
                self._shown = f"{address.partition('://')[0]}://"
            else:
                self._files, self._root = LocalFileSystem(), str(Path(address).absolute())
        except (OSError, ValueError) as error:
            raise YuqingError(f"{address}: not the address of an archive ({error}).") from error

    def pieces(self, size: int) -> Iterator[Piece]:
        """The whole archive in pieces of about ``size`` bytes, oldest first."""
        try:
            found = self._files.get_file_info(FileSelector(self._root, recursive=True))
        except OSError as error:
            raise YuqingError(f"{self.address}: the archive cannot be listed ({error}).") from error
        lengths = {PurePosixPath(one.path): one.size for one in found if one.path.endswith(ENDING)}

        def sizes_of(paths: Sequence[PurePosixPath]) -> dict[str, int]:
            return {path.name: lengths[path] for path in paths}

        def contents_of(pack: PurePosixPath) -> list[Held]:
            return contents_in(self._bytes(str(pack), 0, _HEAD_BYTES), lengths[pack])

        in_order = sorted(lengths, key=lambda path: (path.name, path))
        for path in without_packed(in_order, sizes_of, contents_of):
            file, length = str(path), lengths[path]
            if GZIP.startswith(self._bytes(file, 0, 2)):
                yield from (Piece(file, start, size, length) for start in range(0, length, size))
            else:  # a plain WARC file is read as a whole
                yield Piece(file, 0, length, length)

    def read(self, piece: Piece, on_bad: Callable[[str], None]) -> Iterator[Page]:
        """The pages of ``piece``, like :func:`crawler.archive.read_pages` for a file."""
        more = _MORE_BYTES
        while True:
            data = self._bytes(piece.file, piece.start, piece.size + more)
            first = page_end(data, 0) if piece.start else 0
            last = page_end(data, piece.size)
            if last < len(data) or piece.start + len(data) >= piece.length:
                break
            more *= 2
        name = self._shown + piece.file
        return pages_in(members_in(data, name, on_bad, first, last, base=piece.start), name, on_bad)

    def _bytes(self, file: str, start: int, size: int) -> bytes:
        try:
            with self._files.open_input_file(file) as opened:
                data: bytes = opened.read_at(min(size, max(opened.size() - start, 0)), start)
        except OSError as error:
            raise YuqingError(f"{self._shown}{file}: cannot be read ({error}).") from error
        return data
