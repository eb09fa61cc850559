"""Reprint clusters: what belongs together, what does not, and who leads."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace
from ruamel.yaml import YAML

from indexer.cluster_index import ClusterIndex, clusters
from indexer.store import Store
from yuqing.core.records import Item, ReprintCluster

STORIES = YAML(typ="safe").load(Path(__file__).parent / "reprint_texts.yaml")


def groups(found: dict[str, ReprintCluster]) -> set[frozenset[str]]:
    members: dict[str, set[str]] = {}
    for item_id, cluster in found.items():
        members.setdefault(cluster.id, set()).add(item_id)
    return {frozenset(group) for group in members.values()}


def named(items: Iterable[Item]) -> dict[str, str]:
    return {item.id: item.article.url.rsplit("/", 1)[-1].removesuffix(".html") for item in items}


@pytest.fixture
def stories(make_item) -> list[Item]:
    items = []
    for number, story in enumerate(STORIES):
        texts = [("first", story), *[("same", t) for t in story["same"]], *[("other", t) for t in story["other"]]]
        for at, (kind, text) in enumerate(texts):
            items.append(
                make_item(
                    f"{number}-{kind}-{at}",
                    title=text["title"],
                    body=text["body"].strip(),
                    published_at=str(text["day"]),
                    tier="commercial",
                )
            )
    return items


def test_reprints_join_and_other_stories_do_not(stories: list[Item]) -> None:
    names = named(stories)
    found = {frozenset(names[i] for i in group) for group in groups(clusters(stories))}
    expected = set()
    for number, story in enumerate(STORIES):
        group = {f"{number}-first-0", *[f"{number}-same-{at + 1}" for at in range(len(story["same"]))]}
        if len(group) > 1:
            expected.add(frozenset(group))
    assert found == expected


def test_the_order_of_arrival_does_not_matter(stories: list[Item]) -> None:
    expected = clusters(stories)
    for seed in range(8):
        shuffled = stories[:]
        random.Random(seed).shuffle(shuffled)
        assert clusters(shuffled) == expected


def test_the_authority_leads_then_the_earliest(make_item) -> None:
    body = STORIES[0]["body"]
    portal = make_item("portal", body=body, tier="commercial", published_at="2018-03-01")
    xinhua = make_item("xinhua", body=body, tier="central-media", published_at="2018-03-01")
    later = make_item("gov2", body=body, tier="central-gov", published_at="2018-03-03T10:00:00+08:00")
    gov = make_item("gov1", body=body, tier="central-gov", published_at="2018-03-03T09:00:00+08:00")
    undated = make_item("undated", body=body, tier="central-gov", published_at="")
    ministry = make_item("ministry", body=body, tier="ministry", published_at="2018-03-05")

    def lead(*items: Item, **setting) -> str:
        (cluster,) = {cluster.id for cluster in clusters(items, **setting).values()}
        return named(items)[cluster]

    assert lead(portal, xinhua) == "xinhua"
    assert lead(portal, xinhua, undated, later, gov) == "gov1"
    assert undated.id not in clusters([portal, xinhua, undated])
    assert lead(portal, xinhua, later, gov, ministry) == "ministry"
    assert lead(portal, xinhua, gov, ministry, authority={"central-media": 0}) == "xinhua"


def test_short_texts_are_reprints_only_when_equal(make_item) -> None:
    a = make_item("a", title="图片新闻", body="市民在体验智慧停车。")
    b = make_item("b", title="图片新闻", body="市民在体验智慧停车\n责编：王一")
    c = make_item("c", title="图片新闻", body="市民在体验智慧停车，很方便。")
    assert groups(clusters([a, b, c])) == {frozenset({a.id, b.id})}


def test_not_even_equal_texts_join_beyond_three_weeks(make_item) -> None:
    def found(day: str) -> dict[str, ReprintCluster]:
        first = make_item("a", title="同一篇", body=STORIES[0]["body"], published_at="2018-03-01")
        return clusters([first, make_item("b", title="同一篇", body=STORIES[0]["body"], published_at=day)])

    assert len(found("2018-03-22T23:59:59+08:00")) == 2
    assert found("2018-03-23") == found("2017-03-01") == found("") == {}


def put(store: Store, index: ClusterIndex, items: list[Item]) -> None:
    found = index.place(items)
    store.put([replace(item, cluster=found.get(item.id)) for item in items])
    index.write_changes()


def test_a_crawl_in_two_runs_ends_like_one_batch(store: Store, stories: list[Item]) -> None:
    random.Random(3).shuffle(stories)
    for run in (stories[:5], stories[5:]):
        index = ClusterIndex(store)
        put(store, index, run)
    expected = clusters(stories)
    assert {item.id: item.cluster for item in store.scan()} == {item.id: expected.get(item.id) for item in stories}


def test_a_text_that_changes_leaves_the_cluster_in_the_store(store: Store, make_item) -> None:
    body = STORIES[0]["body"]
    index = ClusterIndex(store)
    for item in (
        make_item("a", body=body, title="甲"),
        make_item("b", body=body, title="乙"),
        make_item("b", body=STORIES[2]["body"], title="乙"),
    ):
        put(store, index, [item])
    assert [item.cluster for item in store.scan()] == [None, None]
