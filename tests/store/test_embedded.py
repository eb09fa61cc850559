"""The SQLite file itself: migration, faults, several processes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.embedded import EmbeddedStore, schema
from indexer.open import open_store
from indexer.store import ConflictError, Query
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.jsonio import to_json
from yuqing.core.records import Labels, Review


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store.sqlite"


def test_the_url_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for url in ("one.sqlite", "sqlite:///two.sqlite", f"sqlite:///{tmp_path}/three.sqlite"):
        open_store(url).close()
    assert {p.name for p in tmp_path.glob("*.sqlite")} == {"one.sqlite", "two.sqlite", "three.sqlite"}
    for bad in ("", "mysql://host/db", "sqlite://host/file", "sqlite:///"):
        with pytest.raises(UsageError, match=r"store\.sqlite"):
            open_store(bad)


def test_items_outlive_the_process(path: Path, make_item) -> None:
    first = EmbeddedStore(path)
    first.put([make_item("a")])
    first.close()
    second = EmbeddedStore(path)
    assert second.get(make_item("a").id) == make_item("a")
    second.close()


def test_a_failure_in_the_middle_of_a_batch_writes_nothing(path: Path, make_item) -> None:
    store = EmbeddedStore(path)

    def items() -> Iterator:
        yield make_item("a")
        raise RuntimeError("the crawler broke")

    with pytest.raises(RuntimeError):
        store.put(items())
    assert store.count(Query()) == 0


def test_a_full_disk_keeps_what_was_there(path: Path, make_item) -> None:
    store = EmbeddedStore(path)
    store.put([make_item("a")])
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages + 8}")
    with pytest.raises(YuqingError, match=r"store\.sqlite.*disk is full"):
        store.put(make_item(f"b{n}", body="正文" * 500) for n in range(100))
    assert store.count(Query()) == 1
    assert store._db.execute("SELECT count(*) FROM documents").fetchone()[0] == 1
    store._db.execute("PRAGMA max_page_count = 100000")
    store.put([make_item("b")])
    assert store.count(Query(text="第b篇")) == 1
    store.close()


@pytest.fixture
def powerless() -> Iterator[None]:
    """The rights of an ordinary user, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_read_only_folder_is_named(tmp_path: Path, powerless: None) -> None:
    with pytest.raises(YuqingError, match="/proc/nowhere: the folder cannot be created"):
        EmbeddedStore(Path("/proc/nowhere/store.sqlite"))
    with pytest.raises(YuqingError, match="cannot be opened or created"):
        EmbeddedStore(Path("/proc/store.sqlite"))


def test_a_read_only_file_is_named(make_item) -> None:
    store = EmbeddedStore(Path(":memory:"))
    store._db.execute("PRAGMA query_only = ON")
    with pytest.raises(YuqingError, match="cannot be written to"):
        store.put([make_item("a")])


def test_a_file_of_another_kind_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("这不是数据库。" * 1000)
    before = path.read_bytes()
    with pytest.raises(YuqingError, match="not a store of yuqing"):
        EmbeddedStore(path)
    assert path.read_bytes() == before


def test_a_damaged_file_says_so(path: Path, make_item) -> None:
    store = EmbeddedStore(path)
    store.put(make_item(str(n), body="正文" * 300) for n in range(200))
    store.close()
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 4096):
        data[at : at + 64] = b"\xff" * 64
    path.write_bytes(data)
    with pytest.raises(YuqingError, match=r"damaged.*yuqing rebuild"):
        list(EmbeddedStore(path).scan())


def make_older(store: EmbeddedStore, version: int) -> None:
    """Make the store's file one of the schema ``version``, and close it."""
    store._db.execute("DROP TABLE fields")
    if version < 5:
        store._db.execute("DROP TABLE edits")
    if version < 4:
        store._db.execute("DROP TABLE facets")
        store._db.execute("ALTER TABLE items DROP COLUMN facets")
    if version < 2:
        store._db.execute("DROP TABLE reviews")
    store._db.execute(f"PRAGMA user_version = {version}")
    store.close()


def test_an_older_file_is_brought_up_to_date(path: Path, make_item) -> None:
    """A file as the first schema wrote it: everything is still found, counted and reviewed."""
    old = EmbeddedStore(path)
    old.put([make_item("a", title="互联网+教育", sectors=["教育"]), make_item("b")])
    review = to_json(Review(state="accepted", by="王", version=1))
    old._db.execute(
        "UPDATE items SET state = 'accepted', version = 1, review = ? WHERE id = ?", (review, make_item("a").id)
    )
    make_older(old, 1)
    store = EmbeddedStore(path)
    found = store.search(Query(text="互联网+教育", state="accepted"))
    assert found.total == 1
    assert found.facets["sector"] == [("教育", 1)]
    assert found.facets["state"] == [("accepted", 1)]
    assert found.facets["day"] == [(make_item("a").article.published_at[:10], 1)]
    assert store.count(Query()) == 2
    assert [review.by for review in store.history(make_item("a").id)] == ["王"]
    store.put([make_item("c")])
    assert store._db.execute("PRAGMA user_version").fetchone()[0] == len(schema.MIGRATIONS)
    assert store.status().schema == len(schema.MIGRATIONS)


def test_an_older_file_counts_items_under_the_tags_that_people_gave(path: Path, make_item) -> None:
    store = EmbeddedStore(path)
    store.put([item := make_item("a", ministries=("教育部",), sections=("ministry",)), make_item("b")])
    store.set_review(item.id, Review(sections=("province",), labels=Labels(enterprises=("腾讯",))), 0)
    rules = {"ministry": "教育部", "section": "ministry"}
    store._db.execute("DELETE FROM tags")
    store._db.executemany("INSERT INTO tags VALUES (1, ?, ?)", rules.items())
    make_older(store, 2)
    store = EmbeddedStore(path)
    facets = store.search(Query()).facets
    assert [facets[name] for name in ("ministry", "enterprise", "section")] == [[], [("腾讯", 1)], [("province", 1)]]
    store.close()


def test_a_broken_migration_leaves_the_file_as_it_was(path: Path, make_item, monkeypatch: pytest.MonkeyPatch) -> None:
    store = EmbeddedStore(path)
    store.put([make_item("a")])
    store.close()

    def breaks(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE items")
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, breaks])
        with pytest.raises(RuntimeError):
            EmbeddedStore(path)
    again = EmbeddedStore(path)
    assert again.count(Query()) == 1
    again.close()


def test_a_newer_file_is_refused(path: Path) -> None:
    store = EmbeddedStore(path)
    store._db.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(YuqingError, match=r"schema 99.*install the newer yuqing"):
        EmbeddedStore(path)


_WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from conftest import build_item
from indexer.embedded import EmbeddedStore
store = EmbeddedStore(Path({path!r}))
for n in range(0, 400, 20):
    store.put(build_item(f"{name}{{m}}" if m % 2 else f"both{{m}}") for m in range(n, n + 20))
"""


def test_two_processes_write_at_once(path: Path) -> None:
    tests = str(Path(__file__).parent)
    code = [_WRITER.format(tests=tests, path=str(path), name=name) for name in ("a", "b")]
    runs = [subprocess.Popen([sys.executable, "-c", c], cwd=Path(__file__).parents[2]) for c in code]
    assert [run.wait(60) for run in runs] == [0, 0]
    store = EmbeddedStore(path)
    assert store.count(Query()) == 600
    assert len(list(store.scan())) == 600
    assert store.search(Query(text="正文", size=0)).total == 600
    store.close()


def test_threads_share_a_store(path: Path, make_item) -> None:
    store = EmbeddedStore(path)
    item = make_item("a")
    store.put([item])
    won, lost = [], []

    def decide(name: str) -> None:
        for _ in range(20):
            version = store.get(item.id).review.version
            try:
                won.append(store.set_review(item.id, Review(state="accepted", by=name), version).version)
            except ConflictError:
                lost.append(name)
            assert store.search(Query(text="第a篇")).total == 1

    threads = [threading.Thread(target=decide, args=(name,)) for name in "甲乙丙"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == list(range(1, len(won) + 1))
    assert len(won) + len(lost) == 60
    store.close()
