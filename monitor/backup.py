"""One file of everything that the archive cannot give back: reviews, ledger, URL memory, and what people edit."""

from __future__ import annotations

import io
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from core.errors import UsageError, YuqingError
from core.jsonio import from_json, to_json
from core.records import Review
from core.times import now
from indexer.store import Store
from monitor.settings import CONFIG_FILE, Settings
from monitor.workspace import workspace

_PATTERN = "yuqing-*.tar.gz"
_REVIEWS = "reviews.jsonl"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Every decision on an item, oldest first."""

    id: str
    history: list[Review]


def make_backup(settings: Settings, path: Path | None = None) -> tuple[Path, int]:
    """Write a backup to ``path``, or by day and time into the folder of the settings; and how many items it has
    reviews of. In that folder only the newest are kept. A crawl may go on meanwhile."""
    target = path or settings.backups / f"yuqing-{now():%Y%m%d-%H%M%S}.tar.gz"
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(part, "w:gz") as tar:
            for name, file in _files(settings).items():
                if file.exists():
                    tar.add(file, name)
            for name, file in _databases(settings).items():
                if file.exists():
                    _add(tar, name, _copy_of(file))
            for file in sorted(settings.rules_dir.glob("*.yaml")):
                tar.add(file, f"rules/{file.name}")
            with workspace(settings) as space:
                reviewed = list(reviews_of(space.store))
            _add(tar, _REVIEWS, b"".join(to_json(entry) + b"\n" for entry in reviewed))
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise YuqingError(f"{target}: the backup cannot be written ({error.strerror}).") from error
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
    """Write decisions that ``store`` lacks; how many items got some, and how many items are not there.

    Where the store went on from what was saved, or people decided otherwise since, the store's decisions stay.
    """
    written = absent = 0
    for entry in reviewed:
        item = store.get(entry.id)
        if item is None:
            absent += 1
            continue
        have = item.review.version
        if have < len(entry.history) and store.history(entry.id) == entry.history[:have]:
            for version, review in enumerate(entry.history[have:], have):
                store.set_review(entry.id, review, version)
            written += 1
    return written, absent


def read_backup(path: Path) -> dict[str, bytes]:
    """The files of a backup by name. Raises UsageError for a file that is none."""
    try:
        with tarfile.open(path, "r:gz") as tar:
            found = {m.name: tar.extractfile(m).read() for m in tar if m.isfile()}  # type: ignore[union-attr]
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file.") from None
    except (OSError, EOFError, tarfile.TarError) as error:
        raise UsageError(f"{path}: this is no backup, or a damaged one ({error}).") from error
    if _REVIEWS not in found:
        raise UsageError(f"{path}: this is no backup of yuqing (it has no {_REVIEWS}).")
    return found


def reviews_in(files: dict[str, bytes], path: Path) -> list[Reviewed]:
    """The decisions of a backup. Raises UsageError where they cannot be read."""
    try:
        return [from_json(line, Reviewed) for line in files[_REVIEWS].splitlines()]
    except msgspec.MsgspecError as error:
        raise UsageError(f"{path}: {_REVIEWS} cannot be read ({error}).") from error


def put_files(settings: Settings, files: dict[str, bytes]) -> list[tuple[Path, str]]:
    """Write the files of a backup to their places; each with what was done.

    What is there already and differs stays; the saved one is laid beside it.
    """
    places = {**_files(settings), **_databases(settings)}
    done = []
    for name, data in files.items():
        place = places.get(name)
        if name.startswith("rules/"):
            place = settings.rules_dir / Path(name).name
        if place is None:
            continue
        kept = place.exists() and (name.endswith(".db") or place.read_bytes() != data)
        target = place.with_name(place.name + ".from-backup") if kept else place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        done.append((target, "laid beside the present one" if kept else "restored"))
    return done


def _files(settings: Settings) -> dict[str, Path]:
    return {"keywords.yaml": settings.keywords, "sources.yaml": settings.sources, CONFIG_FILE: Path(CONFIG_FILE)}


def _databases(settings: Settings) -> dict[str, Path]:
    return {"ledger.db": settings.ledger_file, "crawl.db": settings.state_file}


def _copy_of(file: Path) -> bytes:
    """A consistent copy of a SQLite file that others may be writing to."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        try:
            with closing(sqlite3.connect(file, timeout=30)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        except sqlite3.Error as error:
            raise YuqingError(f"{file}: it cannot be read ({error}). `yuqing doctor --repair` helps.") from error
        return copy.read_bytes()


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime = len(data), int(now().timestamp())
    tar.addfile(entry, io.BytesIO(data))
