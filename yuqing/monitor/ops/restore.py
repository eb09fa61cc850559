"""Rebuilding a working folder from a backup and the archive: the files, the items, then people's decisions on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from crawler.archive import archive_files
from indexer.edits import put_edits
from yuqing.core.records import PageResult
from yuqing.monitor.lock import crawl_lock
from yuqing.monitor.ops.backup import edits_in, put_files, put_reviews, reviews_in, unpacked
from yuqing.monitor.run.rebuild import run_rebuild
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace


@dataclass(slots=True)
class Restored:
    """What a restore did: files with what became of them, pages processed again, items with and without reviews,
    edits."""

    files: list[tuple[Path, str]] = field(default_factory=list)
    pages: int = 0
    reviews: int = 0
    edits: int = 0
    absent: int = 0


def restore(settings: Settings, path: Path, on_result: Callable[[PageResult], None]) -> Restored:
    """Restore the backup ``path``. An empty store is filled from the archive first. May be repeated."""
    done = Restored()
    with crawl_lock(settings.data, settings.lock_wait), unpacked(path, settings.data) as folder:
        reviewed, edits = reviews_in(folder), edits_in(folder)
        done.files = put_files(settings, folder)
        with workspace(settings) as space:
            if not space.store.status().items and archive_files(settings.archive_dir):
                done.pages = run_rebuild(space, None, on_result).pages
            done.reviews, done.absent = put_reviews(space.store, reviewed)
            done.edits = put_edits(space.store, edits)
    return done
