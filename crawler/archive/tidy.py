"""Packs the archive: the files of a day into one, if every record in them is intact.

Safe at any moment: a pack is written under a name that no reader takes for an archive file, synced to disk, read back
and compared, and only then renamed. From that moment readers ignore its original files (crawler/archive/packs.py), so
they can be removed one by one; the next tidy compares what a crash leaves with the pack and removes it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from crawler.archive.gzip_members import GZIP, Bytes, members, open_file
from crawler.archive.packs import PACKED, contents, is_pack, pack_head, pack_name, run_of, warc_files
from crawler.archive.warc import MAX_BYTES, archive_files
from yuqing.core.errors import YuqingError

_PART = ".part"
_BLOCK = 1 << 22


@dataclass(slots=True)
class Month:
    """The result for the files of a month: days with new packs, files before and after, left-overs removed; and the
    bytes and records that were packed."""

    days: set[str] = field(default_factory=set)
    before: int = 0
    after: int = 0
    left_over: int = 0
    bytes: int = 0
    records: int = 0


@dataclass(slots=True)
class Tidied:
    """``months`` by name (YYYY-MM). ``damaged``: messages about records that prevent packing their day. ``differing``:
    messages about files that differ from their copy in the pack. ``unfinished``: packs that a crash left half written,
    removed."""

    months: dict[str, Month] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    unfinished: int = 0


@dataclass(frozen=True, slots=True)
class _Sound:
    """A file whose records are all intact."""

    path: Path
    data: Bytes
    records: int
    sha256: str


def tidy(folder: Path, before: date, *, dry_run: bool = False) -> Tidied:
    """Pack the files of all days before ``before``; the caller holds the lock. ``dry_run``: only read and report.

    Raises YuqingError if the disk fails; the files then stay as they are, and the packs finished so far remain.
    """
    done, limit = Tidied(), f"{before:%Y%m%d}"
    for part in sorted(folder.rglob(f"*{PACKED}{_PART}")):
        done.unfinished += 1
        if not dry_run:
            part.unlink()
    for path in _of_days(warc_files(folder), limit):
        _month(done, path).before += 1
    untouchable = {
        (pack.parent, pack.name[:8])
        for pack in _of_days(warc_files(folder), limit)
        if is_pack(pack) and not _left_overs(done, pack, dry_run=dry_run)
    }
    files = _of_days(archive_files(folder), limit)
    for path in files:
        _month(done, path).after += 1
    # Neighbours only: what lies between two packs, or between files of another folder, must stay between them.
    for (parent, day, own), found in groupby(files, lambda path: (path.parent, path.name[:8], bool(run_of(path.name)))):
        neighbours = list(found)
        if own and len(neighbours) > 1 and (parent, day) not in untouchable:
            _pack_day(done, neighbours, dry_run=dry_run)
    return done


def _of_days(files: Sequence[Path], limit: str) -> list[Path]:
    """The files named by this program for days before ``limit``."""
    return [path for path in files if (run_of(path.name) or is_pack(path)) and path.name[:8] < limit]


def _month(done: Tidied, path: Path) -> Month:
    return done.months.setdefault(f"{path.name[:4]}-{path.name[4:6]}", Month())


def _left_overs(done: Tidied, pack: Path, *, dry_run: bool) -> bool:
    """Remove the files next to ``pack`` that it contains, byte for byte; returns whether none differs."""
    data, held_files, same = open_file(pack), contents(pack), True
    if not held_files:
        done.damaged.append(f"{pack}: its head cannot be read, or it is cut short")
        return False
    for held in held_files:
        path = pack.parent / held.name
        if not path.exists():
            continue
        in_pack, beside = _digest(data, held.start, held.end), _digest(open_file(path))
        if in_pack == beside == held.sha256:
            _month(done, path).left_over += 1
            if not dry_run:
                _remove(path)
        else:
            same = False
            bad = pack if in_pack != held.sha256 else path
            done.differing.append(f"{path} is not what {pack} holds under this name; damaged is {bad}")
    return same


def _pack_day(done: Tidied, files: list[Path], *, dry_run: bool) -> None:
    """Pack neighbouring files of one day, unless a record is damaged."""
    sound: list[_Sound] = []
    bad = len(done.damaged)
    for path in files:
        sound += _sound(path, done.damaged)
    if len(done.damaged) > bad:
        return
    month = _month(done, files[0])
    for group in _groups(sound):
        if not dry_run:
            _pack(group)
        month.days.add(files[0].name[:8])
        month.after -= len(group) - 1
        month.bytes += sum(len(file.data) for file in group)
        month.records += sum(file.records for file in group)


def _sound(path: Path, damaged: list[str]) -> Iterator[_Sound]:
    """``path`` if each record can be unpacked and its checksum is right; otherwise the fault is added to
    ``damaged``."""
    data = open_file(path)
    if not GZIP.startswith(data[:2]):
        damaged.append(f"{path}: it does not begin with a gzip member")
        return
    before = len(damaged)
    records = sum(1 for _ in members(path, lambda text: damaged.append(text.removesuffix("; skipped"))))
    if len(damaged) == before:
        yield _Sound(path, data, records, _digest(data))


def _groups(files: list[_Sound]) -> Iterator[list[_Sound]]:
    """Neighbours that go into one pack of at most MAX_BYTES; a single file stays as it is."""
    group: list[_Sound] = []
    for file in files:
        if group and sum(len(one.data) for one in [*group, file]) > MAX_BYTES:
            if len(group) > 1:
                yield group
            group = []
        group.append(file)
    if len(group) > 1:
        yield group


def _pack(group: list[_Sound]) -> None:
    """Create one pack from ``group`` and remove its files."""
    first = group[0].path
    target = first.with_name(pack_name(first.name))
    part = target.with_name(target.name + _PART)
    try:
        with part.open("wb") as out:
            out.write(pack_head(target.name, [(file.path.name, len(file.data), file.sha256) for file in group]))
            for file in group:
                _append(out, file.data)
            _sync(out)
        _check(part, group)
        _publish(part, target)
    except OSError as error:
        raise YuqingError(
            f"{target}: the pack cannot be written ({error.strerror}). Nothing is lost, its files stay as they were. "
            "Free some disk space or make the folder writable, then run `yuqing archive tidy` again."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    for file in group:
        _remove(file.path)


def _append(out: BinaryIO, data: Bytes) -> None:
    for at in range(0, len(data), _BLOCK):
        out.write(data[at : at + _BLOCK])


def _sync(out: BinaryIO) -> None:
    """Sync ``out`` to disk, and drop it from the cache if possible, so that it is read back from the disk."""
    out.flush()
    os.fsync(out.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _check(part: Path, group: list[_Sound]) -> None:
    """Read the pack back. Raises YuqingError if it differs from what was written."""
    data, held = open_file(part), contents(part)
    want = [(file.path.name, file.sha256) for file in group]
    if [(one.name, _digest(data, one.start, one.end)) for one in held] != want:
        raise YuqingError(f"{part}: what was written cannot be read back. Nothing is lost; check the disk.")


def _publish(part: Path, target: Path) -> None:
    """Give the pack its final name."""
    part.rename(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _digest(data: Bytes, start: int = 0, end: int | None = None) -> str:
    found = hashlib.sha256()
    stop = len(data) if end is None else end
    for at in range(start, stop, _BLOCK):
        found.update(data[at : min(at + _BLOCK, stop)])
    return found.hexdigest()
