"""Searches kept by name: what they find, and that new items of them are told once, in both stores alike."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from indexer.filters import filters, query_of
from indexer.saved_searches import SavedSearch, remove_search, save_search, saved_search, saved_searches
from indexer.store import Query, Store
from yuqing.core.errors import UsageError
from yuqing.core.records import ReprintCluster
from yuqing.core.times import SHANGHAI
from yuqing.core.urls import item_id
from yuqing.monitor.alerts.digest import compose
from yuqing.monitor.alerts.rules import _articles
from yuqing.monitor.setting_tables import AlertSettings

TODAY = datetime(2018, 3, 9, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def searches(store: Store) -> Store:
    """An empty store without searches of earlier tests (the Elasticsearch store is shared)."""
    for name in saved_searches(store):
        remove_search(store, name, "a", "")
    return store


def test_a_search_is_kept_replaced_and_removed(searches: Store) -> None:
    save_search(searches, SavedSearch(name="教育", filters={"sector": "教育"}), "王敏", "2018-03-01")
    save_search(searches, SavedSearch(name="贵州", filters={"text": "互联网+", "since": "14d"}, alert=True), "王敏", "")
    save_search(searches, SavedSearch(name="教育", filters={"sector": "教育", "leads": "yes"}), "李强", "2018-03-02")
    assert list(saved_searches(searches)) == ["教育", "贵州"]
    assert saved_search(searches, "教育").filters == {"sector": "教育", "leads": "yes"}
    assert saved_search(searches, "贵州").alert
    assert [edit.by for edit in searches.edit_history("searches") if edit.value and edit.part == "教育"][-2:] == [
        "王敏", "李强",
    ]  # fmt: skip
    remove_search(searches, "教育", "王敏", "")
    with pytest.raises(UsageError, match="no saved search “教育”; saved: 贵州"):
        saved_search(searches, "教育")


@pytest.mark.parametrize("name", ["", " 教育", "a/b", "a,b", "x" * 41, "a\nb"])
def test_a_name_that_fits_no_address_is_refused(tmp_path, name: str) -> None:
    from indexer.embedded import EmbeddedStore

    store = EmbeddedStore(tmp_path / "store.sqlite")
    with pytest.raises(UsageError, match="is not a valid name"):
        save_search(store, SavedSearch(name=name), "a", "")
    assert not saved_searches(store)
    store.close()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"colour": "red"}, "“colour” is not a filter; available: text, window"),
        ({"section": "foo"}, "section: “foo” is not one of ministry"),
        ({"window": "March"}, "“March” is not a month"),
        ({"since": "gestern"}, "“gestern” is not a day"),
        ({"leads": "maybe"}, "leads: “maybe” is not one of yes"),
    ],
)
def test_filters_that_do_not_fit_are_refused(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        query_of(given)


def test_every_filter_restricts_and_an_empty_one_does_not() -> None:
    assert query_of(dict.fromkeys((one.key for one in filters()), " ")) == Query()
    some = {"since": "2018-03-01", "until": "2018-03-09", "window": "2018-03"}
    for one in filters():
        value = "yes" if one.flag else one.values[0] if one.values else some.get(one.key, "教育")
        assert query_of({one.key: value}) != Query(), one.key


def test_new_items_of_a_search_are_told_once_and_alike(searches: Store, make_item) -> None:
    lead = ReprintCluster(id=item_id("http://news.example.cn/edu.html"))
    searches.put(
        [
            make_item("edu", title="教育方案", sectors=("教育",), published_at="2018-03-08", cluster=lead),
            make_item(
                "copy", title="转载", sectors=("教育",), published_at="2018-03-09",
                cluster=ReprintCluster(id=lead.id, lead=False),
            ),
            make_item("old", title="旧闻", sectors=("教育",), published_at="2018-02-01"),
            make_item("other", title="别的", sectors=("医疗",), published_at="2018-03-08", regions=(("贵州省", ""),)),
            make_item("none", title="无关", sectors=("教育",), published_at="2018-03-08", relevant=False),
        ]
    )  # fmt: skip
    save_search(searches, SavedSearch(name="教育", filters={"sector": "教育"}, alert=True), "a", "")
    save_search(searches, SavedSearch(name="全部", filters={}, alert=True), "a", "")
    save_search(searches, SavedSearch(name="不告", filters={"sector": "医疗"}), "a", "")
    found = list(_articles(AlertSettings(), searches, TODAY))
    assert {finding.text.split()[0]: finding.text.split()[1] for finding in found} == {
        "《教育方案》中国政府网": "符合检索：教育、全部",
        "《别的》中国政府网": "符合检索：全部",
    }
    digest = compose(found, {}, TODAY, timedelta(days=7))
    assert len(digest.articles) == 2
    sent = {one.finding.subject: one for one in digest.sent}
    searches.put([make_item("new", title="新文", sectors=("教育",), published_at="2018-03-09")])
    again = compose(_articles(AlertSettings(), searches, TODAY), sent, TODAY, timedelta(days=7))
    assert ["《新文》" in one.finding.text for one in again.articles] == [True]
