"""A backup and the archive give everything back, also into an empty folder; nothing of today is overwritten."""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from indexer.open import open_store
from indexer.store import Store
from tests.operate.account import account
from tests.operate.conftest import Home
from yuqing.core.records import Edit, Review
from yuqing.monitor.lock import crawl_lock


def store(home: Home) -> closing[Store]:
    return closing(open_store(str(home.path / "data" / "yuqing.db")))


def decide(home: Home, key: str, *states: str) -> None:
    with store(home) as items:
        item = items.get(key)
        assert item
        for version, state in enumerate(states, item.review.version):
            review = Review(state=state, row=f"第{version}稿", by="王", at="2018-03-16")  # type: ignore[arg-type]
            items.set_review(key, review, version)


@pytest.fixture
def reviewed(crawled: Home) -> tuple[Home, list[str]]:
    """A crawled folder with decisions on two items."""
    with store(crawled) as items:
        keys = sorted(item.id for item in items.scan())
    decide(crawled, keys[0], "accepted", "dropped", "accepted")
    decide(crawled, keys[1], "dropped")
    return crawled, keys


def test_restore_from_empty(reviewed: tuple[Home, list[str]], tmp_path: Path) -> None:
    home, keys = reviewed
    before = account(home.path / "data")
    with store(home) as items:
        everything = {item.id: item for item in items.scan()}
        history = items.history(keys[0])
        written = items.set_edit(Edit(scope="issue:2018-03", part="preface", value="前言", by="王", at="2018-03-16"), 0)
    assert "reviews of 2 items" in home.run("backup")
    (file,) = (home.path / "backups").iterdir()
    shutil.move(home.path / "data", tmp_path / "old")  # the machine is gone …
    for name in ("keywords.yaml", "sources.yaml"):
        (home.path / name).unlink()
    shutil.copytree(tmp_path / "old" / "archive", home.path / "data" / "archive")  # … the copy of the archive is not
    said = home.run("restore", str(file))
    assert "reviews of 2 items and 1 edits restored" in said
    after = account(home.path / "data")
    assert after.archive == before.archive
    assert after.memory == before.memory
    with store(home) as items:
        assert {item.id: item for item in items.scan()} == everything
        assert items.history(keys[0]) == history
        assert items.edit_history("issue:2018-03") == [written]
    assert "crawl all" in home.run("runs")
    hits = sum(home.web.hits.values())
    home.run("crawl")
    assert sum(home.web.hits.values()) <= hits + 2  # robots.txt and the list: no article is fetched again


def test_restore_keeps_what_people_did_since(reviewed: tuple[Home, list[str]]) -> None:
    home, keys = reviewed
    home.run("backup", "b.tar.gz")
    decide(home, keys[0], "dropped")
    decide(home, keys[2], "accepted")
    rules = home.path / "keywords.yaml"
    rules.write_text(rules.read_text("utf-8") + "# edited\n", "utf-8")
    said = home.run("restore", "b.tar.gz")
    assert "reviews of 0 items and 0 edits restored" in said
    assert "keywords.yaml.from-backup: put next to" in said
    assert rules.read_text("utf-8").endswith("# edited\n")
    with store(home) as items:
        assert [len(items.history(key)) for key in keys[:3]] == [4, 1, 1]


def test_reviews_whose_items_are_not_back_yet_are_said(reviewed: tuple[Home, list[str]]) -> None:
    home, _ = reviewed
    home.run("backup", "b.tar.gz")
    shutil.rmtree(home.path / "data")
    assert "2 reviewed items are not in the store" in home.run("restore", "b.tar.gz")


def test_one_restore_at_a_time(reviewed: tuple[Home, list[str]]) -> None:
    home, _ = reviewed
    home.run("backup", "b.tar.gz")
    with crawl_lock(home.path / "data"):
        assert "Another crawl or rebuild is working on data" in home.run("restore", "b.tar.gz", code=4)
    home.run("restore", "b.tar.gz")


def test_a_log_that_a_deleted_file_left_is_not_played_into_the_restored_one(reviewed: tuple[Home, list[str]]) -> None:
    home, _ = reviewed
    home.run("backup", "b.tar.gz")
    ledger = home.path / "data" / "ledger.db"
    before = home.run("runs")
    with closing(sqlite3.connect(ledger)) as db:  # a process that is killed leaves its log
        db.execute("UPDATE runs SET state = 'stale'")
        db.commit()
        log = ledger.with_name("ledger.db-wal").read_bytes()
    assert b"stale" in log
    ledger.unlink()
    ledger.with_name("ledger.db-wal").write_bytes(log)
    assert "ledger.db: restored" in home.run("restore", "b.tar.gz")
    assert home.run("runs") == before


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "link"])
def test_what_is_no_file_below_the_folder_is_refused(reviewed: tuple[Home, list[str]], name: str) -> None:
    home, _ = reviewed
    with tarfile.open(home.path / "b.tar.gz", "w:gz") as tar:
        member = tarfile.TarInfo(name)
        if name == "link":
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    assert "this is not a backup, or it is damaged" in home.run("restore", "b.tar.gz", code=2)


def test_a_backup_of_a_newer_program_is_refused_whole(reviewed: tuple[Home, list[str]]) -> None:
    home, _ = reviewed
    home.run("backup", "b.tar.gz")
    folder = home.path / "newer"
    shutil.unpack_archive(home.path / "b.tar.gz", folder)
    about = folder / "about.json"
    about.write_text(about.read_text("utf-8").replace('"format":1', '"format":2,"more":[]'), "utf-8")
    with tarfile.open(home.path / "newer.tar.gz", "w:gz") as tar:
        tar.add(folder, "")
    (home.path / "keywords.yaml").unlink()
    said = home.run("restore", "newer.tar.gz", code=2)
    assert "in format 2, this program supports 1" in said
    assert not (home.path / "keywords.yaml").exists()


def test_old_backups_go_and_what_is_no_backup_is_refused(home: Home) -> None:
    folder = home.path / "backups"
    folder.mkdir()
    for day in range(1, 6):
        (folder / f"yuqing-2018030{day}-010000.tar.gz").touch()
    (folder / "mine.tar.gz").touch()
    home.run("backup", YUQING_BACKUPS_KEPT="2")
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 3
    assert names[:2] == ["mine.tar.gz", "yuqing-20180305-010000.tar.gz"]
    assert "not a backup" in home.run("restore", "backups/mine.tar.gz", code=2)
    assert "no such file" in home.run("restore", "absent.tar.gz", code=2)
