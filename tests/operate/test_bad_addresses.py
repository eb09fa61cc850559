"""What is no address, and rows and records of another hand, stop no crawl, replay, rebuild or doctor."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import datetime

import pytest

from crawler.archive import ArchiveWriter
from tests.operate.conftest import HOST, Home, article
from yuqing.core.records import Link, Page
from yuqing.core.times import SHANGHAI
from yuqing.core.urls import canonical_url, item_id, url_fault
from yuqing.monitor.ledger import Ledger

GOOD = f"http://{HOST}/a/1.html"
BAD = [
    "http://[::1",
    f"http://{HOST}:abc/x",
    f"http://{HOST}:99999/x",
    f"http://{HOST}:0/x",
    f"http://{HOST}:-1/x",
    "http://",
    "http:///x",
    "//" + HOST,
    "ftp://" + HOST,
    "javascript:alert(1)",
    "x",
    f"http://{HOST}/a\x00b",
    f"http://{HOST}/a\nb",
    "http://a b/",
    "http://[v1.x]/",
    f"http://{'a' * 64}.cn/",
    "http://a..b/",
    f"http://{HOST}/{'x' * 9000}",
    "http://[::1]extra/",
    "http://℀.com/",
]

pytestmark = pytest.mark.long


@pytest.mark.parametrize("url", BAD)
def test_what_is_no_address_is_told_from_one(url: str) -> None:
    assert url_fault(url)
    assert canonical_url(url) is not None
    assert len(item_id(url)) == 32


@pytest.mark.parametrize(
    "url",
    [
        GOOD,
        "https://www.gov.cn:8080/政策/2018-03/05/a.htm?q=互联网+#x",
        "http://[2001:db8::1]/x",
        "http://例子.中国/",
        "http://a_b.gov.cn/a b.html",
        "HTTP://WWW.GOV.CN",
    ],
)
def test_an_address_is_one(url: str) -> None:
    assert url_fault(url) == ""


def test_a_lone_surrogate_is_no_address_and_has_an_id() -> None:
    assert url_fault("http://www.gov.cn/\ud800")
    assert len(item_id("http://www.gov.cn/\ud800")) == 32


def counts(home: Home, run: str = "") -> Counter[str]:
    with closing(Ledger(home.path / "data" / "ledger.db")) as ledger:
        return ledger.run(run or ledger.runs(1)[0].id).outcomes


def test_a_replay_counts_bad_addresses_and_writes_none(home: Home) -> None:
    (home.path / "1.html").write_text(article(1), "utf-8")
    lines = [{"file": "1.html", "url": url} for url in [*BAD, GOOD]]
    lines += [{"file": "1\x00.html"}, {"file": "."}, {"file": "1.html", "site": "["}]
    (home.path / "m.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    home.run("crawl", "--replay", "m.jsonl")
    assert counts(home) == {"bad-address": len(BAD) + 1, "unreadable": 2, "indexed": 1}
    home.run("rebuild")
    assert counts(home) == {"unchanged": 1}
    home.run("doctor", "--offline", YUQING_ALERTS__DISK_FREE_GB="0")


def test_a_manifest_with_a_broken_line_is_refused_before_anything_is_written(home: Home) -> None:
    (home.path / "1.html").write_text(article(1), "utf-8")
    good = json.dumps({"file": "1.html", "url": GOOD})
    (home.path / "m.jsonl").write_bytes(f"{good}\nx\n\n{{}}\n".encode() + b'{"file":"\xff"}\n' + b"[" * 5000 + b"\n")
    said = home.run("crawl", "--replay", "m.jsonl", code=2)
    assert [line.split(": ")[0] for line in said.splitlines()] == [
        "yuqing", "m.jsonl:4:1", "m.jsonl:5:1", "m.jsonl:6:1",
    ]  # fmt: skip
    assert "m.jsonl:2:1" in said.splitlines()[0]
    assert not list((home.path / "data").rglob("*.warc.gz"))


@pytest.mark.parametrize("what", [".", "m\x00.jsonl", "none.warc"])
def test_what_is_no_file_is_not_replayed(home: Home, what: str) -> None:
    home.run("crawl", "--replay", what, code=2)


def archive(home: Home, urls: list[str]) -> None:
    """An archive as an older program left it: whatever stood as an address is in it."""
    when = datetime(2018, 3, 5, 9, tzinfo=SHANGHAI)
    with closing(ArchiveWriter(home.path / "data" / "archive", "20180305-090000")) as writer:
        for url in urls:
            link = Link(url=url, title="题")
            writer.write(Page(url=url, body=article(1).encode(), source_id="x", fetched_at=when, link=link))


def test_an_archive_with_bad_addresses_is_rebuilt_and_agrees(home: Home) -> None:
    bad = [url for url in BAD if "\n" not in url]
    archive(home, [*bad, GOOD])
    home.run("rebuild")
    assert counts(home) == {"bad-address": len(bad), "indexed": 1}
    home.run("doctor", "--offline", YUQING_ALERTS__DISK_FREE_GB="0")
    shutil.rmtree(home.path / "data" / "archive")
    home.run("rebuild")


def test_a_run_that_a_bad_address_ended_is_closed_at_the_next_start(home: Home) -> None:
    archive(home, ["http://[::1", GOOD])
    with closing(Ledger(home.path / "data" / "ledger.db")) as ledger, closing(sqlite3.connect(ledger._path)) as db:
        run = ledger.start("replay m.jsonl", {})
        db.execute("UPDATE runs SET id = '20180305-090000' WHERE id = ?", (run,))
        db.commit()
    assert "2 archived pages were counted afterwards" in home.run("doctor", "--repair", "--offline")
    assert counts(home, "20180305-090000") == {"bad-address": 1, "indexed": 1}


def test_rows_of_another_hand_stop_nobody(crawled: Home) -> None:
    data = crawled.path / "data"
    with closing(sqlite3.connect(data / "ledger.db")) as db, db:
        (run,) = db.execute("SELECT id FROM runs").fetchone()
        row = "INSERT INTO pages VALUES (?, ?, 'gov-example', ?, ?, 0, 0, ?, ?)"
        db.execute(row, (run, "http://[::1", "of-a-newer-program", "\x00", "x", "no time"))
        db.execute("UPDATE pages SET detail = CAST(x'ff80' AS TEXT) WHERE url = 'http://[::1'")
        db.execute("UPDATE runs SET versions = '{'")
    with closing(sqlite3.connect(data / "crawl.db")) as db, db:
        db.execute("INSERT INTO urls VALUES ('k', 'http://[::1', 'gov-example', 'x', 1, NULL, '', '')")
        for number, link in enumerate(
            ("{", '{"url":"http://[::1"}', '{"url":"http://www.example.gov.cn:abc/a/1.html"}')
        ):
            db.execute(
                "INSERT INTO owed (id, link, source_id, named_at) VALUES (?, ?, 'gov-example', '2099-01-01')",
                (str(number), link),
            )
    for words in (
        ["runs"],
        ["runs", run],
        ["runs", run, "--outcome", "unreadable"],
        ["rebuild"],
        ["crawl"],
        ["metrics"],
    ):
        crawled.run(*words)
    assert "gov-example" in crawled.run("sources", "check")
    crawled.run("alerts", "list")


def test_a_document_that_cannot_be_read_is_named_and_made_anew(crawled: Home) -> None:
    store = crawled.path / "data" / "yuqing.db"
    with closing(sqlite3.connect(store)) as db, db:
        db.execute("UPDATE documents SET data = x'7b22' WHERE item = 1")
        db.execute("UPDATE documents SET data = json_set(data, '$.article.url', 'http://[::1') WHERE item = 2")
    for words in (["search"], ["search", "互联网+"], ["retag"], ["report", "--window", "2018-03"]):
        crawled.run(*words)
    said = crawled.run("doctor", "--offline", code=1, YUQING_ALERTS__DISK_FREE_GB="0")
    assert "1 archived pages have no item" in said
    crawled.run("doctor", "--offline", "--repair", YUQING_ALERTS__DISK_FREE_GB="0")
    assert len(json.loads(crawled.run("search", "--json", "--all"))["hits"]) == 8


@pytest.mark.parametrize("link", [f"http://{HOST}:abc/a/x.html", f"http://{HOST}:99999/a/y.html"])
def test_one_bad_link_is_one_outcome(home: Home, link: str) -> None:
    home.articles(4)
    page = home.web.pages[f"{HOST}/list/"]
    page.body = page.body.replace(b"<ul class='news'>", f"<ul class='news'><li><a href='{link}'>坏</a></li>".encode())
    home.run("crawl")
    assert counts(home) == {"indexed": 4, "listing": 1, "bad-address": 1}


@pytest.mark.parametrize("target", [f"http://{HOST}:abc/a/9.html", "http://[::1", "//[x", f"http://{HOST}:99999/"])
def test_a_redirect_to_no_address_is_the_outcome_of_its_page(home: Home, target: str) -> None:
    home.articles(2)
    home.web.put(f"{HOST}/a/1.html", b"", 302, Location=target)
    home.run("crawl")
    assert counts(home) == {"indexed": 1, "listing": 1, "bad-address": 1}


@pytest.mark.parametrize("target", [f"http://{HOST}:abc/a/9.html", "http://[::1", f"http://{HOST}:99999/"])
def test_a_refresh_to_no_address_is_the_outcome_of_its_page(home: Home, target: str) -> None:
    home.articles(2)
    home.web.put(f"{HOST}/a/1.html", f"<html><meta http-equiv='refresh' content='0;url={target}'></html>")
    home.run("crawl")
    assert counts(home) >= Counter({"indexed": 1, "listing": 1, "bad-address": 1})


def test_a_list_that_is_none_is_named_by_its_run(home: Home) -> None:
    home.web.put(f"{HOST}/list/", b"{}", Content_Type="application/json")
    said = home.run("crawl")
    assert "1 lists could not be read" in said.replace("\n", " ")
    assert f"http://{HOST}/list/" in said


def test_a_ledger_of_a_newer_program_is_refused(crawled: Home) -> None:
    with closing(sqlite3.connect(crawled.path / "data" / "ledger.db")) as db:
        db.execute("PRAGMA user_version = 9")
    assert "install the newer yuqing" in crawled.run("runs", code=1)
