"""The whole main job on the demo web: what it fetches, stores, reports, and makes again from its archive."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import archive_files, read_pages
from indexer.open import open_store
from tests.monitor.conftest import Demo, new_home
from tests.operate.conftest import until
from yuqing.core.jsonio import to_plain
from yuqing.core.records import Item
from yuqing.core.urls import canonical_url
from yuqing.monitor.ledger import Ledger

pytestmark = pytest.mark.xdist_group("demo")  # one worker, one run of the demo


def items(data: Path) -> dict[str, Item]:
    store = open_store(str(data / "yuqing.db"))
    try:
        return {item.id: item for item in store.scan()}
    finally:
        store.close()


@pytest.fixture(scope="session")
def report(demo: Demo) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((demo.home / "out/report-2018-03.json").read_text("utf-8"))
    return found


def places(report: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Every entry with the section and label it stands under."""
    rows = [(s["key"], r["label"], e) for s in report["sections"] for r in s["rows"] for e in r["entries"]]
    rows += [("summit", entry["heading"], entry) for entry in report["summits"]]
    return rows + [("special", entry["heading"], entry) for topic in report["topics"] for entry in topic["entries"]]


def test_the_outcomes_add_up_to_the_pages_fetched(demo: Demo) -> None:
    ledger = Ledger(demo.home / "data/ledger.db")
    (run,) = ledger.runs()
    pages = list(ledger.pages(run.id))
    ledger.close()
    assert run.state == "done"
    assert run.pages == len(pages) == sum(run.outcomes.values())
    answered = Counter(page.url for page in pages if page.status)
    archived: Counter[str] = Counter()
    for file in archive_files(demo.home / "data/archive"):
        for page in read_pages(file, pytest.fail):
            archived.update([page.url, *(part.url for part in page.parts)])
    assert archived == answered  # everything that was answered is in the archive, once, and in the ledger, once
    assert run.outcomes["failed"] == 0


def test_every_hostile_corner_has_its_outcome(demo: Demo) -> None:
    ledger = Ledger(demo.home / "data/ledger.db")
    (run,) = ledger.runs()
    ledger.close()
    corners = "refused robots off-site undated too-short too-large part reprint http-error listing"
    for outcome in corners.split():
        assert run.outcomes[outcome], outcome


def test_nothing_but_the_sources_own_hosts_was_asked(demo: Demo) -> None:
    assert "off-site" in demo.printed
    for item in items(demo.home / "data").values():
        assert "weixin" not in item.article.url


@pytest.mark.shared
def test_every_published_row_comes_out_under_its_label(shared: Path, report: dict[str, Any]) -> None:
    """The rows of the published issue, by the address of their page where they have one, else by section and label."""
    found = places(report)
    lost = []
    for line in (shared / "gold/report_items.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        urls = {canonical_url(url) for url in row["urls"]}
        mine = [
            (section, label)
            for section, label, entry in found
            if (not urls or urls & {canonical_url(link["url"]) for link in entry["links"]})
            and row["dates"][0] <= report["last"]
        ]
        wanted = [
            label
            for section, label in mine
            if section == row["section"] and (section in ("summit", "special") or label == row["label"])
        ]
        if not wanted:
            lost.append((row["id"], row["section"], row["label"], mine))
    assert not lost


def test_every_entry_has_a_link_and_begins_with_its_date(report: dict[str, Any]) -> None:
    entries = [entry for _, _, entry in places(report)]
    assert len(entries) > 60
    assert all(entry["links"] for entry in entries)
    assert all(entry["text"][0].isdigit() for entry in entries)


def test_reprints_are_one_entry(demo: Demo, report: dict[str, Any]) -> None:
    clusters = Counter(item.cluster.id for item in items(demo.home / "data").values() if item.cluster)
    assert clusters
    ids = [tuple(entry["item_ids"]) for _, _, entry in places(report)]
    assert max(len(found) for found in ids) == max(clusters.values())


def test_rebuild_makes_the_same_items_again(demo: Demo, tmp_path: Path) -> None:
    before = items(demo.home / "data")
    copy = tmp_path / "data"
    shutil.copytree(demo.home / "data", copy)
    (copy / "yuqing.db").unlink()
    for name in ("yuqing.db-wal", "yuqing.db-shm"):
        (copy / name).unlink(missing_ok=True)
    demo.yuqing("rebuild", YUQING_DATA=str(copy))
    assert {key: to_plain(item) for key, item in items(copy).items()} == {
        key: to_plain(item) for key, item in before.items()
    }
    demo.yuqing("rebuild", YUQING_DATA=str(copy))
    ledger = Ledger(copy / "ledger.db")
    again, first = ledger.runs(2)
    ledger.close()
    assert first.outcomes["indexed"] > 60
    assert set(again.outcomes) <= {
        "unchanged",
        "undated",
        "list-page",
        "too-short",
        "part",
        "no-title",
        "not-html",
        "refused",
    }


def test_the_report_can_be_made_again_byte_for_byte(demo: Demo) -> None:
    first = {name: (demo.home / f"out/report-2018-03.{name}").read_bytes() for name in ("json", "md")}
    demo.yuqing("report", "--window", "2018-03", "--out", "again", "--format", "json,md")
    for name, data in first.items():
        assert (demo.home / f"again/report-2018-03.{name}").read_bytes() == data


def test_what_changed_since_an_older_report(demo: Demo, tmp_path: Path) -> None:
    old = json.loads((demo.home / "out/report-2018-03.json").read_text("utf-8"))
    gone = old["sections"][0]["rows"].pop(0)["entries"][0]
    (tmp_path / "old.json").write_text(json.dumps(old, ensure_ascii=False), "utf-8")
    shown = demo.yuqing("report", "--window", "2018-03", "--diff", str(tmp_path / "old.json"))
    assert "新增" in shown
    assert gone["text"] in shown
    same = demo.yuqing("report", "--window", "2018-03", "--diff", "out/report-2018-03.json")
    assert same.strip() == "没有变化"


def test_search_finds_what_the_report_shows(demo: Demo) -> None:
    found = json.loads(demo.yuqing("search", "互联网+教育", "--window", "2018-03", "--json"))
    assert found["total"] >= 2
    assert all("互联网" in hit["title"] + hit["snippet"] for hit in found["hits"])
    assert dict(found["facets"]["ministry"])["教育部"] >= 1
    shown = demo.yuqing("search", "电子社保卡")
    assert "青岛" in shown
    assert "山东省" in shown


def test_a_search_that_finds_nothing_names_the_filter_that_no_item_matches(demo: Demo) -> None:
    shown = demo.yuqing("search", "--region", "浙江", "--sector", "没有", "--source", "gov")
    assert shown.startswith("共 0 条\n")
    assert "库中没有领域为“没有”的条目\n" in shown
    assert "库中没有地区为“浙江”的条目；名称相近的有：浙江省\n" in shown
    assert "库中没有来源为“gov”的条目；名称相近的有：gov-ah" in shown
    assert "监测期 2011-01 没有条目；有条目的：2018-02、2018-03、2018-04" in demo.yuqing(
        "search", "--window", "2011-01"
    )
    assert demo.yuqing("search", "不存在的词") == "共 0 条\n"


def test_an_edit_of_the_keywords_is_shown_then_applied(demo: Demo, tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(demo.home / "data", copy)
    rules = tmp_path / "keywords.yaml"
    text = (demo.home / "keywords.yaml").read_text("utf-8")
    assert "threshold: 3" in text
    rules.write_text(text.replace("threshold: 3", "threshold: 9"), "utf-8")
    edited = {"YUQING_DATA": str(copy), "YUQING_KEYWORDS": str(rules)}
    before = items(copy)
    shown = demo.yuqing("retag", "--dry-run", **edited)
    assert "去掉 relevant" in shown
    assert items(copy) == before
    demo.yuqing("retag", **edited)
    after = items(copy)
    assert sum(item.tags.relevant for item in after.values()) < sum(item.tags.relevant for item in before.values())
    assert "0 条标签将变动" in demo.yuqing("retag", "--dry-run", **edited)
    dropped = [item for item in after.values() if item.tags.score >= 2 and not item.tags.relevant]
    listed = demo.yuqing("keywords", "near-misses", **edited)
    assert f"共 {len(dropped)} 条" in listed
    assert all(item.article.title in listed for item in dropped)


def test_a_second_crawl_lock_is_said(demo: Demo) -> None:
    from yuqing.monitor.lock import crawl_lock

    with crawl_lock(demo.home / "data"):
        assert "Another crawl" in demo.yuqing("rebuild", code=4)


def test_a_stopped_demo_writes_no_report(tmp_path: Path, root: Path) -> None:
    home = new_home(tmp_path / "home", root)
    running = subprocess.Popen([sys.executable, "-m", "yuqing", "demo"], cwd=home, stdout=subprocess.PIPE, text=True)
    until(lambda: any((home / "data/demo/archive").rglob("*.warc.gz")), "the first archived page")
    running.send_signal(signal.SIGINT)
    shown, _ = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "The demo was stopped; there is no report." in shown
    assert not list(home.rglob("report-*"))
