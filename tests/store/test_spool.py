"""A crawl goes on while the server is away: nothing is lost, nothing stands twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer import spool
from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.embedded import EmbeddedStore
from indexer.open import open_store
from indexer.spool import SpoolingStore, SpoolState, spool_state
from indexer.store import BulkError, PutResult, Query, StoreUnavailableError
from yuqing.core.records import Item, ReprintCluster, Review


class Moody(EmbeddedStore):
    """An embedded store whose server can be switched off, and that refuses some items."""

    away = False
    refuses: tuple[str, ...] = ()
    puts = 0

    def put(self, items):
        self.puts += 1
        if self.away:
            raise StoreUnavailableError("the server cannot be reached.")
        return [
            PutResult(item.id, "refused", "no such field")
            if item.id in self.refuses
            else super(Moody, self).put([item])[0]
            for item in items
        ]

    def set_clusters(self, changes):
        if self.away:
            raise StoreUnavailableError("the server cannot be reached.")
        if bad := [(key, "no such field") for key in changes if key in self.refuses]:
            raise BulkError(bad)
        return super().set_clusters(changes)


@pytest.fixture
def moody(tmp_path: Path) -> Moody:
    return Moody(tmp_path / "server.sqlite")


@pytest.fixture
def store(moody: Moody, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SpoolingStore:
    monkeypatch.setattr(spool, "RETRY_SECONDS", 0.0)
    return SpoolingStore(lambda: moody, tmp_path / "spool.sqlite")


def test_a_server_that_is_there_is_written_to_directly(store: SpoolingStore, make_item) -> None:
    assert [r.written for r in store.put([make_item("a"), make_item("a")])] == ["created", "unchanged"]
    assert store.waiting() == 0


def test_writes_wait_in_order_and_are_delivered(store: SpoolingStore, moody: Moody, make_item) -> None:
    store.put([make_item("a", title="一")])
    moody.away = True
    a = make_item("a").id
    assert [r.written for r in store.put([make_item("a", title="二"), make_item("b")])] == ["spooled", "spooled"]
    store.set_clusters({a: ReprintCluster(id=a)})
    store.put([make_item("a", title="三")])
    assert store.waiting() == 4
    assert store.get(a).article.title == "一"
    moody.away = False
    assert [r.written for r in store.put([make_item("c")])] == ["created"]
    assert store.waiting() == 0
    assert store.get(a).article.title == "三"
    assert store.get(a).cluster == ReprintCluster(id=a)
    assert store.count(Query()) == 3


def test_what_waits_outlives_the_process(store: SpoolingStore, moody: Moody, tmp_path: Path, make_item) -> None:
    moody.away = True
    store.put([make_item("a"), make_item("b")])
    store.close()
    back = Moody(tmp_path / "server.sqlite")
    again = SpoolingStore(lambda: back, tmp_path / "spool.sqlite")
    assert again.waiting() == 2
    assert again.deliver() == 0
    assert back.count(Query()) == 2


def test_a_write_that_cannot_be_read_stops_no_other(store: SpoolingStore, moody: Moody, make_item) -> None:
    moody.away = True
    a, b = make_item("a"), make_item("b")
    store.put([a, b])
    store.set_clusters({a.id: ReprintCluster(id=a.id), b.id: ReprintCluster(id=a.id, lead=False)})
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute("UPDATE waiting SET data = x'7b22' WHERE number IN (1, 3)")
    moody.away = False
    assert store.deliver() == 0
    assert [item.id for item in moody.scan()] == [b.id]


def test_a_server_that_is_away_is_not_asked_for_every_item(moody: Moody, tmp_path: Path, make_item) -> None:
    store = SpoolingStore(lambda: moody, tmp_path / "spool.sqlite")
    moody.away = True
    for n in range(20):
        store.put([make_item(str(n))])
    assert moody.puts == 1
    moody.away = False
    store.close()
    assert Moody(tmp_path / "server.sqlite").count(Query()) == 20


def test_an_item_that_the_server_refuses_does_not_block_the_others(
    store: SpoolingStore, moody: Moody, make_item
) -> None:
    moody.away = True
    store.put([make_item("a"), make_item("bad"), make_item("b")])
    moody.away, moody.refuses = False, (make_item("bad").id,)
    assert store.deliver() == 0
    assert store.refused() == [(make_item("bad").id, "no such field")]
    assert store.count(Query()) == 2


def test_a_refused_item_is_kept_in_its_newest_version_until_it_is_taken(
    store: SpoolingStore, moody: Moody, tmp_path: Path, make_item
) -> None:
    bad = make_item("bad")
    moody.refuses = (bad.id,)
    assert [r.written for r in store.put([bad, make_item("a"), make_item("bad", title="改")])] == [
        "refused",
        "created",
        "refused",
    ]
    assert store.set_clusters({bad.id: ReprintCluster(id=bad.id)}) == 0
    assert store.retry() == 0
    assert spool_state(store.path) == SpoolState(0, ((bad.id, "no such field"),))
    moody.away = True
    with pytest.raises(StoreUnavailableError):
        store.retry()
    moody.away, moody.refuses = False, ()
    assert spool_state(store.path).refused
    assert store.retry() == 1
    assert store.get(bad.id).article.title == "改"
    assert spool_state(store.path) == spool_state(tmp_path / "nowhere") == SpoolState()


def test_a_later_version_that_is_taken_replaces_the_refused_one(store: SpoolingStore, moody: Moody, make_item) -> None:
    moody.refuses = (make_item("bad").id,)
    store.put([make_item("bad")])
    moody.refuses = ()
    moody.away = True
    store.put([make_item("bad", title="改")])
    moody.away = False
    assert store.retry() == 0, "what waits goes first"
    assert store.refused() == []
    assert store.get(make_item("bad").id).article.title == "改"


def test_people_are_told_at_once(store: SpoolingStore, moody: Moody, make_item) -> None:
    store.put([make_item("a")])
    review = store.set_review(make_item("a").id, Review(state="accepted", by="王"), 0)
    assert store.history(make_item("a").id) == [review]


@pytest.fixture
def restartable(node) -> Iterator[str]:
    """A node of its own for the test that stops it."""
    yield node("start", "restart")
    node("destroy", "restart")


@pytest.mark.elasticsearch
@pytest.mark.long
@pytest.mark.xdist_group("stopped-node")
@pytest.mark.timeout(300)
def test_the_node_goes_away_in_the_middle_of_a_crawl(restartable: str, node, tmp_path: Path, make_item) -> None:
    items = [make_item(str(n), title=f"第{n}条", window=f"2018-0{n % 3 + 1}") for n in range(90)]
    store = open_store(f"{restartable}/crawl", NO_ACCESS, init=True, spool=tmp_path / "spool.sqlite")
    assert isinstance(store, SpoolingStore)

    def crawl(some: list[Item]) -> set[str]:
        return {result.written for item in some for result in store.put([item])}

    assert crawl(items[:30]) == {"created"}
    node("stop", "restart")
    assert crawl(items[25:60]) == {"spooled"}
    assert store.waiting() == 35
    assert node("start", "restart") == restartable
    assert store.deliver(now=True) == 0
    assert crawl(items[55:]) == {"created", "unchanged"}
    store.close()
    after = ElasticStore(f"{restartable}/crawl", NO_ACCESS)
    assert sorted(item.id for item in after.scan()) == sorted(item.id for item in items)
    assert {item.id: item for item in after.scan()} == {item.id: item for item in items}
    assert after.count(Query()) == 90
    after.close()
