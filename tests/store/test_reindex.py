"""The indices are built anew while people search, analysts decide and a crawl writes."""

from __future__ import annotations

import itertools
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from msgspec.structs import replace

from indexer import spool
from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore, reindex, session
from indexer.elastic.mapping import PROPERTIES, properties
from indexer.open import open_store
from indexer.store import Query, StoreUnavailableError
from yuqing.core.records import ReprintCluster, Review


def nothing(copied: int) -> None:
    pass


pytestmark = pytest.mark.long


@pytest.fixture
def url(node_url: str) -> Iterator[str]:
    prefix = f"move-{uuid.uuid4().hex[:8]}"
    yield f"{node_url}/{prefix}"
    with Elasticsearch(node_url) as client:
        client.indices.delete(index=list(client.indices.get(index=f"{prefix}-*")))
        for template in client.indices.get_index_template(name=f"{prefix}-*")["index_templates"]:
            client.indices.delete_index_template(name=template["name"])


@pytest.fixture
def store(url: str) -> Iterator[ElasticStore]:
    opened = ElasticStore(url, NO_ACCESS, init=True)
    yield opened
    opened.close()


def reopened(url: str) -> ElasticStore:
    return ElasticStore(url, NO_ACCESS)


@pytest.mark.elasticsearch
def test_everything_is_in_the_next_version(url: str, store: ElasticStore, make_item) -> None:
    items = [make_item(str(n), window=f"2018-0{n % 3 + 1}") for n in range(20)] + [make_item("u", published_at="")]
    first = items[0].id
    store.put(items)
    store.set_clusters({first: ReprintCluster(id=first)})
    store.set_review(first, Review(state="accepted", row="初稿", by="王"), 0)
    store.set_review(first, Review(state="accepted", row="定稿", by="李"), 1)
    before, decisions = list(store.scan()), store.history(first)
    done = reindex.reindex(url, NO_ACCESS, "", nothing, force=True)
    assert done == reindex.Rebuilt(version=2, items=21, blocked=0)
    after = reopened(url)
    assert list(after.scan()) == before
    assert after.history(first) == decisions
    assert [result.written for result in after.put(items)] == ["unchanged"] * 21
    assert reindex.reindex(url, NO_ACCESS, "", nothing) is None
    assert len(reindex.drop_old(url, NO_ACCESS)) == 4
    assert list(after.scan()) == before
    after.close()


@pytest.mark.elasticsearch
def test_what_is_written_and_deleted_meanwhile_is_not_lost(
    url: str, store: ElasticStore, make_item, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b, c = (make_item(name) for name in "abc")
    store.put([a, b])
    monkeypatch.setattr(reindex, "MIN_LEFT", 0)

    def meanwhile(copied: int) -> None:
        if copied == 2:
            store.put([c, replace(a, article=replace(a.article, editor="新编辑"))])
            store.set_review(a.id, Review(state="accepted", by="王"), 0)
            store.delete([b.id])

    monkeypatch.setattr(reindex, "MAX_ROUNDS", 1)
    done = reindex.reindex(url, NO_ACCESS, "", meanwhile, force=True)
    assert done is not None
    assert (done.items, done.blocked) == (2, 2)
    after = reopened(url)
    assert sorted(item.id for item in after.scan()) == sorted([a.id, c.id])
    stored = after.get(a.id)
    assert stored is not None
    assert (stored.article.editor, stored.review.by) == ("新编辑", "王")
    after.close()


@pytest.mark.elasticsearch
def test_a_process_that_knows_the_old_version_finds_the_new_one(url: str, store: ElasticStore, make_item) -> None:
    item = make_item("a")
    store.put([item])
    reindex.reindex(url, NO_ACCESS, "", nothing, force=True)
    assert store.count(Query()) == 1
    assert store.set_review(item.id, Review(state="accepted", by="王"), 0).version == 1
    assert store.put([make_item("new", window="2018-05")])[0].written == "created"
    assert store.count(Query()) == 2
    with closing(reopened(url)) as after:
        assert after.get(item.id).review.by == "王"
        assert after.history(item.id) == store.history(item.id)


@pytest.mark.elasticsearch
def test_two_reindexes_behind_and_in_several_threads(url: str, store: ElasticStore, make_item) -> None:
    """The chunks of one put run into the switch side by side; each finds the indices in use by itself."""
    store.put([make_item(str(n)) for n in range(50)])
    for _ in range(2):
        reindex.reindex(url, NO_ACCESS, "", nothing, force=True)
    items = [make_item(str(n), window=f"2018-0{n % 5 + 1}") for n in range(50, 2200)]
    assert {result.written for result in store.put(items)} == {"created"}
    assert store.count(Query()) == 2200


@pytest.mark.elasticsearch
def test_a_process_that_only_reads_finds_the_new_version(
    url: str, store: ElasticStore, make_item, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = make_item("a")
    store.put([item])
    reindex.reindex(url, NO_ACCESS, "", nothing, force=True)
    with closing(reopened(url)) as other:
        other.set_review(item.id, Review(state="accepted", by="王"), 0)
    monkeypatch.setattr(session, "LOOK_SECONDS", 0.0)
    assert store.get(item.id).review.by == "王"
    reindex.drop_old(url, NO_ACCESS)
    assert store.history(item.id)[0].by == "王"


@pytest.mark.elasticsearch
def test_nobody_writes_while_it_switches_and_a_crawl_that_ends_then_leaves_nothing_behind(
    url: str, store: ElasticStore, make_item, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "RETRY_SECONDS", 0.0)
    first, last = make_item("first"), make_item("last")
    store.put([first])
    crawler = open_store(url, spool=tmp_path / "spool.sqlite")
    compare = reindex._Move._compare

    def blocked(move: reindex._Move) -> int:
        with pytest.raises(StoreUnavailableError, match="being rebuilt"):
            store.set_review(first.id, Review(state="accepted", by="王"), 0)
        assert crawler.put([last])[0].written == "spooled"
        return compare(move)

    monkeypatch.setattr(reindex._Move, "_compare", blocked)
    reindex.reindex(url, NO_ACCESS, "", nothing, force=True)
    crawler.close()
    assert spool.spool_state(tmp_path / "spool.sqlite").waiting == 0
    with closing(reopened(url)) as after:
        assert after.get(last.id) == last
        assert after.get(first.id) == first


@pytest.mark.elasticsearch
def test_a_new_month_of_the_old_version_takes_no_writes(url: str, store: ElasticStore, make_item) -> None:
    reindex.reindex(url, NO_ACCESS, "", nothing, force=True)
    assert store.put([make_item("a", window="2018-07")])[0].written == "created"
    with closing(reopened(url)) as after:
        assert after.get(make_item("a").id) is not None


@pytest.mark.elasticsearch
@pytest.mark.parametrize("step", ["_round", "_block", "_compare", "_switch", "_say"])
def test_broken_off_it_is_begun_again(
    url: str, store: ElasticStore, make_item, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    items = [make_item(str(n)) for n in range(5)]
    store.put(items)
    real = getattr(reindex._Move, step)

    def breaks(self, *given):
        real(self, *given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reindex._Move, step, breaks)
        with pytest.raises(KeyboardInterrupt):
            reindex.reindex(url, NO_ACCESS, "", nothing, force=True)
    assert store.count(Query()) == 5
    done = reindex.reindex(url, NO_ACCESS, "", nothing, force=True)
    assert done is not None
    assert (done.version, done.items) == (2, 5)
    with closing(reopened(url)) as after:
        assert sorted(item.id for item in after.scan()) == sorted(item.id for item in items)
        assert after.count(Query()) == 5


@pytest.mark.elasticsearch
def test_searches_and_a_crawl_go_on(
    url: str, store: ElasticStore, make_item, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "RETRY_SECONDS", 0.0)
    store.put([make_item(str(n)) for n in range(600)])
    assert store.count(Query()) == 600
    crawler = open_store(url, spool=tmp_path / "spool.sqlite")
    ended, faults = threading.Event(), []
    seen: list[int] = []
    crawled: list[str] = []
    waited: list[str] = []

    def crawl() -> None:
        for number in itertools.count(600):
            item = make_item(str(number), window=f"2018-{number % 12 + 1:02}")
            waited.extend(result.id for result in crawler.put([item]) if result.written == "spooled")
            crawled.append(item.id)
            if ended.is_set():
                return

    def search() -> None:
        while not ended.is_set():
            seen.append(store.count(Query()))

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=guarded, args=[work]) for work in (crawl, search)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        reindex.reindex(url, NO_ACCESS, "", nothing, force=True)
    ended.set()
    for thread in threads:
        thread.join()
    crawler.close()
    print(f"{len(crawled)} crawled meanwhile, {len(waited)} of them waited, {len(seen)} searches")
    assert faults == []
    assert seen == sorted(seen), "an item was missing for a moment, or stood twice"
    assert spool.spool_state(tmp_path / "spool.sqlite") == spool.SpoolState(), "the crawl left something behind"
    with closing(reopened(url)) as after:
        stored = [item.id for item in after.scan()]
    assert [number for number, item_id in enumerate(crawled) if item_id not in stored] == []
    assert len(stored) == len(set(stored)) == 600 + len(crawled)


def test_the_sub_fields_change_the_mapping_only() -> None:
    assert properties() == PROPERTIES
    changed = properties("ik")
    assert {name for name in PROPERTIES if changed[name] != PROPERTIES[name]} == {"title", "body"}
    smart = {"type": "text", "analyzer": "ik_max_word", "search_analyzer": "ik_smart"}
    assert changed["body"] == {**PROPERTIES["body"], "fields": {"smart": smart}}
    assert changed["title"]["fields"] == {**PROPERTIES["title"]["fields"], "smart": smart}
    assert properties("smartcn")["title"]["fields"]["smart"]["analyzer"] == "smartcn"
