"""Clusters of a store are those of one batch, whatever is in memory, in whatever order items come, move and go."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from indexer.cluster_index import ClusterIndex, clusters
from indexer.embedded import EmbeddedStore
from indexer.reprint_block import BLOCK_DAYS, MAX_GAP_DAYS, REACH
from indexer.store import Store, StoreUnavailableError
from yuqing.core.records import Item, ReprintCluster, Tags

START = date(2017, 1, 2)
TIERS = ("commercial", "central-media", "central-gov", "ministry")


class Watched(EmbeddedStore):
    """Notes which days are read; its server can be switched off."""

    away = False

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.read: list[tuple[date, date]] = []
        self.items_read = 0

    def scan(self, window=None, relevant=None, first=None, last=None) -> Iterator[Item]:
        if self.away:
            raise StoreUnavailableError("the server cannot be reached.")
        self.read.append((first, last))
        for item in super().scan(window, relevant, first, last):
            self.items_read += 1
            yield item

    def get_many(self, ids):
        if self.away:
            raise StoreUnavailableError("the server cannot be reached.")
        return super().get_many(ids)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    store = Watched(tmp_path / "store.sqlite")
    yield store
    store.close()


def text(story: int, cut: int = 0) -> str:
    """The text of a story; with another ``cut`` (0 to 3) a reprint of it."""
    pick = random.Random(story)
    sentences = ["".join(chr(0x4E00 + pick.randrange(3000)) for _ in range(20)) + "。" for _ in range(8)]
    return "\n".join(sentences[cut % 2 : 8 - cut // 2])


def keep(store: Store, index: ClusterIndex, items: list[Item]) -> dict[str, ReprintCluster]:
    """As yuqing/monitor/run/item_writer.py does it."""
    found = index.place(items)
    store.put([replace(item, cluster=found.get(item.id)) for item in items])
    index.write_changes()
    return found


def expected(store: Store) -> dict[str, ReprintCluster | None]:
    items = list(store.scan())
    found = clusters(item for item in items if item.tags.relevant)
    return {item.id: found.get(item.id) for item in items}


def stored(store: Store) -> dict[str, ReprintCluster | None]:
    return {item.id: item.cluster for item in store.scan()}


@pytest.mark.parametrize("seed", range(12))
def test_clusters_are_those_of_one_batch_whatever_is_in_memory(watched: Watched, make_item, seed: int) -> None:
    rng = random.Random(seed)
    days = rng.choice((60, 200, 700))
    index = ClusterIndex(watched, kept=rng.choice((0, 5, 20)))
    for _ in range(40):
        batch = []
        for _ in range(rng.randint(1, 6)):
            day = START + timedelta(days=rng.randrange(days))
            batch.append(
                make_item(
                    str(rng.randrange(60)),  # so that many come again, with another text, day, tier or relevance
                    title="标题",
                    body=text(rng.randrange(4), rng.randrange(4)) if rng.random() < 0.9 else "短文。",
                    published_at=day.isoformat() if rng.random() < 0.93 else "",
                    relevant=rng.random() < 0.9,
                    tier=rng.choice(TIERS),
                )
            )
        found = keep(watched, index, batch)
        if rng.random() < 0.1:
            index = ClusterIndex(watched, kept=rng.choice((0, 5, 20)))
        now = stored(watched)
        assert {item.id: now[item.id] for item in batch} == {item.id: found.get(item.id) for item in batch}
        assert now == expected(watched)


@pytest.mark.parametrize("seed", range(4))
def test_a_chain_over_a_year_is_one_cluster(watched: Watched, make_item, seed: int) -> None:
    steps = 18  # of three weeks
    chain = [
        make_item(str(n), title="同一篇", body=text(1), published_at=str(START + timedelta(days=MAX_GAP_DAYS * n)))
        for n in range(steps)
    ]
    index = ClusterIndex(watched, kept=0)
    for item in random.Random(seed).sample(chain, steps):
        keep(watched, index, [item])
    first = min(chain, key=lambda item: item.article.published_at)
    assert {cluster.id for cluster in stored(watched).values() if cluster} == {first.id}
    assert stored(watched) == expected(watched)
    # The link in the middle changes its text: two clusters, the later one with a lead of its own.
    keep(
        watched,
        ClusterIndex(watched, kept=0),
        [make_item("9", title="另一篇", body=text(2), published_at="2017-07-10")],
    )
    assert len({cluster.id for cluster in stored(watched).values() if cluster}) == 2
    assert stored(watched) == expected(watched)


def test_only_the_days_around_an_item_are_read(watched: Watched, make_item) -> None:
    days = 400
    watched.put(make_item(str(n), body=text(100 + n), published_at=str(START + timedelta(days=n))) for n in range(days))
    index = ClusterIndex(watched)
    day = START + timedelta(days=200)
    keep(watched, index, [make_item("new", body=text(1), published_at=day.isoformat())])
    assert watched.items_read == (2 * REACH + 1) * BLOCK_DAYS
    assert min(first for first, _ in watched.read) <= day - timedelta(days=MAX_GAP_DAYS)
    assert max(last for _, last in watched.read) >= day + timedelta(days=MAX_GAP_DAYS)
    watched.read.clear()
    keep(watched, index, [make_item("next", body=text(2), published_at=day.isoformat())])
    assert watched.read == []  # they are still there


def test_texts_beyond_the_limit_are_forgotten(watched: Watched, make_item) -> None:
    index = ClusterIndex(watched, kept=30)
    for n in range(300):
        keep(watched, index, [make_item(str(n), body=text(100 + n), published_at=str(START + timedelta(days=n)))])
        assert len(index) <= max(30, (2 * REACH + 1) * BLOCK_DAYS)


def test_an_item_that_moves_to_another_day_leaves_the_cluster_of_its_old_one(watched: Watched, make_item) -> None:
    a, b, c = (make_item(n, title="同一篇", body=text(1), published_at=f"2018-03-0{d}") for d, n in enumerate("abc", 1))
    keep(watched, ClusterIndex(watched), [a, b, c])
    assert set(stored(watched).values()) == {ReprintCluster(id=a.id), ReprintCluster(id=a.id, lead=False)}
    moved = replace(a, article=replace(a.article, published_at="2017-03-01"))
    keep(watched, ClusterIndex(watched), [moved])
    assert stored(watched) == {a.id: None, b.id: ReprintCluster(id=b.id), c.id: ReprintCluster(id=b.id, lead=False)}


@pytest.mark.parametrize("change", ["irrelevant", "undated"])
def test_an_item_that_is_no_longer_news_leaves_its_cluster(watched: Watched, make_item, change: str) -> None:
    a, b = (make_item(n, title="同一篇", body=text(1)) for n in "ab")
    keep(watched, ClusterIndex(watched), [a, b])
    gone = (
        replace(a, tags=Tags()) if change == "irrelevant" else replace(a, article=replace(a.article, published_at=""))
    )
    keep(watched, ClusterIndex(watched), [gone])
    assert stored(watched) == {a.id: None, b.id: None}


def test_the_old_version_of_an_item_of_the_same_batch_counts_for_nothing(watched: Watched, make_item) -> None:
    a, b = (make_item(n, title="同一篇", body=text(1)) for n in "ab")
    keep(watched, ClusterIndex(watched), [a])
    keep(watched, ClusterIndex(watched), [replace(a, tags=Tags()), b])
    assert stored(watched) == {a.id: None, b.id: None}


@pytest.mark.parametrize("seed", range(6))
def test_clusters_are_right_again_after_outages(watched: Watched, make_item, seed: int) -> None:
    rng = random.Random(seed)
    index = ClusterIndex(watched, kept=rng.choice((0, 10, 100)))
    for n in range(60):
        watched.away = rng.random() < 0.4
        day = START + timedelta(days=rng.randrange(120))
        body = text(rng.randrange(4), rng.randrange(4))
        keep(watched, index, [make_item(str(n), title="标题", body=body, published_at=day.isoformat())])
    watched.away = False
    keep(watched, index, [make_item("last", body=text(9))])
    assert stored(watched) == expected(watched)


def test_what_came_while_the_server_was_away_gets_its_cluster_later(watched: Watched, make_item) -> None:
    a, b, c = (make_item(n, title="同一篇", body=text(1)) for n in "abc")
    index = ClusterIndex(watched)
    keep(watched, index, [a])
    watched.away = True
    keep(watched, index, [b])
    watched.away = False
    far = make_item("far", body=text(2), published_at="2012-03-01")
    keep(watched, index, [far])
    assert stored(watched) == {a.id: ReprintCluster(id=a.id), b.id: ReprintCluster(id=a.id, lead=False), far.id: None}
    watched.put([c])  # by another process, without a cluster
    keep(watched, ClusterIndex(watched), [make_item("next", body=text(3))])
    assert stored(watched)[c.id] is not None
    assert stored(watched) == expected(watched)
