"""Repairs what can be repaired from the archive and the backups. Nothing is deleted: damaged files are moved aside."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from crawler.archive import archive_files, read_pages
from crawler.pipelines.seen import is_done
from crawler.state import UrlState
from indexer.cluster_index import settle
from indexer.edits import put_edits
from yuqing.core.errors import YuqingError
from yuqing.core.jsonio import from_json
from yuqing.core.records import Edit, PageResult, Review
from yuqing.core.times import now
from yuqing.monitor.lock import crawl_lock
from yuqing.monitor.ops.backup import Reviewed, backups, edits_in, put_reviews, reviews_in, unpacked
from yuqing.monitor.ops.doctor.data import damage, databases
from yuqing.monitor.ops.reconcile import compare
from yuqing.monitor.run.rebuild import run_rebuild
from yuqing.monitor.run.recovery import recover
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace, workspace


def repair(settings: Settings, on_result: Callable[[PageResult], None]) -> Iterator[str]:
    """Repair, and yield a sentence for each thing done. Raises BusyError while a crawl is running."""
    with crawl_lock(settings.data, settings.lock_wait):
        reviewed: list[Reviewed] = []
        edits: list[Edit] = []
        for name, file in databases(settings).items():
            if file.exists() and (found := damage(file)):
                if name == "store":
                    reviewed, edits = salvage(file), salvage_edits(file)
                yield f"{name}: damaged ({found}); moved to {_aside(file)}"
                if name == "ledger":
                    yield from _old_ledger(settings, file)
                elif name == "URL memory":
                    yield f"URL memory: {_remember(settings)} fetches read from the archive"
        with workspace(settings) as space:
            yield from recover(space)
            yield from _items(space, on_result)
            yield from _decisions(space, reviewed, edits)


def salvage(file: Path) -> list[Reviewed]:
    """The decisions that can still be read from a damaged store; they may be newer than those in the backup."""
    found: dict[str, list[Review]] = {}
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            query = "SELECT id, reviews.review FROM reviews JOIN items USING (item) ORDER BY id, reviews.version"
            for key, data in db.execute(query):
                found.setdefault(key, []).append(from_json(data, Review))
    except (sqlite3.DatabaseError, ValueError):
        pass  # what was read so far is good; the backup has the rest
    return [Reviewed(key, history) for key, history in found.items()]


def salvage_edits(file: Path) -> list[Edit]:
    """People's edits, as far as they can still be read from a damaged store."""
    found: list[Edit] = []
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            found += (from_json(data, Edit) for (data,) in db.execute("SELECT data FROM edits ORDER BY number"))
    except (sqlite3.DatabaseError, ValueError):
        pass  # as with the decisions
    return found


def _aside(file: Path) -> Path:
    """Move a SQLite file with its log out of the way."""
    target = file.with_name(f"{file.name}.damaged-{now():%Y%m%d-%H%M%S}")
    for end in ("", "-wal", "-shm"):
        part = file.with_name(file.name + end)
        if part.exists():
            part.rename(target.with_name(target.name + end))
    return target


def _old_ledger(settings: Settings, file: Path) -> Iterator[str]:
    """The runs up to the newest backup; the rebuild counts later ones."""
    for path in backups(settings):
        try:
            with unpacked(path, settings.data) as folder:
                saved = folder / "ledger.db"
                if not saved.exists() or damage(saved):
                    continue
                shutil.move(saved, file)
        except YuqingError:
            continue
        yield f"ledger: restored from {path}"
        return
    yield "ledger: there is no backup; it starts empty"


def _remember(settings: Settings) -> int:
    """Fill an empty URL memory from the archive; returns the number of fetches."""
    count = 0
    with closing(UrlState(settings.state_file, settings.crawl.recheck_days)) as state:
        for path in archive_files(settings.archive_dir):
            for page in read_pages(path, lambda text: None):
                if is_done(page):
                    state.fetched(page)
                    count += 1
    return count


def _items(space: Workspace, on_result: Callable[[PageResult], None]) -> Iterator[str]:
    found = compare(space)
    if found.mendable:
        run = run_rebuild(space, None, on_result, only=found.mendable)
        yield f"store: {run.pages} pages of the archive processed again (run {run.id})"
    if found.clusters:
        yield f"clusters: {settle(space.store)} items corrected"
    # More missing pages than damaged records means archive files were moved away: those must not be fetched again.
    if found.unarchived and len(found.unarchived) <= len(found.damaged):
        with closing(UrlState(space.settings.state_file)) as state:
            count = state.forget(found.unarchived)
        yield f"archive: {count} pages whose records are damaged will be fetched again by the next crawl"


def _decisions(space: Workspace, salvaged: list[Reviewed], edits: list[Edit]) -> Iterator[str]:
    """Restore what people wrote and the store lacks: from the damaged file first, then from the newest backup."""
    if salvaged:
        written, _ = put_reviews(space.store, salvaged)
        yield f"store: reviews of {written} items saved from the damaged file"
    if edits:
        yield f"store: {put_edits(space.store, edits)} edits saved from the damaged file"
    for path in backups(space.settings)[:1]:
        with unpacked(path, space.settings.data) as folder:
            written, _ = put_reviews(space.store, reviews_in(folder))
            restored = put_edits(space.store, edits_in(folder))
        if written or restored:
            yield f"store: reviews of {written} items and {restored} edits restored from {path}"
