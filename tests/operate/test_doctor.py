"""The doctor finds what is wrong and mends it from the archive and the backups."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from indexer.open import open_store
from tests.faults import Fault
from tests.operate.account import account
from tests.operate.conftest import Home
from yuqing.core.records import Item, Review


def items(home: Home) -> dict[str, Item]:
    with closing(open_store(str(home.path / "data" / "yuqing.db"))) as store:
        return {item.id: item for item in store.scan()}


def decide(home: Home, key: str) -> None:
    with closing(open_store(str(home.path / "data" / "yuqing.db"))) as store:
        item = store.get(key)
        assert item
        store.set_review(key, Review(state="accepted", by="王", at="2018-03-16"), item.review.version)


def checkpoint(file: Path) -> None:
    """Bring the log of a SQLite file into it, so that damage to the file counts."""
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def damage(file: Path) -> None:
    """Noise over the middle half of a file."""
    checkpoint(file)
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(size // 4)
        opened.write(os.urandom(size // 2))


def test_a_newcomer_is_told_what_is_ready_and_what_is_missing(home: Home) -> None:
    said = home.run("doctor", "--offline", YUQING_CRAWL__CONTACT="", YUQING_ALERTS_URLS="json://x")
    assert "environment: no such setting: YUQING_ALERTS_URLS" in said
    assert "Set contact in [crawl]" in said
    assert "Set YUQING_ALERTS__URLS" in said
    assert "Elasticsearch and Java are not needed" in said
    (home.path / "keywords.yaml").write_text("sectors: [", "utf-8")
    (home.path / "file").touch()
    said = home.run("doctor", "--offline", code=1, YUQING_OUT="file/out", YUQING_ALERTS__DISK_FREE_GB="1e9")
    for fault in ("bad     keywords.yaml:", "bad     folder out: file/out", "bad     disk:", "3 problems found"):
        assert fault in said


def test_missing_rules_are_made_by_init(home: Home) -> None:
    (home.path / "keywords.yaml").unlink()
    said = home.run("doctor", "--offline", code=1)
    assert "bad     keywords.yaml: 没有这个文件。请在工作文件夹里运行，或用 `yuqing init` 新建" in said


def test_sound_data_agree(crawled: Home) -> None:
    assert "archive (9 pages), ledger and store (8 items) agree" in crawled.run("doctor", "--offline")


@pytest.mark.parametrize("saved", [True, False], ids=["backup", "no backup"])
def test_a_damaged_store_is_made_again_with_its_reviews(crawled: Home, fault: Fault, saved: bool) -> None:
    before = items(crawled)
    decide(crawled, min(before))
    if saved:
        crawled.run("backup")
    damage(crawled.path / "data" / "yuqing.db")
    assert "yuqing.db is damaged" in crawled.run("doctor", "--offline", code=1)
    assert "damaged" in crawled.run("doctor", "--offline", "--repair")
    after = items(crawled)
    assert list((crawled.path / "data").glob("yuqing.db.damaged-*"))
    assert {key: item.article for key, item in after.items()} == {key: item.article for key, item in before.items()}
    if saved:
        assert after[min(before)].review.state == "accepted"
        fault("store overwritten in the middle", 1, len(before.keys() - after.keys()), 0)


def test_a_damaged_ledger_and_memory_are_made_again(crawled: Home, fault: Fault) -> None:
    crawled.run("backup")
    new = crawled.articles(12)
    crawled.run("crawl")  # four pages that the backup does not know
    asked = {url: count for url, count in crawled.web.hits.items() if "/a/" in url}
    for name in ("ledger.db", "crawl.db"):
        damage(crawled.path / "data" / name)
    said = crawled.run("doctor", "--offline", "--repair")
    assert "ledger: restored from" in said
    assert "12 fetches read from the archive" in said
    crawled.run("crawl")
    assert {url: count for url, count in crawled.web.hits.items() if "/a/" in url} == asked
    found = account(crawled.path / "data")
    fault("ledger and URL memory overwritten", 2, found.lost(new), found.duplicated(new))
    assert (found.lost(new), found.duplicated(new)) == (0, 0)


def test_items_that_the_store_lost_come_back(crawled: Home) -> None:
    before = items(crawled)
    with closing(open_store(str(crawled.path / "data" / "yuqing.db"))) as store:
        store.delete(list(before)[:3])
    assert "3 archived pages have no item" in crawled.run("doctor", "--offline", code=1)
    crawled.run("doctor", "--offline", "--repair")
    assert items(crawled) == before


def test_a_cut_archive_file_is_named_with_its_loss(crawled: Home, fault: Fault) -> None:
    (file,) = (crawled.path / "data" / "archive").rglob("*.warc.gz")
    data = bytearray(file.read_bytes())
    third = [place for place in range(len(data) - 2) if data[place : place + 3] == b"\x1f\x8b\x08"][2]
    data[third + 50 : third + 90] = b"\0" * 40
    file.write_bytes(data)
    said = crawled.run("doctor", "--offline", code=1)
    assert f"1 records cannot be read, first: {file.relative_to(crawled.path)}: the record at byte {third}" in said
    assert "1 counted pages are not in the archive" in said
    told = crawled.run("doctor", "--offline", "--repair", code=1)
    assert "1 pages whose records are damaged will be fetched again" in told
    crawled.run("crawl")
    assert "agree" in crawled.run("doctor", "--offline")
    expected = crawled.articles(8)
    found = account(crawled.path / "data")
    fault("WARC record damaged in the middle of a file", 1, found.lost(expected), 0)
    assert found.lost(expected) == 0
    assert sum(crawled.web.hits[url.removeprefix("http://")] for url in expected) == 1  # that page only


def test_archive_files_that_are_gone_are_missed(crawled: Home) -> None:
    shutil.rmtree(crawled.path / "data" / "archive")
    assert "9 counted pages are not in the archive" in crawled.run("doctor", "--offline", code=1)
    crawled.run("doctor", "--offline", "--repair", code=1)
    crawled.run("crawl")
    assert not [url for url in crawled.web.hits if "/a/" in url]  # moved away is not damaged: nothing is asked again
