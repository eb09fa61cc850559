"""What an analyst's search finds, shows and counts."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from indexer.facets import counted_fields
from indexer.store import Query, Store
from yuqing.core.records import Review


def titles(store: Store, text: str, **query) -> list[str]:
    return sorted(hit.item.article.title for hit in store.search(Query(text=text, **query)).hits)


@pytest.fixture
def spellings(store: Store, make_item) -> Store:
    """One phrase in every spelling that the sites use, and its neighbours."""
    store.put(
        make_item(name, title=name, body=f"日前，{body}工作会议召开。")
        for name, body in {
            "plain": "互联网+教育",
            "quoted": "“互联网+”教育",
            "full": "互联网＋教育",
            "spaced": "“互联网 + ”教育",
            "bare": "互联网教育",
            "medical": "互联网+医疗",
            "split": "互联网+政务服务和教育",
        }.items()
    )
    return store


@pytest.mark.parametrize("text", ["互联网+教育", "“互联网+”教育", "互联网＋教育", "互联网 + 教育", "互联网＋-教育"])
def test_every_spelling_finds_every_spelling(spellings: Store, text: str) -> None:
    assert titles(spellings, text) == ["full", "plain", "quoted", "spaced"]


def test_the_plus_counts(spellings: Store) -> None:
    assert titles(spellings, "互联网教育") == ["bare"]
    assert len(titles(spellings, "互联网+")) == 6
    assert len(titles(spellings, "互联网")) == 7
    assert len(titles(spellings, "+")) == 6


def test_words_apart_must_all_be_there(spellings: Store) -> None:
    assert titles(spellings, "互联网+ 教育") == ["full", "plain", "quoted", "spaced", "split"]
    assert titles(spellings, "政务　教育") == ["split"]
    assert titles(spellings, "政务 医疗") == []


def test_words_may_stand_in_title_and_body(store: Store, make_item) -> None:
    store.put([make_item("a", title="浙江印发方案", body="推进智慧农业。")])
    assert store.count(Query(text="浙江 农业")) == 1
    assert store.count(Query(text="方案推进")) == 0


@pytest.mark.parametrize(("text", "expected"), [("税", 2), ("税务", 1), ("𠮷", 1), ("の", 1), ("務", 0)])
def test_one_and_two_characters_are_exact(store: Store, make_item, text: str, expected: int) -> None:
    store.put(
        [
            make_item("a", body="减税降费。"),
            make_item("b", body="国家税务总局。"),
            make_item("c", body="𠮷野家の店"),
        ]
    )
    assert store.search(Query(text=text)).total == expected


def test_latin_words_and_numbers_are_whole(store: Store, make_item) -> None:
    store.put([make_item("a", title="甲", body="AI与5G，iPhone。"), make_item("b", title="乙", body="Taiwan 15G 5Ｇ+")])
    assert titles(store, "ai") == ["甲"]
    assert titles(store, "5g") == ["乙", "甲"]
    assert titles(store, "5G+") == ["乙"]
    assert titles(store, "IPHONE") == ["甲"]


@pytest.mark.parametrize(
    "text",
    [
        "教育 OR 医疗",
        "教育 AND 医疗",
        "NOT 教育",
        "教育*",
        "title:教育",
        "NEAR(教育 医疗)",
        "^教育",
        "教育'; DROP TABLE items",
        '教育"',
        "(",
        "教育)",
    ],
)
def test_operators_are_plain_text(store: Store, make_item, text: str) -> None:
    store.put([make_item("a", body="教育。"), make_item("b", body=f"他写道：{text}医疗")])
    expected = 0 if text == "(" else 2 if text.strip("*^)\"'") == "教育" else 1
    assert store.search(Query(text=text)).total == expected


@pytest.mark.parametrize("text", ["。", "“”", '""', "—— ……"])
def test_punctuation_alone_finds_nothing(store: Store, make_item, text: str) -> None:
    store.put([make_item("a")])
    assert store.search(Query(text=text)).total == 0
    assert store.search(Query(text="  ")).total == 1


def test_ascii_quotes_keep_a_phrase_together(store: Store, make_item) -> None:
    store.put(
        [
            make_item("a", title="甲", body="the smart city plan"),
            make_item("b", title="乙", body="a city that is smart"),
        ]
    )
    assert titles(store, "smart city") == ["乙", "甲"]
    assert titles(store, '"smart city"') == ["甲"]


def test_matches_are_marked_in_the_text_as_written(store: Store, make_item) -> None:
    body = "前面的话。" * 60 + "教育部推进“互联网＋”教育<b>试点</b>。" + "后面的话。" * 60
    store.put([make_item("a", title="“互联网 +教育”行动", body=body)])
    hit = store.search(Query(text="互联网+教育 试点")).hits[0]
    assert [t for t, marked in hit.title if marked] == ["互联网 +教育"]
    assert "".join(t for t, _ in hit.title) == "“互联网 +教育”行动"
    assert [t for t, marked in hit.snippet if marked] == ["互联网＋”教育", "试点"]
    shown = "".join(t for t, _ in hit.snippet)
    assert shown.startswith(("…教育部推进", "…前面的话"))
    assert len(shown) < 130


def test_without_text_the_snippet_is_the_beginning(store: Store, make_item) -> None:
    store.put([make_item("a", title="标题", body="正文" * 200)])
    hit = store.search(Query()).hits[0]
    assert hit.title == (("标题", False),)
    assert "".join(t for t, _ in hit.snippet) == "正文" * 60 + "…"


def test_title_matches_come_first_and_pages_follow(store: Store, make_item) -> None:
    filler = "其他内容很多。" * 30
    store.put([make_item(f"b{n}", title=f"乙{n}", body=f"{filler}工业互联网。{filler}") for n in range(5)])
    store.put([make_item("a", title="工业互联网", body=filler)])
    found = store.search(Query(text="工业互联网", size=2))
    assert found.total == 6
    assert found.hits[0].item.article.title == "工业互联网"
    assert found.hits[0].score > found.hits[1].score
    pages = [store.search(Query(text="工业互联网", size=2, offset=n)).hits for n in (0, 2, 4)]
    assert len({hit.item.id for page in pages for hit in page}) == 6


def test_newest_first_then_by_id(store: Store, make_item) -> None:
    items = [make_item(str(n), published_at=f"2018-03-0{n % 3 + 1}") for n in range(9)]
    store.put(items)
    expected = sorted(items, key=lambda i: i.id)
    expected.sort(key=lambda i: i.article.published_at, reverse=True)
    for query in (Query(sort="newest"), Query(), Query(text="正文", sort="newest")):
        assert [hit.item.id for hit in store.search(query).hits] == [item.id for item in expected]


def test_facets_equal_a_count_by_hand(store: Store, make_item) -> None:
    rng = random.Random(7)

    def some(*values):
        return tuple(rng.sample(values, rng.randint(0, 2)))

    items = [
        make_item(
            str(n),
            body=rng.choice(["教育资源共享。", "远程医疗。", "教育与医疗。"]),
            published_at=rng.choice(["", "2018-03-01", "2018-03-02T10:00:00+08:00", "2018-02-28"]),
            sectors=some("教育", "医疗", "农业"),
            phrases=some("互联网+植树", "互联网+养老院"),
            regions=[(p, "") for p in some("浙江省", "北京市", "山西省")] + [("浙江省", "杭州市")] * rng.randint(0, 1),
            ministries=some("教育部", "财政部", "商务部"),
            enterprises=some("腾讯", "百度", "京东"),
            sections=some("ministry", "province", "special"),
            source_id=rng.choice(["gov.cn", "people", "xinhua"]),
            relevant=rng.random() > 0.3,
        )
        for n in range(120)
    ]
    store.put(items)
    states = {item.id: rng.choice(["pending", "pending", "accepted", "dropped"]) for item in items}
    for item_id, state in states.items():
        if state != "pending":
            store.set_review(item_id, Review(state=state), 0)
    for query in (
        Query(),
        Query(relevant=None),
        Query(text="教育"),
        Query(tags={"sector": "医疗"}, source="people"),
        Query(text="无此词语"),
    ):
        hits = [
            i
            for i in items
            if (query.relevant is None or i.tags.relevant)
            and (query.text in i.article.body)
            and ("sector" not in query.tags or query.tags["sector"] in [s.name for s in i.tags.sectors])
            and (not query.source or query.source == i.source_id)
        ]
        values = {
            "sector": lambda i: {s.name for s in i.tags.sectors if s.name},
            "phrase": lambda i: {s.phrase for s in i.tags.sectors if not s.name},
            "province": lambda i: {r.province for r in i.tags.regions},
            "ministry": lambda i: set(i.tags.ministries),
            "enterprise": lambda i: set(i.tags.enterprises),
            "section": lambda i: set(i.tags.sections),
            "source": lambda i: {i.source_id},
            "state": lambda i: {states[i.id]},
            "day": lambda i: {i.article.published_at[:10]} - {""},
        }
        found = store.search(query)
        assert found.total == store.count(query) == len(hits)
        assert set(found.facets) == set(counted_fields())
        for name, of in values.items():
            counts = Counter(value for item in hits for value in of(item))
            order = sorted(counts.items()) if name == "day" else sorted(counts.items(), key=lambda p: (-p[1], p[0]))
            assert found.facets[name] == order, name
    assert store.search(Query(facets=False)).facets == {}
