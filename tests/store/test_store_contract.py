"""What every store promises: writing, reading, tags, clusters, reviews."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from msgspec.structs import replace

from indexer.edits import edits_of, put_edits
from indexer.embedded import EmbeddedStore
from indexer.store import ConflictError, EditConflictError, NotFoundError, Query, Store, TagChange
from yuqing.core.errors import UsageError
from yuqing.core.records import Edit, Labels, RegionTag, ReprintCluster, Review, SectorTag, Tags

ALL = Query(relevant=None)


@pytest.fixture
def scope() -> str:
    """A scope of edits of one test; those of others stay in a store that tests share."""
    return f"issue:{uuid.uuid4().hex[:8]}"


def written(results) -> list[str]:
    return [result.written for result in results]


def test_an_item_comes_back_as_it_was_put(store: Store, make_item) -> None:
    item = make_item(
        "a",
        title="“互联网+”教育𠮷",
        body="第一段。\n第二段 <b>&amp;</b> “引号”\t结束",
        published_at="2018-03-01T09:30:00+08:00",
        sectors=["教育"],
        regions=[("北京市", "")],
        events=["世界互联网大会"],
        cluster=ReprintCluster(id="f" * 32, lead=False),
    )
    assert written(store.put([item])) == ["created"]
    assert store.get(item.id) == item
    assert store.get("0" * 32) is None


def test_the_same_content_again_is_unchanged(store: Store, make_item) -> None:
    first = make_item("a", fetched_at="2018-03-02T08:00:00+08:00")
    store.put([first])
    assert written(store.put([make_item("a", fetched_at="2018-03-09T08:00:00+08:00")])) == ["unchanged"]
    assert store.get(first.id) == first


def test_changed_text_replaces_the_old_in_the_index_too(store: Store, make_item) -> None:
    store.put([make_item("a", title="旧标题", body="农村电商下乡。")])
    assert written(store.put([make_item("a", title="新标题", body="远程医疗进村。")])) == ["updated"]
    assert store.search(Query(text="农村电商")).total == 0
    assert store.search(Query(text="旧")).total == 0
    assert store.search(Query(text="远程医疗")).total == 1


def test_results_come_in_the_order_of_the_items(store: Store, make_item) -> None:
    store.put([make_item("b")])
    results = store.put([make_item("a"), make_item("b"), make_item("c"), make_item("a", title="改")])
    assert written(results) == ["created", "unchanged", "created", "updated"]
    assert [r.id for r in results] == [make_item(n).id for n in "abca"]
    assert store.get(make_item("a").id).article.title == "改"


def test_the_window_is_the_one_of_the_first_sight(store: Store, make_item) -> None:
    store.put([make_item("a", published_at="2018-03-10", window="2018-03")])
    store.put([make_item("a", published_at="2018-03-20", window="2018-04")])
    item = store.get(make_item("a").id)
    assert (item.window, item.article.published_at) == ("2018-03", "2018-03-20")
    assert store.count(Query(window="2018-03")) == 1
    assert store.count(Query(window="2018-04")) == 0


def test_an_undated_item_gets_its_window_when_its_day_becomes_known(store: Store, make_item) -> None:
    store.put([make_item("a", published_at="")])
    store.put([make_item("a", published_at="2018-03-10", window="2018-03")])
    assert store.get(make_item("a").id).window == "2018-03"


def test_delete_removes_item_text_and_facets(store: Store, make_item) -> None:
    a, b = make_item("a", sectors=["教育"]), make_item("b", sectors=["医疗"])
    store.put([a, b])
    assert store.delete([a.id, "0" * 32]) == 1
    assert store.get(a.id) is None
    found = store.search(ALL)
    assert [hit.item.id for hit in found.hits] == [b.id]
    assert found.facets["sector"] == [("医疗", 1)]
    assert store.search(Query(text="第a篇")).total == 0
    assert written(store.put([a])) == ["created"]


def test_scan_is_complete_and_in_order(store: Store, make_item) -> None:
    items = [make_item(str(n), published_at=f"2018-03-{n % 28 + 1:02}", relevant=n % 3 > 0) for n in range(1100)]
    items.append(make_item("undated", published_at=""))
    store.put(items)
    order = sorted(items, key=lambda i: (i.article.published_at, i.id))
    assert [i.id for i in store.scan()] == [i.id for i in order]
    assert [i.id for i in store.scan(relevant=False)] == [i.id for i in order if not i.tags.relevant]
    assert [i.id for i in store.scan(window="2018-03", relevant=True)] == [
        i.id for i in order if i.tags.relevant and i.window == "2018-03"
    ]


def test_scan_of_days_has_both_ends_and_nothing_undated(store: Store, make_item) -> None:
    days = ["", "2018-02-28T23:59:59+08:00", "2018-03-01", "2018-03-01T00:00:00+08:00", "2018-03-02T23:59:59+08:00"]
    items = [make_item(str(n), published_at=day, relevant=n != 3) for n, day in enumerate([*days, "2018-03-03"])]
    items += [make_item(f"many-{n}", published_at="2018-03-02") for n in range(600)]
    store.put(items)

    def scanned(**days: date) -> list[str]:
        return [item.article.published_at for item in store.scan(relevant=True, **days)]

    many = ["2018-03-02"] * 600
    assert scanned(first=date(2018, 3, 1), last=date(2018, 3, 2)) == [days[2], *many, days[4]]
    assert scanned(first=date(2018, 3, 3)) == ["2018-03-03"]
    assert scanned(last=date(2018, 3, 1)) == [days[1], days[2]]
    assert scanned(first=date(2018, 3, 4), last=date(2018, 3, 9)) == []
    assert len(list(store.scan(first=date(2018, 3, 1), last=date(2018, 3, 1)))) == 2


def test_many_items_at_once(store: Store, make_item) -> None:
    a, b = make_item("a", cluster=ReprintCluster(id="f" * 32)), make_item("b", published_at="")
    store.put([a, b])
    assert store.get_many([b.id, "0" * 32, a.id, a.id]) == {a.id: a, b.id: b}
    assert store.get_many([]) == {}


def test_writing_while_scanning_does_no_harm(store: Store, make_item) -> None:
    store.put([make_item(str(n)) for n in range(600)])
    tags = Tags(relevant=True, ministries=("教育部",))
    items = store.scan()
    while some := list(islice(items, 40)):
        store.set_tags(TagChange(item.id, item.content_hash, tags) for item in some)
    assert store.count(Query(tags={"ministry": "教育部"})) == 600


def test_a_new_tag_replaces_the_old_and_leaves_the_review(store: Store, make_item) -> None:
    item = make_item("a", sectors=["教育"])
    store.put([item])
    review = store.set_review(item.id, Review(state="accepted", row="一行", by="王"), 0)
    tags = Tags(relevant=True, sectors=(SectorTag(name="医疗", group="民生", phrase="互联网+医疗"),), rules="r2")
    assert written(store.set_tags([TagChange(item.id, item.content_hash, tags)])) == ["updated"]
    assert store.get(item.id) == replace(item, tags=tags, review=review)
    assert store.count(Query(tags={"sector": "教育"})) == 0
    assert store.count(Query(tags={"sector": "医疗"}, state="accepted")) == 1
    assert written(store.set_tags([TagChange(item.id, item.content_hash, tags)])) == ["unchanged"]


def test_tags_of_an_older_text_are_refused(store: Store, make_item) -> None:
    old = make_item("a", body="旧文。")
    new = make_item("a", body="新文。", sectors=["教育"])
    store.put([old])
    store.put([new])
    results = store.set_tags([TagChange(old.id, old.content_hash, Tags()), TagChange("0" * 32, "", Tags())])
    assert written(results) == ["stale", "missing"]
    assert store.get(old.id) == new


def test_clusters_are_set_and_taken_back(store: Store, make_item) -> None:
    a, b, c = (make_item(n) for n in "abc")
    store.put([a, b, c])
    changes = {
        a.id: ReprintCluster(id=a.id),
        b.id: ReprintCluster(id=a.id, lead=False),
        "0" * 32: ReprintCluster(id=a.id),
    }
    assert store.set_clusters(changes) == 2
    assert store.set_clusters(changes) == 0
    assert store.get(b.id).cluster == ReprintCluster(id=a.id, lead=False)
    assert {h.item.id for h in store.search(Query(cluster_leads_only=True)).hits} == {a.id, c.id}
    assert {h.item.id for h in store.search(Query(cluster=a.id)).hits} == {a.id, b.id}
    store.put([make_item("b", title="改")])
    assert store.get(b.id).cluster == ReprintCluster(id=a.id, lead=False)
    assert store.set_clusters({b.id: None}) == 1
    assert store.get(b.id).cluster is None


def test_a_review_counts_its_versions(store: Store, make_item) -> None:
    item = make_item("a")
    store.put([item])
    first = store.set_review(item.id, Review(state="accepted", by="王", at="2018-03-16T09:00:00+08:00"), 0)
    assert first.version == 1
    second = store.set_review(item.id, Review(state="dropped", by="李", note="重复"), 1)
    assert store.get(item.id).review == second == Review(state="dropped", by="李", note="重复", version=2)


def test_every_decision_is_kept(store: Store, make_item) -> None:
    item = make_item("a")
    store.put([item])
    assert store.history(item.id) == []
    decisions = [Review(state="accepted", by="王"), Review(state="dropped", by="李"), Review(state="accepted", by="王")]
    written_ = [store.set_review(item.id, review, version) for version, review in enumerate(decisions)]
    assert store.history(item.id) == written_
    store.delete([item.id])
    assert store.history(item.id) == []


def test_the_second_of_two_editors_gets_both_versions(store: Store, make_item) -> None:
    item = make_item("a")
    store.put([item])
    theirs = store.set_review(item.id, Review(state="accepted", row="甲的行", by="王"), 0)
    mine = Review(state="dropped", row="乙的行", by="李")
    with pytest.raises(ConflictError, match="王") as caught:
        store.set_review(item.id, mine, 0)
    assert (caught.value.stored, caught.value.attempted) == (theirs, mine)
    assert store.get(item.id).review == theirs
    assert store.history(item.id) == [theirs]


def test_a_crawl_never_touches_a_review(store: Store, make_item) -> None:
    item = make_item("a")
    store.put([item])
    review = store.set_review(item.id, Review(state="accepted", row="一行", by="王"), 0)
    store.put([make_item("a", title="改", body="另一篇正文。")])
    assert store.get(item.id).review == review
    forged = replace(make_item("b"), review=Review(state="accepted", version=7))
    store.put([forged])
    assert store.get(forged.id).review == Review()


def test_a_review_of_nothing_is_an_error(store: Store) -> None:
    with pytest.raises(NotFoundError, match="0000"):
        store.set_review("0" * 32, Review(), 0)


MEDICAL = SectorTag(name="医疗", group="民生", phrase="互联网+医疗")
CORRECTED = Labels(
    sectors=(MEDICAL, SectorTag(name=None, group=None, phrase="互联网+植树")),
    regions=(RegionTag(province="四川省", city="成都市", code="510100", primary=True),),
    ministries=("教育部",),
    enterprises=("腾讯",),
)


def counts(store: Store) -> dict[str, list[tuple[str, int]]]:
    facets = store.search(ALL).facets
    return {name: facets[name] for name in ("sector", "phrase", "province", "ministry", "enterprise", "section")}


def test_items_are_found_and_counted_under_the_tags_that_a_person_gave(store: Store, make_item) -> None:
    item = make_item("a", sectors=["教育"], regions=[("浙江省", "杭州市")], sections=("ministry",))
    store.put([item])
    by_rules = counts(store)
    review = Review(state="accepted", sections=("province", "enterprise"), labels=CORRECTED, by="王")
    assert store.set_review(item.id, review, 0).labels == CORRECTED
    assert counts(store) == {
        "sector": [("医疗", 1)],
        "phrase": [("互联网+植树", 1)],
        "province": [("四川省", 1)],
        "ministry": [("教育部", 1)],
        "enterprise": [("腾讯", 1)],
        "section": [("enterprise", 1), ("province", 1)],
    }
    assert (
        store.count(
            Query(tags={"region": "成都市", "sector": "互联网+植树", "section": "enterprise", "ministry": "教育部"})
        )
        == 1
    )
    assert store.count(Query(tags={"sector": "教育"})) == store.count(Query(tags={"region": "杭州市"})) == 0
    assert store.get(item.id).tags == item.tags  # what the rules say stays beside it
    store.set_review(item.id, Review(by="王"), 1)  # taken back
    assert counts(store) == by_rules


def test_neither_retag_nor_crawl_writes_over_the_tags_that_a_person_gave(store: Store, make_item) -> None:
    item = make_item("a", sectors=["教育"], sections=("ministry",))
    store.put([item])
    review = store.set_review(item.id, Review(state="accepted", sections=("province",), labels=CORRECTED, by="王"), 0)
    decided = counts(store)
    tags = Tags(relevant=True, sectors=(SectorTag(name="农业", group="产业", phrase="互联网+农业"),), rules="r2")
    assert written(store.set_tags([TagChange(item.id, item.content_hash, tags)])) == ["updated"]
    assert counts(store) == decided
    again = make_item("a", body="改过的正文。", sectors=["旅游"], sections=("summit",))
    assert written(store.put([again])) == ["updated"]
    assert counts(store) == decided
    assert store.get(item.id) == replace(again, review=review)
    assert store.history(item.id) == [review]
    forged = replace(make_item("b"), review=Review(state="accepted", labels=CORRECTED))
    store.put([forged])
    assert counts(store) == decided


def test_status_counts(store: Store, make_item) -> None:
    store.put([make_item("a"), make_item("b", window="2018-04"), make_item("c", relevant=False)])
    status = store.status()
    assert (status.items, status.relevant) == (3, 2)
    assert status.windows == [("2018-03", 2), ("2018-04", 1)]
    assert status.bytes > 0


@pytest.mark.parametrize("bad", [{"size": -1}, {"offset": -1}, {"size": 100, "offset": 9_950}])
def test_a_page_out_of_reach_is_refused(bad: dict) -> None:
    with pytest.raises(UsageError, match="offset"):
        Query(**bad)


def test_filters_hold_together(store: Store, make_item) -> None:
    a = make_item(
        "a",
        sectors=["教育"],
        regions=[("浙江省", "杭州市")],
        ministries=("教育部",),
        published_at="2018-03-01T23:59:59+08:00",
    )
    b = make_item("b", sectors=["教育"], enterprises=("阿里巴巴",), sections=("enterprise",), published_at="2018-03-02")
    c = make_item("c", phrases=["互联网+植树"], tier="ministry", source_id="moe", published_at="2018-03-03")
    d = make_item("d", published_at="", relevant=False)
    store.put([a, b, c, d])

    def ids(**query) -> set[str]:
        return {hit.item.article.url[-6] for hit in store.search(Query(**query)).hits}

    def tagged(**tags: str) -> set[str]:
        return ids(tags=tags)

    assert ids() == {"a", "b", "c"}
    assert ids(relevant=None) == {"a", "b", "c", "d"}
    assert ids(relevant=False) == {"d"}
    assert tagged(sector="教育") == {"a", "b"}
    assert tagged(sector="互联网+植树") == {"c"}
    assert tagged(region="浙江省") == tagged(region="杭州市") == {"a"}
    assert tagged(ministry="教育部") == {"a"}
    assert tagged(enterprise="阿里巴巴") == tagged(section="enterprise") == {"b"}
    assert ids(source="moe") == ids(tier="ministry") == {"c"}
    assert ids(since=date(2018, 3, 2)) == {"b", "c"}
    assert ids(until=date(2018, 3, 1)) == {"a"}
    assert ids(until=date(2018, 3, 9), relevant=None) == {"a", "b", "c"}
    assert tagged(sector="教育", region="浙江省", enterprise="阿里巴巴") == set()
    assert ids(window="2018-03", tags={"sector": "教育"}, until=date(2018, 3, 1)) == {"a"}


def edit(scope: str, part: str = "summary", value: str = "本期……", **more) -> Edit:
    return Edit(scope=scope, part=part, value=value, by="王敏", at="2018-03-16T09:00:00+08:00", **more)


def test_edits_keep_every_version_in_the_order_of_writing(store: Store, scope: str) -> None:
    first = store.set_edit(edit(scope, basis="草稿一"), 0)
    other = store.set_edit(edit(scope, "preface", "前言文字" * 5000), 0)  # longer than an indexed term may be
    second = store.set_edit(edit(scope, value=""), 1)
    assert [first.version, other.version, second.version] == [1, 1, 2]
    assert store.edit_history(scope) == [first, other, second]
    assert store.edits(scope) == {"summary": second, "preface": other}
    assert scope in store.edit_scopes()
    assert (store.edits(f"{scope}-other"), store.edit_history(f"{scope}-other")) == ({}, [])


def test_an_edit_on_an_older_version_is_a_conflict_and_changes_nothing(store: Store, scope: str) -> None:
    theirs = store.set_edit(edit(scope), 0)
    for expected in (0, 2):
        with pytest.raises(EditConflictError) as raised:
            store.set_edit(edit(scope, value="另一版"), expected)
        assert (raised.value.stored, raised.value.attempted.value) == (theirs, "另一版")
    assert store.edit_history(scope) == [theirs]


def test_of_two_writers_of_one_version_one_wins(store: Store, scope: str) -> None:
    def write(name: str) -> str:
        try:
            return store.set_edit(edit(scope, value=name), 0).value
        except EditConflictError as error:
            return f"lost to {error.stored.value}"

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(write, "甲乙丙丁"))
    (kept,) = store.edit_history(scope)
    assert sorted(results) == sorted([kept.value, *[f"lost to {kept.value}"] * 3])


def test_deleting_and_retagging_items_leaves_edits(store: Store, scope: str, make_item) -> None:
    item = make_item("a")
    store.put([item])
    kept = store.set_edit(edit(scope, f"text.{item.id}"), 0)
    store.set_tags([TagChange(item.id, item.content_hash, Tags())])
    store.delete([item.id])
    assert store.edits(scope) == {kept.part: kept}


def test_edits_are_carried_to_another_store_and_never_over_others(store: Store, scope: str, tmp_path: Path) -> None:
    written = [store.set_edit(edit(scope), 0), store.set_edit(edit(scope, value="二"), 1)]
    written.append(store.set_edit(edit(scope, "preface"), 0))
    with closing(EmbeddedStore(tmp_path / "other.sqlite")) as other:
        theirs = other.set_edit(edit(scope, "preface", "别人写的"), 0)
        mine = [one for one in edits_of(store) if one.scope == scope]
        assert (put_edits(other, mine), put_edits(other, mine)) == (2, 0)
        assert other.edit_history(scope) == [theirs, *written[:2]]
