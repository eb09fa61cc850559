"""`yuqing archive tidy` as a process: killed at each step, on a full disk, and by the books the same after it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from crawler.archive import ArchiveWriter, archive_files, read_pages, tidy
from indexer.open import open_store
from tests import forked
from tests.faults import Fault
from tests.operate.conftest import HOST, Home, article, own_disk
from tests.operate.kill_at import kill_after
from yuqing.core.records import Item, Page
from yuqing.core.times import SHANGHAI
from yuqing.monitor.lock import crawl_lock
from yuqing.monitor.publish.review_page import archived_page
from yuqing.monitor.schedule.scheduler import TURNS
from yuqing.monitor.setting_tables import DEFAULT_JOBS

FIRST = datetime(2018, 3, 5, 6, 15, tzinfo=SHANGHAI)
DAYS, CRAWLS, ARTICLES = 2, 4, 3  # and one crawl on the third day
FILES, PACKED = DAYS * CRAWLS + 1, DAYS + 1
MOMENTS = {
    "the first file in the pack": ("_append", 1), "half the files in the pack": ("_append", CRAWLS // 2),
    "the pack on the disk": ("_sync", 1), "the pack read back": ("_check", 1), "the pack named": ("_publish", 1),
    "one file removed": ("_remove", 1), "all but one removed": ("_remove", CRAWLS - 1),
    "the first day packed": ("_remove", CRAWLS), "half the second pack": ("_append", CRAWLS + 1),
}  # fmt: skip


@pytest.fixture
def archived(home: Home) -> Home:
    """A folder with the archive, items and ledger of crawls on three days of 2018; each crawl fetches one page anew."""
    fill(home.path / "data" / "archive")
    home.run("rebuild")
    return home


def fill(folder: Path) -> None:
    for number in range(FILES):
        day, crawl = divmod(number, CRAWLS)
        when = FIRST + timedelta(days=day, hours=4 * crawl)
        with closing(ArchiveWriter(folder, f"{when:%Y%m%d-%H%M%S}")) as writer:
            own = range(number * ARTICLES, (number + 1) * ARTICLES)
            for name, text in [*((f"{n}", n) for n in own), ("again", 1000 + number)]:
                url, body = f"http://{HOST}/a/{name}.html", article(text).encode()
                writer.write(Page(url=url, body=body, source_id="gov-example", fetched_at=when, status=200))


def pages(home: Home) -> list[Page]:
    files = archive_files(home.path / "data" / "archive")
    return [page for file in files for page in read_pages(file, pytest.fail)]


def items(home: Home) -> dict[str, Item]:
    with closing(open_store(str(home.path / "data" / "yuqing.db"))) as store:
        return {item.id: item for item in store.scan()}


def names(home: Home) -> list[str]:
    return sorted(path.name for path in (home.path / "data" / "archive").rglob("*") if path.is_file())


def test_items_books_and_archived_copies_are_the_same(archived: Home) -> None:
    folder = archived.path / "data" / "archive"
    before, stored, files = pages(archived), items(archived), names(archived)
    copies = {key: archived_page(folder, item) for key, item in stored.items()}
    assert len(stored) == FILES * ARTICLES + 1
    assert None not in copies.values()
    agree = f"archive ({len(before)} pages), ledger and store ({len(stored)} items) agree"
    assert agree in archived.run("doctor", "--offline")
    assert "Nothing was changed" in archived.run("archive", "tidy", "--dry-run")
    assert names(archived) == files
    said = archived.run("archive", "tidy")
    (row,) = [line.split("│")[1:-1] for line in said.splitlines() if "2018-03" in line]
    assert [cell.strip() for cell in row[:4] + row[5:]] == ["2018-03", "2", f"{FILES}", f"{PACKED}", "32", "0"]
    assert len(names(archived)) == PACKED
    assert pages(archived) == before
    assert agree in archived.run("doctor", "--offline")
    assert {key: archived_page(folder, item) for key, item in stored.items()} == copies
    counted = archived.run("rebuild")
    assert "unreadable" not in counted
    (archived.path / "data" / "yuqing.db").unlink()
    archived.run("rebuild")
    assert items(archived) == stored
    assert agree in archived.run("doctor", "--offline")


def test_a_pack_is_replayed_and_restored_like_any_file(archived: Home) -> None:
    stored = items(archived)
    archived.run("backup", "saved.tar.gz")
    archived.run("archive", "tidy")
    said = archived.run("crawl", "--replay", str(archive_files(archived.path / "data" / "archive")[0]))
    assert "unreadable" not in said
    assert f"{CRAWLS * (ARTICLES + 1)}" in said
    for name in ("yuqing.db", "yuqing.db-wal", "yuqing.db-shm"):
        (archived.path / "data" / name).unlink(missing_ok=True)
    archived.run("restore", "saved.tar.gz")
    assert items(archived).keys() == stored.keys()
    # The replay wrote old pages into a file of their day; one file beside a pack is left alone.
    assert len(names(archived)) == PACKED + 1
    archived.run("archive", "tidy")
    assert len(names(archived)) == PACKED + 1


def killed(step: str, number: int) -> None:
    """Let a step of the tidy be the end of this process; what it wrote has left the process."""
    kill_after(tidy, step, number, lambda out: out.flush() if step == "_append" else None)


@pytest.mark.long
def test_killed_at_every_step(archived: Home, fault: Fault) -> None:
    before, files = pages(archived), archived.path / "saved"
    shutil.copytree(archived.path / "data" / "archive", files)
    lost = twice = 0
    for moment, (step, number) in MOMENTS.items():
        shutil.rmtree(archived.path / "data" / "archive")
        shutil.copytree(files, archived.path / "data" / "archive")
        done = forked.run(archived.path, archived.environment, ["archive", "tidy"], partial(killed, step, number))
        assert done.code == -signal.SIGKILL, done.stderr
        for at_once in (pages(archived), pages(archived) if archived.run("archive", "tidy") else []):
            wanted, found = (Counter((p.url, p.fetched_at) for p in many) for many in (before, at_once))
            lost += len(wanted - found)
            twice += len(found - wanted)
            assert at_once == before, moment
        assert len(names(archived)) == PACKED, moment
    fault("kill -9 at each of nine steps of a tidy", len(MOMENTS), lost, twice)
    assert "agree" in archived.run("doctor", "--offline")


def test_a_run_that_an_older_ledger_holds_open_is_found_in_its_pack(archived: Home) -> None:
    """A backup is made while a crawl runs; it is put back after the crawl's file was packed."""
    before = pages(archived)
    run = f"{FIRST:%Y%m%d-%H%M%S}"
    with closing(sqlite3.connect(archived.path / "data" / "ledger.db")) as db, db:
        db.execute("UPDATE pages SET run = ? WHERE url LIKE '%/a/0.html'", (run,))
        db.execute("INSERT INTO runs VALUES (?, 'crawl', ?, NULL, 'running', '{}', '')", (run, FIRST.isoformat()))
        saved = db.execute("SELECT * FROM runs WHERE id = ?", (run,)).fetchall()
        db.execute("UPDATE runs SET ended = started, state = 'done' WHERE id = ?", (run,))
    archived.run("archive", "tidy")
    with closing(sqlite3.connect(archived.path / "data" / "ledger.db")) as db, db:
        db.execute("DELETE FROM runs WHERE id = ?", (run,))
        db.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)", saved[0])
    said = archived.run("archive", "tidy")
    assert f"run {run}: ended unexpectedly; {ARTICLES} archived pages were counted afterwards" in said
    assert "never reached the disk" not in said
    assert pages(archived) == before


def test_a_tidy_waits_for_nobody_and_the_scheduler_knows_it(archived: Home) -> None:
    with crawl_lock(archived.path / "data"):
        assert "Another crawl" in archived.run("archive", "tidy", code=4)
    (job,) = [job for job in DEFAULT_JOBS if job.name == "tidy"]
    assert job.command == ["archive", "tidy"]
    assert job.command[0] in TURNS
    assert "archive tidy" in archived.run("schedule", "list")
    assert "not a day" in archived.run("archive", "tidy", "--before", "soon", code=2)


def test_a_damaged_record_is_named_and_a_strange_left_over_is_an_error(archived: Home) -> None:
    folder = archived.path / "data" / "archive"
    first = archive_files(folder)[0]
    data = first.read_bytes()
    first.write_bytes(data[:-9])
    assert f"not packed, with its day: {first.relative_to(archived.path)}" in archived.run("archive", "tidy")
    assert len(names(archived)) == FILES - CRAWLS + 1
    first.write_bytes(data)
    archived.run("archive", "tidy")
    first.write_bytes(data[:-1] + b"x")
    assert "1 archive files differ from the pack next to them" in archived.run("archive", "tidy", code=1)
    assert first.exists()


@pytest.fixture
def small_archive(home: Home) -> Iterator[Path]:
    """The archive on a file system of its own; skipped where mounting is forbidden."""
    with own_disk(home.path / "data" / "archive", "8m") as disk:
        yield disk


@pytest.mark.hard
def test_a_full_disk_stops_the_tidy_and_loses_nothing(home: Home, small_archive: Path, fault: Fault) -> None:
    fill(small_archive)
    home.run("rebuild")
    before, files = pages(home), names(home)
    free = os.statvfs(small_archive)
    (small_archive / "ballast").write_bytes(b"\0" * (free.f_bavail * free.f_frsize - 8192))
    said = home.run("archive", "tidy", code=1)
    assert "the pack cannot be written (No space left on device). Nothing is lost" in said
    found = pages(home)
    assert found == before
    assert [name for name in names(home) if name != "ballast"] == files
    (small_archive / "ballast").unlink()
    home.run("archive", "tidy")
    found = pages(home)
    fault("disk full while the archive is tidied", 1, len(before) - len(found), len(found) - len(before))
    assert found == before
    assert len(names(home)) == PACKED
