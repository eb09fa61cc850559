"""A document that cannot be read stops nobody, in both stores alike, and is written anew with its decisions."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.elastic.reindex import reindex
from indexer.embedded import EmbeddedStore
from indexer.store import NotFoundError, Query, Store, TagChange
from yuqing.core.records import Edit, Item, ReprintCluster, Review, Tags


def spoil(store: Store, item: str, what: str) -> None:
    """Let the document of ``item``, or the last decision on it, be one that nothing can be made of."""
    if isinstance(store, EmbeddedStore):
        statement = {
            "document": "UPDATE documents SET data = x'7b22' WHERE item = (SELECT item FROM items WHERE id = ?)",
            "gone": "DELETE FROM documents WHERE item = (SELECT item FROM items WHERE id = ?)",
            "review": "UPDATE items SET review = '5' WHERE id = ?",
        }[what]
        with closing(sqlite3.connect(store.path)) as db, db:
            db.execute(statement, (item,))
        return
    assert isinstance(store, ElasticStore)
    session = store._session
    source = {
        "document": {"record": {"tags": 5}}, "gone": {"record": None}, "review": {"review": {"state": "nonsense"}},
    }[what]  # fmt: skip
    (found,) = session.documents(session.names, [item]).values()
    session.client.update(index=found.index, id=item, doc=source, refresh=True)


@pytest.mark.parametrize("what", ["document", "gone", "review"])
def test_it_stops_nobody_and_is_written_anew(store: Store, make_item, what: str) -> None:
    items: list[Item] = [make_item(str(number)) for number in range(4)]
    store.put(items)
    bad = items[1]
    first = store.set_review(bad.id, Review(state="accepted", row="初稿", by="王"), 0)
    spoil(store, bad.id, what)
    assert (
        {item.id for item in store.scan()}
        == {item.id for item in store.stream(Query())}
        == ({item.id for item in items} - {bad.id})
    )
    assert {hit.item.id for hit in store.search(Query(text="正文")).hits} == {item.id for item in items} - {bad.id}
    assert store.get(bad.id) is None
    assert set(store.get_many([bad.id, items[0].id])) == {items[0].id}
    changes = [TagChange(id=item.id, content_hash=item.content_hash, tags=Tags()) for item in items[:2]]
    assert [result.written for result in store.set_tags(changes)] == ["updated", "missing"]
    with pytest.raises(NotFoundError):
        store.set_review(bad.id, Review(state="dropped"), 1)
    store.set_clusters({bad.id: ReprintCluster(id=bad.id)})

    assert [result.written for result in store.put([bad])] == ["updated"]
    mended = store.get(bad.id)
    assert mended is not None
    assert mended.article == bad.article
    assert mended.review == first
    assert store.history(bad.id) == [first]
    assert store.count(Query(text="正文", state="accepted")) == 1
    again = store.set_review(bad.id, Review(state="dropped", by="李"), mended.review.version)
    assert store.history(bad.id) == [first, again]
    assert store.delete([bad.id]) == 1


def test_an_edit_that_cannot_be_read_is_passed_over(tmp_path, make_item) -> None:
    store = EmbeddedStore(tmp_path / "store.sqlite")
    first = store.set_edit(Edit(scope="2018-03", part="title", value="一"), 0)
    store.set_edit(Edit(scope="2018-03", part="title", value="二"), first.version)
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute("UPDATE edits SET data = 'x' WHERE version = 2")
    assert store.edit_history("2018-03") == [first]
    store.set_edit(Edit(scope="2018-03", part="title", value="三"), 2)
    assert store.edits("2018-03")["title"].value == "三"
    store.close()


@pytest.mark.elasticsearch
def test_a_first_sight_and_a_reindex(elastic: ElasticStore, node_url: str, make_item) -> None:
    session = elastic._session
    items = [make_item(str(number)) for number in range(3)]
    elastic.put(items)
    session.client.index(index=session.names.ids, id=items[0].id, document={})
    assert elastic.get(items[0].id) is None
    assert [result.written for result in elastic.put(items)] == ["unchanged"] * 3
    spoil(elastic, items[1].id, "document")
    done = reindex(f"{node_url}/{session.names.prefix}", NO_ACCESS, "", lambda copied: None, force=True)
    assert done is not None
    assert done.items == 2
    elastic.refresh()
