"""A real crawl into a real node that goes away and comes back, or refuses items: nothing lost, nothing twice."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import deepcopy
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.elastic.mapping import template
from indexer.elastic.names import Names
from tests import forked
from tests.crawl.web import Answer, Web, serve
from tests.faults import Fault
from yuqing.core.records import Item, Outcome, Review
from yuqing.monitor.ledger import Ledger

pytestmark = [
    pytest.mark.elasticsearch,
    pytest.mark.long,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("stopped-node"),
]
NODE = f"crawl-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"  # tests stop it: no two workers may share one
HOST = "www.example.gov.cn"
COUNT = 40
LATER = 5  # further articles, of the window after
STOP_AT, START_AT = 10, 30  # while these articles are asked for, the node is stopped and started
TWINS = (5, 25)  # one text, asked for before and after the node goes away
SOURCES = f"""
- id: gov-example
  name: 示例省人民政府
  tier: province-gov
  hosts: [{HOST}]
  article_urls: ['/a/']
  url_date: '/(?P<y>\\d{{4}})(?P<m>\\d{{2}})(?P<d>\\d{{2}})/'
  lists:
  - {{url: 'http://{HOST}/list/', adapter: html-list, items: ul.news li}}
"""
_CHARS = "发展创新改革服务群众企业市场技术数据网络资源管理基层城乡社会经济质量效率税收人才项目资金安全监管"


def path(number: int) -> str:
    return f"/a/20180305/{number}.html"


def day(place: str) -> str:
    digits = place.split("/")[2]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def article(number: int) -> bytes:
    text = "".join(random.Random(TWINS[0] if number in TWINS else number).choices(_CHARS, k=300))
    return (
        f"<html><head><title>示例省推进“互联网+政务服务”</title></head><body><h1>示例省推进“互联网+政务服务”</h1>"
        f"<div class='info'>发布时间：2018-03-05 09:{number:02} 来源：示例日报</div><div class='TRS_Editor'>"
        f"<p>示例省推进“互联网+政务服务”，群众办事只进一扇门。</p><p>{text}。</p></div></body></html>"
    ).encode()


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as running:
        running.put(f"{HOST}/robots.txt", "User-agent: *\nDisallow:", Content_Type="text/plain")
        for number in range(COUNT):
            running.put(f"{HOST}{path(number)}", article(number))
        show(running, COUNT)
        yield running


def show(web: Web, count: int, *more: str) -> None:
    """The list names the first ``count`` articles, and ``more``."""
    places = [*(path(number) for number in range(count)), *more]
    rows = "".join(
        f"<li><a href='{place}'>第{n}篇政务服务新闻</a><span>{day(place)}</span></li>" for n, place in enumerate(places)
    )
    web.put(f"{HOST}/list/", f"<html><body><ul class='news'>{rows}</ul></body></html>")


@pytest.fixture(scope="module")
def url(node: Callable[[str, str], str]) -> Iterator[str]:
    """A node of its own for the tests that stop it."""
    yield node("start", NODE)
    node("destroy", NODE)


@pytest.fixture
def yuqing(web: Web, url: str, tmp_path: Path, root: Path) -> Callable[..., str]:
    """Runs a command in a process of its own, as an operator does."""
    (tmp_path / "sources.yaml").write_text(SOURCES, "utf-8")
    settings = {
        "DATA": tmp_path / "data", "STORE": f"{url}/{tmp_path.name.replace('_', '-')}",
        "SOURCES": tmp_path / "sources.yaml",
        "KEYWORDS": root / "keywords.yaml", "CRAWL__DELAY": 0, "CRAWL__AUTOTHROTTLE": "false",
        "CRAWL__TIMEOUT": 200, "CRAWL__GATEWAY": web.port,
    }  # fmt: skip
    environment = {**os.environ} | {f"YUQING_{k}": str(v) for k, v in settings.items()}

    def run(*arguments: str, code: int = 0) -> str:
        done = forked.run(tmp_path, environment, arguments)
        assert done.code == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    run.store = settings["STORE"]
    run.data = tmp_path / "data"
    run("index", "init")
    return run


def stored(run: Callable[..., str]) -> ElasticStore:
    return ElasticStore(run.store, NO_ACCESS)


def outcomes(run: Callable[..., str]) -> Counter[str]:
    """How the articles ended, over all runs of the ledger."""
    with closing(Ledger(run.data / "ledger.db")) as ledger:
        counts = sum((one.outcomes for one in ledger.runs()), Counter())
    del counts["listing"]
    return counts


def count(fault: Fault, name: str, items: list[Item], expected: int) -> None:
    """A line of the fault table."""
    kept = len({item.article.url for item in items})
    fault(name, 1, expected - kept, len(items) - kept)


def test_the_node_goes_away_and_comes_back_during_a_crawl(web: Web, yuqing, node, url: str, fault: Fault) -> None:
    moments = {STOP_AT: "stop", START_AT: "start"}

    def at(number: int) -> Callable[[dict[str, str]], Answer]:
        def answer(headers: dict[str, str]) -> Answer:
            node(moments[number], NODE)
            return Answer(article(number))

        return answer

    for number in moments:
        web.pages[f"{HOST}{path(number)}"] = at(number)
    said = yuqing("crawl")
    assert "writes wait in" in said, "the node was never missed"
    assert "0 writes wait" in yuqing("index", "status")
    assert all(web.hits[f"{HOST}{path(number)}"] == 1 for number in range(COUNT))
    found = outcomes(yuqing)
    assert (found["indexed"] + found["reprint"], found["reprint"] <= 1) == (COUNT, True)
    # Twins that both came while the node was away are told apart when the next article of their week comes.
    web.put(f"{HOST}{path(COUNT)}", article(COUNT))
    show(web, COUNT + 1)
    yuqing("crawl")
    with closing(stored(yuqing)) as store:
        items = list(store.scan())
        clusters = {item.article.url.rpartition("/")[2]: item.cluster for item in items if item.cluster}
    print(f"{COUNT} pages, node stopped at {STOP_AT} and back at {START_AT}, one after: {len(items)} items, {found}")
    count(fault, "Elasticsearch away during a crawl, and back", items, COUNT + 1)
    assert sorted(item.article.url for item in items) == sorted(f"http://{HOST}{path(n)}" for n in range(COUNT + 1))
    assert set(clusters) == {f"{n}.html" for n in TWINS}
    assert len({cluster.id for cluster in clusters.values()}) == 1


def test_a_crawl_that_begins_while_the_node_is_away(web: Web, yuqing, node, url: str, fault: Fault) -> None:
    node("stop", NODE)
    asked = web.hits.total()
    said = yuqing("crawl", code=1)
    assert "none of the 1 sources was started" in said
    assert web.hits.total() == asked, "a site was asked without a lease"
    said = yuqing("crawl", "--shard", "1/1")
    assert "writes wait in" in said
    assert sum(outcomes(yuqing).values()) == COUNT
    node("start", NODE)
    assert "0 writes wait" in yuqing("index", "status")
    with closing(stored(yuqing)) as store:
        assert store.status().items == COUNT
    web.put(f"{HOST}{path(COUNT)}", article(COUNT))
    show(web, COUNT + 1)
    yuqing("crawl")
    with closing(stored(yuqing)) as store:
        items = list(store.scan())
    print(f"{COUNT} pages without a node, one after: {len(items)} items, {outcomes(yuqing)}")
    count(fault, "Elasticsearch away for a whole crawl", items, COUNT + 1)
    assert len(items) == len({item.id for item in items}) == COUNT + 1
    assert sum(outcomes(yuqing).values()) == COUNT + 1
    assert {item.article.url.rpartition("/")[2] for item in items if item.cluster} == {f"{n}.html" for n in TWINS}


def test_what_the_node_refuses_is_counted_kept_and_offered_again(web: Web, yuqing, url: str, node) -> None:
    """A month whose index has an older mapping, without a field that items have by now."""
    node("start", NODE)
    server, _, prefix = yuqing.store.rpartition("/")
    names = Names(prefix)
    older = deepcopy(template(names)["template"])  # the mapping itself is one for the whole process
    del older["mappings"]["properties"]["origin"]
    with Elasticsearch(server) as client:
        client.indices.delete_index_template(name=names.template)
        client.indices.create(index=names.month("2018-03"), **older)
    yuqing("index", "init")
    later = [f"/a/20180320/{number}.html" for number in range(LATER)]
    for number, place in enumerate(later):
        web.put(f"{HOST}{place}", article(COUNT + number).replace(b"2018-03-05", b"2018-03-20"))
    show(web, COUNT, *later)
    yuqing("crawl")
    assert outcomes(yuqing) == {"not-stored": COUNT, "indexed": LATER}
    with closing(Ledger(yuqing.data / "ledger.db")) as ledger:
        (run,) = ledger.runs()
        refused = list(ledger.pages(run.id, Outcome.NOT_STORED))
    assert all("dynamic introduction of [origin]" in page.detail for page in refused)
    said = yuqing("index", "status").replace("\n", " ")
    assert all(f"item {page.item_id}: " in said for page in refused)
    doctor = yuqing("doctor", "--offline", code=1)
    assert f"refuses {COUNT} items" in doctor
    assert "yuqing index retry" in doctor
    assert f'yuqing_spool_writes{{state="refused"}} {COUNT}.0' in yuqing("metrics")
    yuqing("index", "retry", code=1)  # not mended yet
    yuqing("crawl")
    assert web.hits[f"{HOST}{path(0)}"] == 1, "what is kept here is not fetched again"
    yuqing("index", "reindex", "--force")
    assert f"{COUNT} items were accepted" in yuqing("index", "retry")
    with closing(stored(yuqing)) as store:
        items = list(store.scan())
    print(f"{COUNT + LATER} pages, {len(refused)} refused at first: {len(items)} items in the end")
    assert sorted(item.id for item in items if item.window == "2018-03") == sorted(page.item_id for page in refused)
    assert len(items) == COUNT + LATER
    assert "agree" in yuqing("doctor", "--offline")


def test_a_backup_and_the_archive_bring_everything_back(web: Web, yuqing, url: str, node, tmp_path: Path) -> None:
    """All indices are lost; a backup has people's decisions, the archive the items."""
    node("start", NODE)
    yuqing("crawl")
    with closing(stored(yuqing)) as store:
        before = list(store.scan())
        review = store.set_review(before[0].id, Review(state="accepted", row="定稿。", by="王"), 0)
    assert "1 items" in yuqing("backup", str(tmp_path / "saved.tar.gz"))
    server, _, prefix = yuqing.store.rpartition("/")
    with Elasticsearch(server) as client:
        client.indices.delete(index=list(client.indices.get(index=f"{prefix}-*")))
    assert "run `yuqing index init`" in yuqing("restore", str(tmp_path / "saved.tar.gz"), code=1)
    yuqing("index", "init")
    yuqing("restore", str(tmp_path / "saved.tar.gz"))
    with closing(stored(yuqing)) as store:
        assert store.history(before[0].id) == [review]
        assert {item.id: item.article for item in store.scan()} == {item.id: item.article for item in before}
    assert "agree" in yuqing("doctor", "--offline")
