"""What every URL memory promises: one machine's file, and that of several machines in Elasticsearch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from elasticsearch import Elasticsearch
from msgspec.structs import replace

from crawler.memory import UrlMemory
from crawler.state import UrlState
from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.elastic.leases import Leases
from indexer.elastic.shared_urls import SharedUrls
from indexer.store import StoreUnavailableError
from tests.crawl.test_manners import PAGE
from yuqing.core.records import Link, Source
from yuqing.core.times import SHANGHAI, now
from yuqing.monitor.ops.doctor.leases import lease_finding
from yuqing.monitor.run import shared_memory
from yuqing.monitor.run.shared_memory import SharedUrlMemory
from yuqing.monitor.settings import Settings

WHEN = datetime(2018, 3, 5, 9, 30, tzinfo=SHANGHAI)
LEASE = 100.0  # seconds, by a clock of the tests' own
Open = Callable[[str], UrlMemory]


def source(name: str) -> Source:
    return Source(
        id=name, name=name, tier="central-gov", hosts=(f"www.{name}.cn",), lists=(), article_urls=(), confidence="high",
        verified=WHEN.date(),
    )  # fmt: skip


GOV, PEOPLE = source("gov"), source("people")
LINK = Link(url="http://www.gov.cn/b", title="标题", day=WHEN.date())


class Clock:
    """The monotonic clock of all machines."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(shared_memory, "time", SimpleNamespace(monotonic=made))
    return made


@pytest.fixture
def shared(node_url: str, elastic_url: str, elastic: ElasticStore, tmp_path: Path, clock: Clock) -> Iterator[Open]:
    """Opens the memory of a machine by name; all fill one store."""
    with ExitStack() as opened:

        def open_one(machine: str) -> UrlMemory:
            leases, urls = Leases(elastic_url, NO_ACCESS), SharedUrls(elastic_url, NO_ACCESS)
            made = SharedUrlMemory(
                tmp_path / machine / "crawl.db", (1, 7), leases, urls, machine=machine, seconds=LEASE, most=50
            )
            opened.callback(leases.close)
            opened.callback(urls.close)
            return made

        yield open_one
    with Elasticsearch(node_url) as client:
        prefix = elastic_url.rpartition("/")[2]
        client.indices.delete(index=f"{prefix}-leases,{prefix}-urls", ignore_unavailable=True)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Opens the memory for a crawl; with the embedded store all crawls are of one machine."""
    if request.param == "embedded":
        return lambda machine: UrlState(tmp_path / "crawl.db", (1, 7))
    opened: Open = request.getfixturevalue("shared")
    return opened


def turn(memory: UrlMemory, *sources: Source) -> list[str]:
    memory.begin(sources or (GOV,), "all")
    return [one.id for one in memory.take()]


def end(memory: UrlMemory, *sources: Source) -> None:
    for one in sources or (GOV,):
        memory.done(one.id)
    memory.beat()
    memory.close()


def gov(url: str = PAGE.url, **more: object):
    return replace(PAGE, url=url, source_id="gov", **more)


def test_the_next_crawl_knows_what_the_last_one_learnt(memory: Open) -> None:
    first = memory("a")
    assert turn(first, GOV, PEOPLE) == ["gov", "people"]
    first.fetched(gov(headers={"ETag": '"1"'}))
    first.add_pending([(LINK, "gov")], WHEN)
    first.read_on("gov http://www.gov.cn/list", on=True)
    first.refused("www.gov.cn", WHEN + timedelta(hours=24), "HTTP 412")
    first.asked_for_missing("gov", WHEN, ("没有", "此页"))
    assert first.robots_unreachable("www.gov.cn:8080", WHEN) == WHEN
    end(first, GOV, PEOPLE)
    assert not first.busy

    second = memory("b")
    assert turn(second) == ["gov"]
    known = second.known(PAGE.url, WHEN + timedelta(days=1))
    assert known is not None
    assert (known.due, known.etag) == (True, '"1"')
    assert second.pending(WHEN) == [(LINK, "gov")]
    assert second.open_lists() == {"gov http://www.gov.cn/list"}
    assert second.backing_off("www.gov.cn", WHEN) == "HTTP 412"
    assert second.said_to_missing("gov", WHEN - timedelta(days=1)) == ("没有", "此页")
    assert second.robots_unreachable("www.gov.cn:8080", WHEN + timedelta(days=2)) == WHEN
    second.fetched(gov(fetched_at=WHEN + timedelta(days=1), status=304))
    second.fetched(gov(LINK.url))
    second.read_on("gov http://www.gov.cn/list", on=False)
    second.robots_answered("www.gov.cn:8080")
    end(second)

    first = memory("a")
    assert turn(first) == ["gov"]
    again = first.known(PAGE.url, WHEN + timedelta(days=7))
    assert again is not None
    assert (again.due, again.etag) == (False, '"1"')
    assert first.known(PAGE.url, WHEN + timedelta(days=8)).due  # type: ignore[union-attr]
    assert first.pending(WHEN) == []
    assert first.open_lists() == frozenset()
    later = WHEN + timedelta(days=3)
    assert first.robots_unreachable("www.gov.cn:8080", later) == later
    end(first)


def test_a_crawl_that_took_a_source_may_ask_it(memory: Open) -> None:
    first = memory("a")
    assert turn(first) == ["gov"]
    assert first.may_ask("www.gov.cn") == first.may_ask("sub.www.gov.cn") == first.may_ask("elsewhere.cn") == "yes"
    assert first.take() == []
    end(first)


@pytest.mark.elasticsearch
def test_a_source_is_one_machines_at_a_time(shared: Open, clock: Clock) -> None:
    left, right = shared("left"), shared("right")
    assert turn(left, GOV, PEOPLE) == ["gov", "people"]
    assert turn(right, GOV, PEOPLE) == []
    assert (right.may_ask("www.gov.cn"), right.busy) == ("no", True)
    left.done("gov")
    left.beat()
    assert right.take() == [], "another has just crawled it"
    left.close()  # people was not crawled to its end
    assert [one.id for one in right.take()] == ["people"]
    right.done("people")
    right.beat()
    assert (right.busy, right.left) == (False, "")
    right.close()


@pytest.mark.elasticsearch
def test_who_asks_something_else_of_a_source_comes_after(shared: Open) -> None:
    left, right = shared("left"), shared("right")
    assert turn(left) == ["gov"]
    right.begin([GOV], "its searches")
    end(left)
    assert [one.id for one in right.take()] == ["gov"]
    end(right)


@pytest.mark.elasticsearch
def test_of_many_takers_one_gets_each_source(shared: Open) -> None:
    sources = [source(f"s{number}") for number in range(6)]
    machines = [shared(name) for name in "abcd"]
    for one in machines:
        one.begin(sources, "all")
    free = [one._leases.look([each.id for each in sources]) for one in machines]
    assert free == [{}] * 4  # all have seen that every source is free
    taken = [one._taken([shared_memory.Lease(source=each.id) for each in sources]) for one in machines]
    assert [len(one) for one in taken] == [6, 0, 0, 0]
    for one in machines:
        one.close()


@pytest.mark.elasticsearch
def test_a_machine_that_died_is_taken_over_after_its_lease(shared: Open, clock: Clock) -> None:
    dead, other = shared("dead"), shared("other")
    assert turn(dead) == ["gov"]
    dead.fetched(gov())
    clock.now += LEASE / 2
    dead.beat()
    dead.fetched(gov(LINK.url))  # nobody is told of this
    assert turn(other) == []
    clock.now += 0.7 * LEASE
    assert dead.may_ask("www.gov.cn") == "yes", "others have waited, but not for the whole lease since they looked"
    clock.now += 0.1 * LEASE
    assert dead.may_ask("www.gov.cn") == "wait"
    assert other.take() == []
    clock.now += 0.21 * LEASE
    assert [one.id for one in other.take()] == ["gov"]
    assert (other.known(PAGE.url, WHEN) is None, other.known(LINK.url, WHEN)) == (False, None)
    dead.beat()  # it was only asleep
    assert dead.may_ask("www.gov.cn") == "no"
    assert "gov" in dead.left
    other.fetched(gov(fetched_at=WHEN + timedelta(days=1), headers={"ETag": '"2"'}))
    end(other)
    assert turn(dead) == ["gov"], "what it learnt is not lost"
    known = dead.known(PAGE.url, WHEN)
    assert known is not None
    assert known.etag == '"2"'
    end(dead)
    third = shared("third")
    assert turn(third) == ["gov"]
    assert third.known(LINK.url, WHEN) is not None
    end(third)


@pytest.mark.elasticsearch
def test_a_renewed_lease_is_not_taken_over(shared: Open, clock: Clock) -> None:
    left, right = shared("left"), shared("right")
    assert turn(left) == ["gov"]
    assert turn(right) == []
    for _ in range(5):
        clock.now += LEASE / 2
        left.beat()
        assert right.take() == []
        assert left.may_ask("www.gov.cn") == "yes"
    end(left)
    right.close()


@pytest.mark.elasticsearch
def test_a_machine_need_not_wait_for_its_own_dead_run(shared: Open) -> None:
    assert turn(shared("left")) == ["gov"]
    again = shared("left")
    assert turn(again) == ["gov"]
    end(again)


@pytest.mark.elasticsearch
def test_a_forgotten_page_is_owed_everywhere(shared: Open) -> None:
    left = shared("left")
    assert turn(left) == ["gov"]
    left.fetched(gov())
    end(left)
    right = shared("right")
    assert turn(right) == ["gov"]
    assert right.forget([PAGE.url]) == 1
    end(right)
    left = shared("left")
    assert turn(left) == ["gov"]
    assert left.known(PAGE.url, WHEN) is None
    assert [link.url for link, _ in left.pending(now())] == [PAGE.url]
    end(left)


@pytest.mark.elasticsearch
def test_a_memory_from_before_is_told_to_the_others(shared: Open, tmp_path: Path) -> None:
    before = UrlState(tmp_path / "left" / "crawl.db")
    before.fetched(gov())
    before.close()
    left, right = shared("left"), shared("right")
    assert turn(left) == ["gov"]
    end(left)
    assert turn(right) == ["gov"]
    assert right.known(PAGE.url, WHEN) is not None
    end(right)


@pytest.mark.elasticsearch
def test_while_the_server_is_away_nothing_is_lost(shared: Open, clock: Clock, monkeypatch) -> None:
    left = shared("left")
    assert turn(left) == ["gov"]
    left.fetched(gov())

    def away(rows: object) -> None:
        raise StoreUnavailableError("gone")

    clock.now += LEASE / 2
    with monkeypatch.context() as patched:
        patched.setattr(left._urls, "put", away)
        left.beat()
    assert left.may_ask("www.gov.cn") == "yes"
    clock.now += LEASE / 2
    assert left.may_ask("www.gov.cn") == "wait"
    left.beat()
    assert left.may_ask("www.gov.cn") == "yes", "nobody took it meanwhile"
    end(left)
    right = shared("right")
    assert turn(right) == ["gov"]
    assert right.known(PAGE.url, WHEN) is not None
    end(right)


@pytest.mark.elasticsearch
def test_while_the_server_is_away_no_source_is_begun(shared: Open, clock: Clock, monkeypatch) -> None:
    left = shared("left")
    assert turn(left) == ["gov"]

    def away(sources: object) -> None:
        raise StoreUnavailableError("gone")

    left.begin([GOV, PEOPLE], "more")
    monkeypatch.setattr(left._leases, "look", away)
    assert left.take() == []
    assert not left.take_also(PEOPLE)
    assert (left.may_ask("www.gov.cn"), left.may_ask("www.people.cn")) == ("yes", "no")
    left.done("gov")
    left.beat()
    clock.now += shared_memory.AWAY_SECONDS + 1
    assert not left.busy
    assert left.left == "2 sources left to the next crawl: gov, people"


@pytest.mark.elasticsearch
def test_doctor_names_the_sources_of_a_machine_that_died(shared: Open, elastic_url: str, monkeypatch) -> None:
    settings = Settings(store=elastic_url)
    assert lease_finding(settings).text == "no source is being crawled"
    assert turn(shared("left"), GOV, PEOPLE) == ["gov", "people"]
    assert lease_finding(settings).text == "left crawling 2 sources now"
    later = now() + timedelta(hours=1)
    monkeypatch.setattr("yuqing.monitor.ops.doctor.leases.now", lambda: later)
    found = lease_finding(settings)
    assert found.state == "hint"
    assert "2 sources are held by left, which no longer renews them: gov since" in found.text
