"""What each machine knows of the others' runs: those under way, those whose machine died, and those that ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from indexer.elastic import ElasticStore
from yuqing.core.records import Outcome, PageResult
from yuqing.core.times import now
from yuqing.monitor import ledger_sharing
from yuqing.monitor.ledger_exchange import exchange_runs
from yuqing.monitor.ledger_file import Run
from yuqing.monitor.run.telling import Telling
from yuqing.monitor.run.uncounted import as_it_was
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace

pytestmark = pytest.mark.elasticsearch
LEASE = 60.0
Open = Callable[[str], Workspace]


@pytest.fixture
def machine(node_url: str, elastic_url: str, elastic: ElasticStore, tmp_path: Path) -> Iterator[Open]:
    """The workspace of a machine by name; all fill one store."""
    with ExitStack() as opened:

        def make(name: str) -> Workspace:
            space = Workspace(Settings(data=tmp_path / name, store=elastic_url))
            opened.callback(space.close)
            return space

        yield make
    elastic.delete([item.id for item in elastic.scan()])
    with Elasticsearch(node_url) as client:
        client.indices.delete(index=f"{elastic_url.rpartition('/')[2]}-ledger", ignore_unavailable=True)


def result(number: int, outcome: Outcome = Outcome.INDEXED) -> PageResult:
    return PageResult(
        url=f"http://www.gov.cn/{number}", source_id="gov", outcome=outcome, status=200, item_id=f"item{number}"
    )


def crawl(space: Workspace, *results: PageResult) -> tuple[str, Telling]:
    """A crawl that has counted these, and told them."""
    run = space.ledger.start("crawl all", {})
    telling = Telling(space, run, leased=True)
    space.ledger.add(run, *results)
    telling.tell()
    return run, telling


def known(space: Workspace) -> list[Run]:
    """What is known of the runs of others."""
    exchange_runs(space.ledger, space.settings)
    return [run for run in space.ledger.runs() if run.machine]


def indexed(space: Workspace) -> int:
    return space.ledger.crawl_counts(now() - timedelta(days=1), now() + timedelta(days=1))["gov"][Outcome.INDEXED]


def test_a_run_under_way_is_known_page_by_page(machine: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_sharing, "PIECE_ROWS", 3)
    first, second = machine("first"), machine("second")
    run, telling = crawl(first, *map(result, range(4)))
    with closing(telling):
        (seen,) = known(second)
        assert (seen.id, seen.state, seen.pages, seen.ended) == (f"{first.ledger.machine}/{run}", "running", 4, "")
        for number in range(4, 9):
            first.ledger.add(run, result(number))
            telling.tell()
        assert known(second)[0].outcomes == {"indexed": 9}
        assert indexed(second) == 9
    assert second.ledger.unclosed() == [], "another machine's run is not this one's to close"

    first.ledger.add(run, result(9, Outcome.REFUSED))
    first.ledger.finish(run, "done")
    exchange_runs(first.ledger, first.settings)
    (seen,) = known(second)
    assert (seen.state, seen.pages, bool(seen.ended)) == ("done", 10, True)
    assert known(machine("third"))[0].outcomes == Counter(indexed=9, refused=1)


def test_a_run_that_is_not_written_for_its_lease_is_interrupted(machine: Open, monkeypatch) -> None:
    first, second = machine("first"), machine("second")
    _, telling = crawl(first, result(1))
    with closing(telling):
        began = now()
        states = []
        for seconds in (0, LEASE - 1, LEASE + 1):
            monkeypatch.setattr(ledger_sharing, "now", lambda: began + timedelta(seconds=seconds))  # noqa: B023
            states.append(known(second)[0].state)
        assert states == ["running", "running", "interrupted"]
        first.ledger.add(known_run(first), result(2))
        telling.tell()
        assert (known(second)[0].state, known(second)[0].pages) == ("running", 2)


def known_run(space: Workspace) -> str:
    return space.ledger.unclosed()[0].id


def test_what_was_never_told_counts_once(machine: Open) -> None:
    """The first machine dies before it could tell of item 2; the second fetches it again and finds it stored."""
    first, second = machine("first"), machine("second")
    run, _ = crawl(first, result(1))
    first.ledger.add(run, result(2))
    known(second)
    other = second.ledger.start("crawl all", {})
    second.ledger.add(other, result(1, Outcome.UNCHANGED), result(2))
    second.ledger.finish(other, "done")
    exchange_runs(second.ledger, second.settings)
    assert indexed(second) == 2
    assert len(known(first)) == 1
    assert indexed(first) == 2
    first.ledger.finish(run, "crashed")
    known(first)
    known(second)
    assert indexed(first) == indexed(second) == 2


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ([], Outcome.INDEXED),
        (["2018-03-01T08:00:00+08:00"], Outcome.UPDATED),
        (["2018-03-01T08:00:00+08:00", "2018-03-02T08:00:01+08:00"], Outcome.UNCHANGED),
    ],
    ids=["never", "before it was written", "since"],
)
def test_who_finds_it_counts_what_nobody_counted(
    counted: list[str], expected: Outcome, machine: Open, make_item, elastic: ElasticStore, monkeypatch
) -> None:
    item = make_item("1", fetched_at="2018-03-02T08:00:00+08:00")
    elastic.put([item])
    space = machine("first")
    for at in counted:
        monkeypatch.setattr("yuqing.monitor.ledger.now", lambda: datetime.fromisoformat(at))  # noqa: B023
        run = space.ledger.start("crawl all", {})
        page = PageResult(url=item.article.url, source_id=item.source_id, outcome=Outcome.INDEXED, item_id=item.id)
        space.ledger.add(run, page)
    found = PageResult(url=item.article.url, source_id=item.source_id, outcome=Outcome.UNCHANGED, item_id=item.id)
    assert as_it_was(space, found).outcome == expected
