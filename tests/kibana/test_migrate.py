"""Moving from one store to another: items, clusters and every decision, whatever the stores are."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from msgspec.structs import replace
from typer.testing import CliRunner

from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.elastic.names import Names
from indexer.embedded import EmbeddedStore
from indexer.store import Query, Store
from tests.kibana.conftest import month_of_items
from yuqing.core.errors import YuqingError
from yuqing.core.records import Review
from yuqing.monitor.cli import app
from yuqing.monitor.run.migrate import Migration, migrate

ITEMS = month_of_items()
LEAD, HEALTH = ITEMS[0].id, ITEMS[3].id


@pytest.fixture
def source(tmp_path: Path) -> Iterator[EmbeddedStore]:
    """The month's items with three decisions on two of them."""
    store = EmbeddedStore(tmp_path / "source.sqlite")
    store.put(ITEMS)
    store.set_review(LEAD, Review(state="accepted", row="初稿", by="王", at="2018-03-16T09:00:00+08:00"), 0)
    store.set_review(LEAD, Review(state="accepted", row="定稿", by="李", sections=("province",)), 1)
    store.set_review(HEALTH, Review(state="dropped", note="重复", by="王"), 0)
    yield store
    store.close()


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=[pytest.mark.elasticsearch, pytest.mark.long])])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "embedded":
        embedded = EmbeddedStore(tmp_path / "target.sqlite")
        yield embedded
        embedded.close()
        return
    url, prefix = request.getfixturevalue("node_url"), f"move-{uuid.uuid4().hex[:8]}"
    elastic = ElasticStore(f"{url}/{prefix}", NO_ACCESS, init=True)
    yield elastic
    elastic.close()
    with Elasticsearch(url) as client:
        client.indices.delete(index=list(client.indices.get(index=f"{prefix}-*")))
        client.indices.delete_index_template(name=Names(prefix).template)


def test_everything_arrives(source: EmbeddedStore, target: Store) -> None:
    assert migrate(source, target) == Migration(items=len(ITEMS), decisions=3)
    assert list(target.scan()) == list(source.scan())
    for item in ITEMS:
        assert target.history(item.id) == source.history(item.id)
    question = Query(relevant=None, size=100)
    assert target.search(question).facets == source.search(question).facets


def test_a_second_time_changes_nothing(source: EmbeddedStore, target: Store) -> None:
    migrate(source, target)
    assert migrate(source, target) == Migration(items=len(ITEMS), decisions=0)
    assert list(target.scan()) == list(source.scan())


def test_a_broken_move_is_taken_up(source: EmbeddedStore, target: Store) -> None:
    target.put(ITEMS[:5])
    target.set_review(LEAD, source.history(LEAD)[0], 0)
    assert migrate(source, target) == Migration(items=len(ITEMS), decisions=2)
    assert target.history(LEAD) == source.history(LEAD)


def test_decisions_of_others_are_not_written_over(source: EmbeddedStore, target: Store) -> None:
    target.put(ITEMS)
    theirs = target.set_review(LEAD, Review(state="dropped", by="赵"), 0)
    with pytest.raises(YuqingError, match=rf"{LEAD}.*has other decisions in the target"):
        migrate(source, target)
    assert target.history(LEAD) == [theirs]
    assert target.history(HEALTH) == []


def test_items_that_do_not_arrive_are_told(source: EmbeddedStore, tmp_path: Path) -> None:
    class Forgetful(EmbeddedStore):
        def put(self, items):
            return super().put(item for item in items if item.window != "2018-04")

    target = Forgetful(tmp_path / "target.sqlite")
    with pytest.raises(YuqingError, match=r"lacks items after the copy.*2018-04: 3 and 0"):
        migrate(source, target)
    target.close()


def test_the_command(source: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YUQING_STORE", str(tmp_path / "source.sqlite"))
    done = CliRunner().invoke(app, ["index", "migrate", "moved.sqlite"])
    assert done.exit_code == 0, done.output
    assert f"{len(ITEMS)} items copied to moved.sqlite, 3 decisions of people written" in done.output
    moved = EmbeddedStore(tmp_path / "moved.sqlite")
    assert list(moved.scan()) == list(source.scan())
    moved.close()


def test_a_window_is_kept_though_the_settings_would_give_another(source: EmbeddedStore, target: Store) -> None:
    odd = replace(ITEMS[0], window="2018-02")
    source.delete([odd.id])
    source.put([odd])
    migrate(source, target)
    kept = target.get(odd.id)
    assert kept is not None
    assert kept.window == "2018-02"
