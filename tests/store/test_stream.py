"""Everything that a search matches, page by page, in both stores alike."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest

from indexer.store import Query, Store

QUERIES = (
    Query(),
    Query(relevant=None),
    Query(text="互联网+"),
    Query(text="第3篇"),
    Query(text="！"),
    Query(window="2018-03", relevant=None),
    Query(since=date(2018, 3, 2), until=date(2018, 3, 4)),
    Query(source="people", cluster_leads_only=True),
    Query(text="互联网+", source="people", relevant=None),
)


@pytest.fixture
def filled(store: Store, make_item) -> Store:
    """Forty items: several of one day, some undated, some not relevant, of two sources."""
    store.put(
        make_item(
            str(number),
            body=f"推进“互联网+”第{number}篇" if number % 3 else f"第{number}篇",
            published_at="" if number % 11 == 0 else f"2018-03-0{number % 5 + 1}" + ("T09:00:00+08:00" * (number % 2)),
            relevant=number % 7 != 0,
            source_id="people" if number % 2 else "gov-cn",
        )
        for number in range(40)
    )
    return store


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_a_stream_gives_what_the_search_counts_in_the_order_of_its_newest(filled: Store, query: Query) -> None:
    everything = Query(**{**{f: getattr(query, f) for f in query.__slots__}, "sort": "newest", "size": 1000})
    found = [hit.item for hit in filled.search(everything).hits]
    streamed = list(filled.stream(query, batch=7))
    assert streamed == found
    assert len(streamed) == filled.count(query)
    pages, after = [], None
    while page := list(islice(filled.stream(query, after, batch=4), 4)):
        pages += page
        after = (page[-1].article.published_at, page[-1].id)
    assert pages == found


def test_a_stream_shows_the_store_as_it_was_and_nobody_waits_for_it(tmp_path, make_item) -> None:
    from indexer.embedded import EmbeddedStore

    store = EmbeddedStore(tmp_path / "store.sqlite")
    store.put(make_item(str(number)) for number in range(10))
    stream = store.stream(Query(), batch=2)
    first = next(stream)
    store.put(make_item(str(number)) for number in range(10, 20))
    store.delete([first.id])
    assert len(list(stream)) == 9
    assert store.count(Query()) == 19
    store.close()
