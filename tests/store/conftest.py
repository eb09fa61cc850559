"""Every store that keeps the contract, and items to put into it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.elastic.names import Names
from indexer.embedded import EmbeddedStore
from indexer.store import Store
from tests.pieces import missing
from yuqing.core.records import Article, EventTag, Item, RegionTag, SectorTag, Tags
from yuqing.core.urls import item_id

MakeItem = Callable[..., Item]
SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "elasticsearch.sh"


@pytest.fixture(scope="session")
def node() -> Callable[[str, str], str]:
    """Runs scripts/elasticsearch.sh (action, name); skips where no node can run, but not in CI."""
    absent = [tool for tool in ("mvn", "java", "curl", "unzip", "openssl") if shutil.which(tool) is None]

    def run(action: str, name: str) -> str:
        if absent:
            missing(f"an Elasticsearch node, whose script needs {', '.join(absent)}", "Debian: maven and the like")
        # The quick compiler alone: a test node lives too short for the thorough one, and starts a third sooner.
        environment = {**os.environ, "ES_JAVA_OPTS": "-XX:TieredStopAtLevel=1"}
        done = subprocess.run(
            [str(SCRIPT), action, name], capture_output=True, text=True, timeout=400, check=False, env=environment
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().rpartition("\n")[2]

    return run


@pytest.fixture(scope="session")
def node_url(node: Callable[[str, str], str]) -> str:
    """The URL of the node that most tests share; the run stops it at its end (KEEP_NODES=1 keeps it)."""
    return node("start", "tests")


@pytest.fixture(scope="session")
def elastic_url(node_url: str) -> str:
    """The address of a store on the node under a prefix of its own."""
    return f"{node_url}/test-{uuid.uuid4().hex[:8]}"


@pytest.fixture(scope="session")
def elastic(node_url: str, elastic_url: str) -> Iterator[ElasticStore]:
    """One store on the node for the whole run."""
    prefix = elastic_url.rpartition("/")[2]
    store = ElasticStore(elastic_url, NO_ACCESS, init=True)
    yield store
    store.close()
    with Elasticsearch(node_url) as client:
        indices = list(client.indices.get(index=f"{prefix}-*"))
        client.indices.delete(index=indices)
        client.indices.delete_index_template(name=Names(prefix).template)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "embedded":
        opened = EmbeddedStore(tmp_path / "store.sqlite")
        yield opened
        opened.close()
    else:
        shared: ElasticStore = request.getfixturevalue("elastic")
        yield shared
        shared.delete([item.id for item in shared.scan()])


@pytest.fixture
def make_item() -> MakeItem:
    """A relevant item; keywords go to the article, the tags or the item, whichever has such a field."""
    return build_item


def build_item(name: str = "a", **given: Any) -> Item:
    """See :func:`make_item`."""
    url = f"http://news.example.cn/{name}.html"
    body = given.pop("body", f"第{name}篇的正文。")
    title = given.pop("title", f"第{name}篇")
    published = given.pop("published_at", "2018-03-01")
    window = given.pop("window", "2018-03" if published else "")
    sectors = tuple(SectorTag(name=s, group="产业", phrase=f"互联网+{s}") for s in given.pop("sectors", ()))
    sectors += tuple(SectorTag(name=None, group=None, phrase=p) for p in given.pop("phrases", ()))
    regions = tuple(RegionTag(province=p, city=c) for p, c in given.pop("regions", ()))
    events = tuple(EventTag(kind="summit", name=n) for n in given.pop("events", ()))
    tags = Tags(
        relevant=given.pop("relevant", True),
        score=1.0,
        sectors=sectors,
        regions=regions,
        events=events,
        ministries=given.pop("ministries", ()),
        actions=given.pop("actions", ()),
        enterprises=given.pop("enterprises", ()),
        sections=given.pop("sections", ()),
        rules=given.pop("rules", "r1"),
    )
    item = Item(
        id=item_id(url),
        source_id=given.pop("source_id", "gov.cn"),
        source_name="中国政府网",
        tier=given.pop("tier", "central-gov"),
        fetched_at=given.pop("fetched_at", "2018-03-02T08:00:00+08:00"),
        window=window,
        content_hash=hashlib.sha256(f"{title}\n{body}".encode()).hexdigest(),
        article=Article(
            url=url, title=title, body=body, published_at=published, date_source="label" if published else ""
        ),
        tags=tags,
        cluster=given.pop("cluster", None),
    )
    assert not given, f"unknown fields {sorted(given)}"
    return item
