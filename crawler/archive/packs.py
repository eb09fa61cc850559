"""The archive's files: one per crawl, or a pack of those of a day (crawler/archive/tidy.py creates packs).

A pack is the concatenation of its files after a ``warcinfo`` record, which lists each with its size and SHA-256. So no
journal is needed: any file next to it with a listed name and size is already in it, and is left out. It is named after
its first file, whose place it takes in the order of the archive.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import TypeVar

from warcio.warcwriter import WARCWriter

from crawler.archive.gzip_members import GZIP_BITS, Bytes, inflate, open_file

P = TypeVar("P", bound=PurePath)
ENDING = ".warc.gz"
PACKED = "-packed.warc.gz"  # "-" sorts before ".": a pack takes the position of its first file
_OWN = re.compile(r"(\d{8})-(.+)-\d{3,}\.warc\.gz")  # as named by ArchiveWriter: day, run, number
_HOLDS = re.compile(rb"^holds: ([\w.-]+\.warc\.gz) (\d+) ([0-9a-f]{64})\r$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Held:
    """A file contained in a pack, at the bytes ``start`` to ``end``."""

    name: str
    start: int
    end: int
    sha256: str


def warc_files(folder: Path) -> list[Path]:
    """Every WARC file below ``folder``, sorted by name."""
    return sorted(folder.rglob(f"*{ENDING}"), key=lambda path: (path.name, path))


def run_of(name: str) -> str:
    """The run that wrote the file ``name``; empty for a pack, which may hold several runs, and for foreign files."""
    match = _OWN.fullmatch(name)
    return match[2] if match else ""


def is_pack(path: PurePath) -> bool:
    """Whether ``path`` has the name of a pack."""
    return path.name.endswith(PACKED)


def pack_name(first: str) -> str:
    """The name of the pack whose first file is ``first``."""
    return first.removesuffix(ENDING) + PACKED


def without_held(files: Sequence[Path]) -> list[Path]:
    """``files`` without those contained in a pack next to them, left by a crash or by a copy that removes nothing."""
    return without_packed(files, _sizes, contents)


def without_packed(
    files: Sequence[P], sizes_of: Callable[[Sequence[P]], dict[str, int]], contents_of: Callable[[P], list[Held]]
) -> list[P]:
    """Like :func:`without_held`, wherever the files are; sizes (by name) and contents are requested as needed."""
    days: dict[tuple[PurePath, str], list[P]] = {}
    for path in files:
        days.setdefault((path.parent, path.name[:8]), []).append(path)
    left_out: set[PurePath] = set()
    for beside in days.values():
        sizes: dict[str, int] = {}
        for pack in filter(is_pack, beside) if len(beside) > 1 else ():
            sizes = sizes or sizes_of(beside)
            for held in contents_of(pack):
                if sizes.get(held.name) == held.end - held.start:
                    left_out.add(pack.parent / held.name)
    return [path for path in files if path not in left_out]


def _sizes(files: Sequence[Path]) -> dict[str, int]:
    found = {}
    for path in files:
        with suppress(FileNotFoundError):  # a tidy is just removing it
            found[path.name] = path.stat().st_size
    return found


def contents(pack: Path) -> list[Held]:
    """The files that ``pack`` holds; empty if its head cannot be read or its length is not the one stated there."""
    data = open_file(pack)
    return contents_in(data, len(data))


def contents_in(beginning: Bytes, length: int) -> list[Held]:
    """Like :func:`contents`, for a pack of ``length`` bytes, of which ``beginning`` contains the first member."""
    try:
        head, at = inflate(beginning, 0)
    except zlib.error:
        return []
    found = []
    for name, size, digest in _HOLDS.findall(head) if b"\r\nWARC-Type: warcinfo\r\n" in head else ():
        found.append(Held(name.decode(), at, at + int(size), digest.decode()))
        at += int(size)
    return found if at == length else []


def pack_head(name: str, files: Sequence[tuple[str, int, str]]) -> bytes:
    """The first member of the pack ``name``; ``files`` are name, size and SHA-256 of its files."""
    lines = [
        f"software: yuqing {version('yuqing')}",
        "format: WARC File Format 1.0",
        "description: the files below, joined byte for byte in this order; each has its bytes and SHA-256",
        *(f"holds: {file} {size} {digest}" for file, size, digest in files),
    ]
    memory = io.BytesIO()
    writer = WARCWriter(memory, gzip=False)
    record = writer.create_warc_record(
        "",
        "warcinfo",
        payload=io.BytesIO("".join(f"{line}\r\n" for line in lines).encode()),
        warc_content_type="application/warc-fields",
        warc_headers_dict={"WARC-Filename": name},
    )
    writer.write_record(record)
    return zlib.compress(memory.getvalue(), 9, GZIP_BITS)
