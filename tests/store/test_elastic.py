"""What only Elasticsearch can get wrong: addresses, faults, races between writers, the fields that Kibana reads."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from elasticsearch import Elasticsearch
from msgspec.structs import replace

from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore, bulk
from indexer.elastic.client import Address, parse
from indexer.elastic.mapping import PROPERTIES
from indexer.elastic.names import Names
from indexer.open import open_store
from indexer.store import ConflictError, Query, StoreUnavailableError, TagChange
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.records import Review, Tags


@pytest.mark.parametrize(
    ("url", "server", "prefix"),
    [
        ("elasticsearch://localhost", "http://localhost:9200", "yuqing"),
        ("elasticsearch://es.example.cn:9201/news-2", "https://es.example.cn:9201", "news-2"),
        ("http://10.0.0.7:9200/", "http://10.0.0.7:9200", "yuqing"),
        ("elasticsearch://[::1]:9200", "http://[::1]:9200", "yuqing"),
        (
            "elasticsearch://a.cn,b.cn:9201,[::1]/news",
            "https://a.cn:9200, https://b.cn:9201, http://[::1]:9200",
            "news",
        ),
    ],
)
def test_addresses(url: str, server: str, prefix: str) -> None:
    assert parse(url) == Address(tuple(server.split(", ")), prefix)


@pytest.mark.parametrize(
    "url",
    [
        "elasticsearch://",
        "http://h:port",
        "http://user:secret@h:9200",
        "http://h/Upper",
        "http://h/a/b",
        "http://h/a?b",
        "elasticsearch://a,,b",
        "elasticsearch://a,user:secret@b",
        "elasticsearch://[::1",
    ],
)
def test_odd_addresses_are_refused_without_showing_a_password(url: str) -> None:
    with pytest.raises(UsageError, match="YUQING_ELASTIC__API_KEY") as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_away_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(StoreUnavailableError, match=rf"127\.0\.0\.1:{port}.*cannot be reached.*check that it"):
        open_store(f"elasticsearch://127.0.0.1:{port}")


Answer = Callable[[str, bytes], tuple[int, dict[str, str], object]]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """A server that gives canned answers, for what a healthy Elasticsearch will not say."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answer(self.path, self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            data = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(data)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_PUT = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


REAL = {"X-Elastic-Product": "Elasticsearch"}


def test_a_server_that_is_no_elasticsearch() -> None:
    other = {"version": {"distribution": "opensearch"}}
    with server(lambda path, body: (200, {}, other)) as url, pytest.raises(YuqingError, match="is not Elasticsearch"):
        open_store(url)


def test_a_server_that_refuses_this_client() -> None:
    error = {"error": {"type": "media_type_header_exception", "reason": "Accept version must be 9"}, "status": 400}
    with server(lambda path, body: (400, REAL, error)) as url, pytest.raises(YuqingError, match="elasticsearch>="):
        open_store(url)


def test_a_busy_server_is_given_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FIRST_WAIT", 0.01)
    calls = []

    def answer(path: str, body: bytes) -> tuple[int, dict[str, str], object]:
        calls.append(path)
        status = 429 if len(calls) < 4 else 201
        entry = {"_id": "a", "status": status}
        entry["error" if status == 429 else "result"] = (
            {"type": "rejected", "reason": "queue"} if status == 429 else "created"
        )
        return 200, REAL, {"errors": status == 429, "items": [{"create": entry}]}

    action = {"_op_type": "create", "_index": "i", "_id": "a", "_source": {}}
    with server(answer) as url, Elasticsearch(url) as client:
        assert bulk.bulk(client, url, [action])["a"].status == 201
        assert len(calls) == 4
        calls.clear()
        monkeypatch.setattr(bulk, "BUSY_RETRIES", 1)
        with pytest.raises(StoreUnavailableError, match="overloaded"):
            bulk.bulk(client, url, [action])


@pytest.mark.elasticsearch
def test_indices_that_are_not_set_up(node_url: str) -> None:
    with pytest.raises(YuqingError, match="run `yuqing index init`"):
        open_store(f"{node_url}/nowhere")


@pytest.mark.elasticsearch
def test_setting_up_twice_changes_nothing(node_url: str, elastic: ElasticStore, make_item) -> None:
    elastic.put([make_item("a")])
    again = ElasticStore(f"{node_url}/{elastic._session.names.prefix}", NO_ACCESS, init=True)
    assert again.get(make_item("a").id) == make_item("a")
    again.close()
    elastic.delete([make_item("a").id])


@pytest.fixture
def clean(elastic: ElasticStore) -> Iterator[ElasticStore]:
    yield elastic
    elastic.delete([item.id for item in elastic.scan()])


@pytest.fixture
def second(node_url: str, clean: ElasticStore) -> Iterator[ElasticStore]:
    """Another process's view of the same indices."""
    store = ElasticStore(f"{node_url}/{clean._session.names.prefix}", NO_ACCESS)
    yield store
    store.close()


@pytest.mark.elasticsearch
def test_a_refused_item_is_named_and_the_others_are_written(clean: ElasticStore, make_item) -> None:
    bad = make_item("bad", published_at="2018-02-31T99:00")
    results = clean.put([make_item("a"), bad, make_item("b")])
    assert [result.written for result in results] == ["created", "refused", "created"]
    assert results[1].id == bad.id
    assert re.search(r"failed to parse field \[published_at\] of type \[date\].*2018-02-31T99:00", results[1].reason)
    assert clean.count(Query()) == 2
    assert clean.get(bad.id) is None
    assert [result.written for result in clean.put([make_item("bad")])] == ["created"]
    assert [result.written for result in clean.put([bad])] == ["refused"]
    assert clean.get(bad.id) == make_item("bad"), "a refused change leaves what was there"


@pytest.mark.elasticsearch
def test_a_nearly_full_disk_stops_writes_only(
    clean: ElasticStore, node_url: str, make_item, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BUSY_RETRIES", 0)
    clean.put([make_item("a")])
    index = clean._session.names.month("2018-03")
    with Elasticsearch(node_url) as client:
        client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
        try:
            with pytest.raises(StoreUnavailableError, match="disk is nearly full"):
                clean.put([make_item("b")])
            with pytest.raises(StoreUnavailableError, match="disk is nearly full"):
                clean.set_review(make_item("a").id, Review(), 0)
            assert clean.count(Query()) == 1
        finally:
            client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})
    clean.put([make_item("b")])
    assert clean.count(Query()) == 2


@pytest.mark.elasticsearch
def test_one_url_stands_once_though_two_crawls_see_it_in_different_months(
    clean: ElasticStore, second: ElasticStore, make_item
) -> None:
    march = [make_item(str(n), window="2018-03") for n in range(60)]
    april = [make_item(str(n), window="2018-04") for n in range(60)]
    start = threading.Barrier(2)

    def crawl(store: ElasticStore, items: list) -> None:
        start.wait()
        for at in range(0, 60, 10):
            store.put(items[at : at + 10])

    threads = [threading.Thread(target=crawl, args=args) for args in ((clean, march), (second, april[::-1]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = list(clean.scan())
    assert len(stored) == len({item.id for item in stored}) == 60


@pytest.mark.elasticsearch
def test_a_crawl_and_a_retag_and_an_analyst_lose_nothing(clean: ElasticStore, second: ElasticStore, make_item) -> None:
    item = make_item("a")
    clean.put([item])
    later = "2018-03-03T08:00:00+08:00"
    faults: list[BaseException] = []

    def crawl() -> None:
        try:
            for n in range(10):
                second.put([replace(item, fetched_at=later, article=replace(item.article, editor=f"编辑{n}"))])
                second.set_tags([TagChange(item.id, item.content_hash, Tags(relevant=True, topics=(f"题{n}",)))])
        except BaseException as error:
            faults.append(error)

    thread = threading.Thread(target=crawl)
    thread.start()
    for version in range(10):
        clean.set_review(item.id, Review(state="accepted", row=f"第{version}稿", by="王"), version)
    thread.join()
    assert faults == []
    stored = clean.get(item.id)
    assert (stored.review.row, stored.review.version) == ("第9稿", 10)
    assert [review.row for review in clean.history(item.id)] == [f"第{n}稿" for n in range(10)]
    assert (stored.article.editor, stored.tags.topics) == ("编辑9", ("题9",))


@pytest.mark.elasticsearch
def test_two_analysts_at_once_one_gets_the_conflict(clean: ElasticStore, second: ElasticStore, make_item) -> None:
    item = make_item("a")
    clean.put([item])
    clean.get(item.id)
    theirs = second.set_review(item.id, Review(state="dropped", by="李"), 0)
    with pytest.raises(ConflictError) as caught:
        clean.set_review(item.id, Review(state="accepted", by="王"), 0)
    assert caught.value.stored == theirs


@pytest.mark.elasticsearch
def test_the_fields_that_kibana_reads(clean: ElasticStore, node_url: str, make_item) -> None:
    item = make_item(
        "a", title="浙江推进“互联网+”教育", body="互联网＋教育。", sectors=["教育"], regions=[("浙江省", "杭州市")]
    )
    region = replace(item.tags.regions[0], code="330100")
    clean.put([replace(item, tags=replace(item.tags, regions=(region,)))])
    clean.search(Query())
    with Elasticsearch(node_url) as client:
        index = clean._session.names.items
        mapping = client.indices.get_mapping(index=clean._session.names.month("2018-03"))
        (source,) = [hit["_source"] for hit in client.search(index=index)["hits"]["hits"]]
        for query in (
            {"match_phrase": {"title": "互联网+"}},  # what KQL sends for title:"互联网+"
            {"match_phrase": {"body": "互联网+教育"}},
            {"term": {"sector_path": "产业/教育"}},
            {"term": {"province_iso": "CN-ZJ"}},
            {"range": {"published_at": {"gte": "2018-03-01T00:00:00+08:00", "lt": "2018-03-02T00:00:00+08:00"}}},
        ):
            assert client.count(index=index, query=query)["count"] == 1, query
    mappings = mapping[clean._session.names.month("2018-03")]["mappings"]
    assert mappings["dynamic"] == "strict"
    assert set(mappings["properties"]) == set(PROPERTIES) == set(source)


def test_indices_are_named_by_month() -> None:
    assert Names("p").month("2018-03") == "p-items-v1-2018-03"
