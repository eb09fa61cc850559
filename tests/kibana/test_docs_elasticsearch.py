"""docs/elasticsearch.md does what it says: its KQL, its snapshot requests and its roles are run as they stand."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.elastic.names import Names
from indexer.kibana.objects import DataView
from indexer.kibana.views import ITEMS, RUNS
from tests.kibana.conftest import ROOT, month_of_items
from tests.kibana.kql import fields, to_query
from tests.kibana.test_kibana_objects import mapped
from yuqing.core.records import Review

TEXT = (ROOT / "docs" / "elasticsearch.md").read_text("utf-8")
Request = tuple[str, str, Any]


def kql(heading: str, until: str) -> list[str]:
    part = TEXT[TEXT.index(heading) : TEXT.index(until)]
    return re.findall(r"^\| [^|]+ \| `([^`]+)` \|$", part, re.M)


def requests(language: str) -> list[Request]:
    """The requests of the blocks in ``language``, as Dev Tools reads them."""
    found = []
    for block in re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.M | re.S):
        for piece in block.strip().split("\n\n"):
            first, _, body = piece.partition("\n")
            method, path = first.split()
            found.append((method, path, json.loads(body) if body else None))
    return found


DAILY = kql("## Daily questions", "For 采集运行")
OF_RUNS = kql("For 采集运行", "## A closed month")

FOUND: dict[str, set[str]] = {
    'relevant: true and window: "2018-03"': {"lead", "copy-1", "copy-2", "health", "farm", "two", "firm", "new"},
    'relevant: true and window: "2018-03" and not family.lead: false': {"lead", "health", "farm", "two", "firm", "new"},
    'relevant: true and province: "浙江省"': {"lead", "copy-1", "copy-2", "next-2"},
    'province: ("北京市" and "贵州省")': {"two"},
    'sector: ("教育" or "医疗")': {"lead", "copy-1", "copy-2", "health"},
    'ministry: "国家卫生健康委员会"': {"health"},
    'section: "enterprise" and tier: "commercial" and review.state: "pending"': {"firm"},
    'review.state: "accepted" and review.by: "王"': {"lead"},
    'title: "大数据" or body: "大数据"': {"farm", "two"},
    'tokens.body: "互 联 网 + 教 育"': {"lead", "copy-1", "copy-2"},
    'relevant: true and day >= "2018-03-05" and day <= "2018-03-09"': {"farm", "two", "firm"},
    "phrase: *植树*": {"new"},
    'relevant: true and source: "sohu.com"': {"copy-1", "firm"},
    "family.id: *": {"lead", "copy-1", "copy-2"},
    "relevant: true and not province: *": {"health", "firm", "new", "next", "next-3", "undated"},
    "relevant: false": {"other"},
}


def test_every_question_has_an_expected_answer() -> None:
    assert list(FOUND) == DAILY
    assert len(OF_RUNS) == 4


@pytest.mark.parametrize(("view", "questions"), [(ITEMS, DAILY), (RUNS, OF_RUNS)], ids=["items", "runs"])
def test_questions_name_fields_of_the_mapping(view: DataView, questions: list[str]) -> None:
    for question in questions:
        assert fields(to_query(question)) <= set(mapped(view)), question


@pytest.mark.elasticsearch
@pytest.mark.long
@pytest.mark.xdist_group("kibana")
@pytest.mark.parametrize("question", DAILY)
def test_a_question_finds_the_right_items(
    client: Elasticsearch, store: ElasticStore, prefix: str, question: str
) -> None:
    answer = client.search(index=f"{prefix}-items", query=to_query(question), size=100, source_includes=["url"])
    names = {hit["_source"]["url"].split("/")[-1].removesuffix(".html") for hit in answer["hits"]["hits"]}
    assert names == FOUND[question]


@pytest.fixture
def own(client: Elasticsearch, node_url: str) -> Iterator[tuple[ElasticStore, str]]:
    """A store that may be destroyed, with one decision, and its prefix."""
    mine = f"snap-{uuid.uuid4().hex[:8]}"
    store = ElasticStore(f"{node_url}/{mine}", NO_ACCESS, init=True)
    store.put(month_of_items())
    store.set_review(month_of_items()[0].id, Review(state="accepted", row="浙江", by="王"), 0)
    yield store, mine
    store.close()
    client.options(ignore_status=404).snapshot.delete(repository=mine, snapshot="2018-03")
    client.options(ignore_status=404).snapshot.delete_repository(name=mine)
    client.indices.delete(index=list(client.indices.get(index=f"{mine}-*")))
    client.indices.delete_index_template(name=Names(mine).template)


def run(client: Elasticsearch, language: str, prefix: str) -> list[Any]:
    """Send the requests of the document, with ``prefix`` for yuqing."""

    def mine(text: str) -> str:
        return text.replace("yuqing", prefix)

    answers = []
    for method, path, body in requests(language):
        sent = json.loads(mine(json.dumps(body))) if body else None
        headers = {"Accept": "application/json"} | ({"Content-Type": "application/json"} if sent else {})
        answers.append(client.perform_request(method, f"/{mine(path)}", headers=headers, body=sent).body)
    return answers


@pytest.mark.elasticsearch
@pytest.mark.long
@pytest.mark.xdist_group("kibana")
def test_a_month_comes_back_from_its_snapshot(client: Elasticsearch, own: tuple[ElasticStore, str]) -> None:
    store, prefix = own
    before = list(store.scan())
    decisions = store.history(month_of_items()[0].id)
    *_, shown = run(client, "console", prefix)
    assert shown["snapshots"][0]["state"] == "SUCCESS"
    run(client, "console-restore", prefix)
    assert list(store.scan()) == before
    assert store.history(month_of_items()[0].id) == decisions != []
    assert {result.written for result in store.put(month_of_items())} == {"unchanged"}


@pytest.mark.elasticsearch
@pytest.mark.long
@pytest.mark.xdist_group("kibana")
def test_everything_comes_back_to_an_empty_server(
    client: Elasticsearch, own: tuple[ElasticStore, str], node_url: str
) -> None:
    store, prefix = own
    march = list(store.scan(window="2018-03"))
    run(client, "console", prefix)
    client.indices.delete(index=list(client.indices.get(index=f"{prefix}-*")))
    client.indices.delete_index_template(name=Names(prefix).template)
    run(client, "console-all", prefix)
    again = ElasticStore(f"{node_url}/{prefix}", NO_ACCESS, init=True)
    try:
        assert list(again.scan()) == march
        assert again.history(march[0].id) == store.history(march[0].id)
        written = {result.id: result.written for result in again.put(month_of_items())}
        assert {written[item.id] for item in march} == {"unchanged"}
        assert {how for key, how in written.items() if key not in {item.id for item in march}} == {"created"}
    finally:
        again.close()
