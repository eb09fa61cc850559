"""The doctor's checks of the data: whether the SQLite files are intact, and whether archive, ledger and store agree."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from yuqing.core.errors import BusyError, YuqingError
from yuqing.monitor.lock import crawl_lock
from yuqing.monitor.ops.reconcile import Reconciliation, compare
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace

REPAIR = "Run `yuqing doctor --repair`."
_CLOSED = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_BUSY", "SQLITE_LOCKED")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined. ``hint``: something may need attention; ``bad``: something is wrong. ``help``: what to do."""

    name: str
    state: Literal["ok", "hint", "bad"]
    text: str
    help: str = ""


def damage(file: Path) -> str:
    """What is wrong with a SQLite file; an empty string if it is intact.

    Raises YuqingError for a file that cannot be examined, for lack of permission or because it is locked.
    """
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)) as db:
            (first,) = db.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname.startswith(_CLOSED):
            raise YuqingError(f"{file} cannot be examined ({error})") from error
        return str(error)
    return "" if first == "ok" else str(first).replace("\n", " ")


def databases(settings: Settings) -> dict[str, Path]:
    """The SQLite files of the data folder by their purpose."""
    found = {"ledger": settings.ledger_file, "URL memory": settings.state_file}
    if not settings.in_elasticsearch:
        found["store"] = Path(settings.store_url.removeprefix("sqlite:///"))
    return found


def database_findings(settings: Settings) -> Iterator[Finding]:
    """Whether each SQLite file is intact."""
    for name, file in databases(settings).items():
        try:
            found = damage(file) if file.exists() else ""
        except YuqingError as error:
            yield Finding(name, "bad", str(error), f"Grant yourself write permission to it and to {file.parent}.")
            continue
        if not file.exists():
            yield Finding(name, "ok", "not created yet")
        elif found:
            yield Finding(name, "bad", f"{file} is damaged ({found})", REPAIR)
        else:
            yield Finding(name, "ok", f"{file} is sound")


def book_findings(settings: Settings) -> Iterator[Finding]:
    """Whether archive, ledger and store agree."""
    try:
        with crawl_lock(settings.data), workspace(settings) as space:
            if left := space.ledger.unclosed():
                text = f"{len(left)} runs crashed or failed ({', '.join(run.id for run in left)})"
                yield Finding("runs", "hint", text, f"The next crawl completes them. To do so now: {REPAIR}")
                return
            found = compare(space)
    except BusyError:
        yield Finding("books", "ok", "not compared: a crawl is under way")
    except YuqingError as error:
        yield Finding("books", "bad", str(error))
    else:
        yield from _disagreements(found, shared=settings.in_elasticsearch)


def _disagreements(found: Reconciliation, *, shared: bool) -> Iterator[Finding]:
    """What does not match; in a store that several machines fill, items of the others are not a fault."""
    if found.damaged:
        text = f"{len(found.damaged)} records cannot be read, first: {found.damaged[0]}"
        yield Finding("archive", "hint", text, "All other records are intact; check the disk.")
    if found.unarchived:
        text = f"{len(found.unarchived)} counted pages are not in the archive, first: {found.unarchived[0]}"
        help_ = "Restore archive files that were moved away. `yuqing doctor --repair` has damaged pages fetched again."
        yield Finding("ledger", "bad", text, help_)
    if found.mendable:
        text = f"{len(found.mendable)} archived pages have no item or were never counted, first: {min(found.mendable)}"
        yield Finding("store", "bad", text, REPAIR)
    if found.clusters:
        text = f"{len(found.clusters)} items are in the wrong reprint cluster by their texts: {found.clusters[0]}, …"
        yield Finding("clusters", "bad", text, REPAIR)
    if found.strangers and not shared:
        text = f"{len(found.strangers)} items were counted by no run, first: {found.strangers[0]}"
        yield Finding(
            "store", "bad", text, "Was an older ledger put in place? `yuqing rebuild` counts the items again."
        )
    if not (found.unarchived or found.mendable or found.clusters or (found.strangers and not shared)):
        yield Finding("books", "ok", f"archive ({found.pages} pages), ledger and store ({found.items} items) agree")
