"""Each panel's aggregation on the real node, with the store's documents, beside what the store itself counts."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from indexer.elastic import ElasticStore
from indexer.kibana.health import HEALTH
from indexer.kibana.monthly import MONTHLY
from indexer.kibana.objects import Dashboard, Panel
from indexer.kibana.runs import GROUPS
from indexer.kibana.searches import SEARCHES
from indexer.store import Found, Query
from tests.kibana.aggregate import Row, request, rows
from tests.kibana.kql import to_query
from yuqing.core.provinces import province_of
from yuqing.core.records import Item, Outcome, PageResult
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.ledger_exchange import try_exchange
from yuqing.monitor.run_index import index_runs
from yuqing.monitor.settings import Settings

pytestmark = [pytest.mark.elasticsearch, pytest.mark.xdist_group("kibana")]


def panel(dashboard: Dashboard, name: str) -> Panel:
    (found,) = [each for each in dashboard.panels if each.id == name]
    return found


class Board:
    """A dashboard on the node."""

    def __init__(self, client: Elasticsearch, prefix: str, dashboard: Dashboard, *filters: dict) -> None:
        self.client, self.dashboard, self.filters = client, dashboard, filters
        self.index = f"{prefix}-{dashboard.view.suffix}"

    def rows(self, name: str) -> list[Row]:
        one = panel(self.dashboard, name)
        return rows(one, self.client.search(index=self.index, **request(one, self.dashboard, *self.filters)).body)

    def number(self, name: str) -> int:
        ((value,),) = self.rows(name)
        return value


@pytest.fixture(params=["", "2018-03"])
def window(request: pytest.FixtureRequest) -> str:
    """No month, or one chosen in the control."""
    return request.param


@pytest.fixture
def monthly(client: Elasticsearch, store: ElasticStore, prefix: str, window: str) -> Board:
    control = next(each for each in MONTHLY.controls if each.single)
    return Board(client, prefix, MONTHLY, *([{"term": {control.field: window}}] if window else []))


@pytest.fixture
def found(store: ElasticStore, window: str) -> Found:
    return store.search(Query(window=window, size=100))


@pytest.fixture
def items(found: Found) -> list[Item]:
    assert 0 < found.total == len(found.hits)
    return [hit.item for hit in found.hits]


@pytest.mark.parametrize(
    ("name", "facet"),
    [
        ("provinces", "province"),
        ("sectors", "sector"),
        ("phrases", "phrase"),
        ("ministries", "ministry"),
        ("actions", "action"),
        ("enterprises", "enterprise"),
        ("review", "state"),
        ("days", "day"),
    ],
)
def test_a_panel_counts_as_the_stores_facet(monthly: Board, found: Found, name: str, facet: str) -> None:
    assert found.facets[facet]
    assert dict(monthly.rows(name)) == dict(found.facets[facet])


def test_the_numbers_at_the_top(monthly: Board, found: Found, store: ElasticStore, window: str) -> None:
    assert monthly.number("items") == found.total
    assert monthly.number("stories") == store.count(Query(window=window, cluster_leads_only=True)) < found.total
    assert monthly.number("publishers") == len(found.facets["source"])
    assert monthly.number("pending") == store.count(Query(window=window, state="pending")) == found.total - 2


def test_the_map_shades_what_the_bars_count(monthly: Board, found: Found) -> None:
    counts = found.facets["province"]
    assert dict(monthly.rows("map")) == {one.iso: n for name, n in counts if (one := province_of(name))}


def test_sources_by_name(monthly: Board, items: list[Item]) -> None:
    assert dict(monthly.rows("sources")) == Counter(item.source_name for item in items)


def test_reprint_heat_shows_the_leads_title(monthly: Board, items: list[Item]) -> None:
    cluster = [item for item in items if item.cluster]
    (lead,) = [item for item in cluster if item.cluster and item.cluster.lead]
    assert monthly.rows("reprints") == [(lead.id, 3, 3, lead.article.title)]


def test_every_panel_of_the_month_has_been_compared() -> None:
    compared = {"actions", "provinces", "sectors", "phrases", "ministries", "enterprises", "review", "days", "items",
                "stories", "publishers", "pending", "map", "sources", "reprints"}  # fmt: skip
    assert {each.id for each in MONTHLY.panels} == compared


def test_saved_searches_find_what_they_say(client: Elasticsearch, store: ElasticStore, prefix: str) -> None:
    def titles(query: dict) -> set[str]:
        answer = client.search(index=f"{prefix}-items", query=query, size=100, source_includes=["url"])
        return {hit["_source"]["url"].split("/")[-1].removesuffix(".html") for hit in answer["hits"]["hits"]}

    relevant = {item.article.url.split("/")[-1].removesuffix(".html"): item for item in store.scan(relevant=True)}
    expected = {
        "pending": set(relevant) - {"lead", "health", "copy-1", "copy-2"},
        "provinces": {"lead", "copy-1", "copy-2", "farm"},
        "ministries": {"health"},
        "enterprises": {"firm"},
        "new-phrases": {"new", "next-2"},
        "no-region": {name for name, item in relevant.items() if not item.tags.regions},
    }
    assert {search.id: titles(to_query(search.only)) for search in SEARCHES} == expected


PAGES = {
    "gov.cn": {Outcome.LISTING: 2, Outcome.INDEXED: 5, Outcome.REPRINT: 1, Outcome.UNDATED: 1},
    "sohu.com": {Outcome.REFUSED: 3, Outcome.BACKOFF: 4},
    "gzrb.com": {Outcome.TIMEOUT: 2, Outcome.NETWORK: 1},
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Three runs: one done, one failed without a page, one still going."""
    book = Ledger(tmp_path_factory.mktemp("ledger") / "ledger.db")
    run = book.start("crawl all", {})
    for source, counts in PAGES.items():
        for outcome, number in counts.items():
            for n in range(number):
                book.add(run, PageResult(url=f"http://{source}/{outcome}/{n}", source_id=source, outcome=outcome))
    book.finish(run, "done")
    book.finish(book.start("crawl gov.cn", {}), "failed", "the disk is full. " * 100)
    book.start("crawl sohu.com", {})
    return book


@pytest.fixture(scope="module")
def health(client: Elasticsearch, node_url: str, prefix: str, store: ElasticStore, ledger: Ledger) -> Board:
    settings = Settings(store=f"{node_url}/{prefix}")
    assert index_runs(ledger, settings) == 2
    assert index_runs(ledger, settings) == 0
    client.indices.refresh(index=f"{prefix}-runs")
    return Board(client, prefix, HEALTH)


def test_health_counts_as_the_ledger(health: Board, ledger: Ledger) -> None:
    counts: Counter[str] = sum(ledger.by_source().values(), Counter())
    assert health.number("runs") == 2
    assert health.number("broken") == 1
    assert health.number("pages") == counts.total() == 19
    assert health.number("indexed") == counts["indexed"] == 5
    assert dict(health.rows("outcomes")) == counts
    groups: Counter[str] = Counter()
    for outcome, count in counts.items():
        groups[GROUPS[outcome]] += count
    assert {group: pages for _, group, pages in health.rows("days")} == groups


def test_health_by_source(health: Board, ledger: Ledger) -> None:
    done = ledger.runs()[-1]
    table = {source: values for source, *values in health.rows("sources")}
    assert {source: values[:4] for source, values in table.items()} == {
        "gov.cn": [9, 6, 5, 0],
        "sohu.com": [7, 0, 0, 7],
        "gzrb.com": [3, 0, 0, 0],
    }
    assert datetime.fromisoformat(table["gov.cn"][4]) == datetime.fromisoformat(done.started)
    assert table["sohu.com"][4] is None
    assert dict(health.rows("troubled")) == {"sohu.com": 7, "gzrb.com": 3}


def test_the_latest_runs_come_first(health: Board, ledger: Ledger) -> None:
    _, failed, done = ledger.runs()
    first, second = health.rows("latest")
    assert first == (failed.id, 0, first[2], "crawl gov.cn", "failed", ("the disk is full. " * 100)[:500])
    assert second[:2] + second[3:5] == (done.id, 19, "crawl all", "done")


def test_every_panel_of_health_has_been_compared() -> None:
    compared = {"runs", "broken", "pages", "indexed", "outcomes", "days", "sources", "troubled", "latest"}
    assert {each.id for each in HEALTH.panels} == compared


def test_the_embedded_store_has_no_run_index(tmp_path: Path, ledger: Ledger) -> None:
    assert index_runs(ledger, Settings(data=tmp_path)) == 0


def test_a_server_without_a_store_gets_no_run_index(client: Elasticsearch, node_url: str, ledger: Ledger) -> None:
    said = try_exchange(ledger, Settings(store=f"{node_url}/nowhere"))
    assert said.startswith("the runs were not exchanged with Elasticsearch:")
    assert "run `yuqing index init`" in said
    assert not client.indices.exists(index="nowhere-runs")
