"""The review page over Elasticsearch: every test of the page over the embedded store once more, on a real node."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.store import Query
from tests.store.conftest import node, node_url
from tests.web.conftest import SOURCES, WINDOW, Page
from tests.web.test_web_review import *  # noqa: F403  # the tests
from yuqing.core.records import Item, Review
from yuqing.monitor.setting_tables import ReviewSettings
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace, workspace

__all__ = ["node", "node_url"]

pytestmark = [pytest.mark.elasticsearch, pytest.mark.long, pytest.mark.xdist_group("web-elastic")]


@pytest.fixture(scope="module")
def store_url(node_url: str) -> Iterator[str]:
    """Indices of this module alone."""
    prefix = f"web-{uuid.uuid4().hex[:8]}"
    ElasticStore(f"{node_url}/{prefix}", NO_ACCESS, init=True).close()
    yield f"{node_url}/{prefix}"
    with Elasticsearch(node_url) as client:
        client.indices.delete(index=list(client.indices.get(index=f"{prefix}-*")))
        for template in client.indices.get_index_template(name=f"{prefix}-*")["index_templates"]:
            client.indices.delete_index_template(name=template["name"])


@pytest.fixture
def space(store_url: str, tmp_path: Path, root: Path, items: list[Item]) -> Iterator[Workspace]:
    """A data folder whose items are in Elasticsearch."""
    keywords = tmp_path / "keywords.yaml"
    keywords.write_bytes((root / "keywords.yaml").read_bytes())
    sources = tmp_path / "sources.yaml"
    sources.write_text(SOURCES, "utf-8")
    review = ReviewSettings(reasons=True)
    opened = Workspace(
        Settings(data=tmp_path / "data", keywords=keywords, sources=sources, store=store_url, review=review)
    )
    opened.store.put(items)
    yield opened
    opened.store.delete([item.id for item in opened.store.scan()])
    opened.close()


def test_every_process_finds_a_decision_at_once(page: Page, items: list[Item]) -> None:
    with workspace(page.space.settings) as other:
        assert other.store.count(Query(window=WINDOW, state="accepted")) == 0
        page.decide(items[3], "accept")
        assert other.store.count(Query(window=WINDOW, state="accepted")) == 1
        other.store.set_review(items[3].id, Review(state="dropped", by="李"), 1)
    assert page.space.store.count(Query(window=WINDOW, state="dropped")) == 1
