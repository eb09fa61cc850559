"""One file with what the archive cannot restore: reviews, edits, ledger, URL memory, and the files that people edit."""

from __future__ import annotations

import errno
import gzip
import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import msgspec

from indexer.edits import edits_of
from indexer.store import Store
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.files import check_writable_name, path_text, reason
from yuqing.core.jsonio import from_json, to_json
from yuqing.core.records import Edit, Review
from yuqing.core.times import now
from yuqing.monitor.settings import CONFIG_FILE, Settings
from yuqing.monitor.workspace import workspace

_PATTERN = "yuqing-*.tar.gz"
_REVIEWS = "reviews.jsonl"
_EDITS = "edits.jsonl"
_ABOUT = "about.json"
_FORMAT = 1  # of a backup; raised when an older yuqing could not read all of it


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says about itself; one without this is of format 1."""

    format: int = _FORMAT
    yuqing: str = ""
    made: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All decisions on an item, oldest first."""

    id: str
    history: list[Review]


def make_backup(settings: Settings, path: Path | None = None) -> tuple[Path, int]:
    """Write a backup to ``path``, by default named by day and time in the folder of the settings; returns it and the
    number of reviewed items. Only the newest are kept in that folder. A crawl may run meanwhile."""
    target = path or settings.backups / f"yuqing-{now():%Y%m%d-%H%M%S}.tar.gz"
    check_writable_name(target)
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(part, "w:gz") as tar:
            for name, file in _files(settings).items():
                if file.exists():
                    tar.add(file, name)
            for name, file in _databases(settings).items():
                if file.exists():
                    _add_database(tar, name, file)
            for file in sorted(settings.rules_dir.glob("*.yaml")):
                tar.add(file, f"rules/{file.name}")
            with workspace(settings) as space:
                reviewed, edits = list(reviews_of(space.store)), list(edits_of(space.store))
            about = About(yuqing=version("yuqing"), made=now().isoformat())
            _add(tar, _ABOUT, to_json(about))
            _add(tar, _REVIEWS, b"".join(to_json(entry) + b"\n" for entry in reviewed))
            _add(tar, _EDITS, b"".join(to_json(edit) + b"\n" for edit in edits))
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(target)
    except OSError as error:
        full = "; the disk is full, free some space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
        raise YuqingError(f"{path_text(target)}: the backup cannot be written ({reason(error)}{full}).") from error
    finally:
        part.unlink(missing_ok=True)
    if path is None:
        for old in backups(settings)[settings.backups_kept :]:
            old.unlink()
    return target, len(reviewed)


def backups(settings: Settings) -> list[Path]:
    """The backups in the folder of the settings, newest first."""
    return sorted(settings.backups.glob(_PATTERN), reverse=True)


def reviews_of(store: Store) -> Iterator[Reviewed]:
    """The decisions on every reviewed item of ``store``."""
    for item in store.scan():
        if item.review.version:
            yield Reviewed(item.id, store.history(item.id))


def put_reviews(store: Store, reviewed: list[Reviewed]) -> tuple[int, int]:
    """Write decisions that ``store`` lacks; returns how many items received some, and how many items do not exist.

    If the store has changed since the backup, or people have decided otherwise since, the store's decisions are kept.
    """
    written = absent = 0
    for entry in reviewed:
        item = store.get(entry.id)
        if item is None:
            absent += 1
            continue
        have = item.review.version
        if have < len(entry.history) and store.history(entry.id) == entry.history[:have]:
            for number, review in enumerate(entry.history[have:], have):
                store.set_review(entry.id, review, number)
            written += 1
    return written, absent


@contextmanager
def unpacked(path: Path, data: Path) -> Iterator[Path]:
    """A folder, below ``data`` for its space, with the files of a backup. Raises UsageError for a file that is not a
    backup or that a newer version wrote."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=data) as folder:
            with tarfile.open(path, "r:gz") as tar:
                _unpack(tar, Path(folder))
            if not (Path(folder) / _REVIEWS).is_file():
                raise UsageError(f"{path}: this is not a backup of yuqing (it has no {_REVIEWS}).")
            about = _about(Path(folder) / _ABOUT)
            if about.format > _FORMAT:
                raise UsageError(
                    f"{path}: it was made by yuqing {about.yuqing} in format {about.format}, this program supports "
                    f"{_FORMAT}; install that yuqing or a newer one."
                )
            yield Path(folder)
    except FileNotFoundError as error:
        if error.filename != str(path):
            raise
        raise UsageError(f"{path}: no such file.") from None
    except (EOFError, msgspec.MsgspecError, tarfile.TarError, zlib.error, gzip.BadGzipFile) as error:
        raise UsageError(f"{path}: this is not a backup, or it is damaged ({error}).") from error


def _unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Write the files of ``tar`` below ``folder``. Raises tarfile.TarError for anything but a file below it.

    Not ``extractall(filter="data")``: Python 3.11.2, the version in Debian 12, does not have filters.
    """
    for member in tar:
        place = Path(member.name)
        if place.is_absolute() or ".." in place.parts or not (member.isfile() or member.isdir()):
            raise tarfile.TarError(f"{member.name} is not a file below its folder")
        if source := tar.extractfile(member):
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            with source, (folder / place).open("wb") as target:
                shutil.copyfileobj(source, target)


def reviews_in(folder: Path) -> list[Reviewed]:
    """The decisions in an unpacked backup. Raises UsageError if they cannot be read."""
    try:
        return [from_json(line, Reviewed) for line in (folder / _REVIEWS).read_bytes().splitlines()]
    except msgspec.MsgspecError as error:
        raise UsageError(f"{_REVIEWS} of the backup cannot be read ({error}).") from error


def edits_in(folder: Path) -> list[Edit]:
    """People's edits from an unpacked backup; older backups have none. Raises UsageError if they cannot be read."""
    file = folder / _EDITS
    try:
        return [from_json(line, Edit) for line in file.read_bytes().splitlines()] if file.exists() else []
    except msgspec.MsgspecError as error:
        raise UsageError(f"{_EDITS} of the backup cannot be read ({error}).") from error


def put_files(settings: Settings, folder: Path) -> list[tuple[Path, str]]:
    """Put the files of an unpacked backup in place; returns each with what was done.

    A file that already exists and differs is kept; the saved one is put next to it.
    """
    places = {**_files(settings), **_databases(settings)}
    places |= {f"rules/{file.name}": settings.rules_dir / file.name for file in folder.glob("rules/*.yaml")}
    done = []
    for name, place in places.items():
        saved = folder / name
        if not saved.exists():
            continue
        same = place.exists() and place.read_bytes() == saved.read_bytes()
        kept = place.exists() and not same
        target = place.with_name(place.name + ".from-backup") if kept else place
        target.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists():
            for end in ("-wal", "-shm"):  # left from a deleted file: SQLite would replay them into the restored one
                place.with_name(place.name + end).unlink(missing_ok=True)
        shutil.move(saved, target)
        done.append((target, "put next to the present one" if kept else "restored"))
    return done


def _about(file: Path) -> About:
    return from_json(file.read_bytes(), About) if file.exists() else About()


def _files(settings: Settings) -> dict[str, Path]:
    return {
        "keywords.yaml": settings.keywords,
        "sources.yaml": settings.sources,
        CONFIG_FILE: Path(CONFIG_FILE),
        "users.json": settings.users_file,
    }


def _databases(settings: Settings) -> dict[str, Path]:
    return {"ledger.db": settings.ledger_file, "crawl.db": settings.state_file}


def _add_database(tar: tarfile.TarFile, name: str, file: Path) -> None:
    """Add a consistent copy of a SQLite file that others may be writing to."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder:
        copy = Path(folder) / name
        try:
            with closing(sqlite3.connect(file, timeout=30)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname in ("SQLITE_FULL", "SQLITE_IOERR_WRITE"):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
            raise YuqingError(f"{file}: it cannot be read ({error}). `yuqing doctor --repair` helps.") from error
        except sqlite3.Error as error:
            raise YuqingError(f"{file}: it cannot be read ({error}). `yuqing doctor --repair` helps.") from error
        tar.add(copy, name)


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime = len(data), int(now().timestamp())
    tar.addfile(entry, io.BytesIO(data))
