"""Several machines fill one Elasticsearch at once: the report, coverage and health are those of one machine."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import groupby
from pathlib import Path

import pytest

from crawler.sources import load_sources
from indexer.elastic.shared_runs import SharedRuns
from indexer.spool import SpoolingStore
from tests import forked
from tests.faults import Fault
from tests.operate.kill_at import kill_after
from tests.store.machines import HEAD, Door, Machine, Machines, Told, begin_together, ended, machines_on, report, told
from yuqing.demo.expected import reprint_clusters
from yuqing.demo.server import DemoWeb
from yuqing.monitor.ledger import Ledger

pytestmark = [pytest.mark.elasticsearch, pytest.mark.long, pytest.mark.timeout(400)]
OTHERS = ("gov-js", "gov-gx")
KILL_AT = 25  # the request of the first machine that comes so far


@pytest.fixture(scope="module")
def web(root: Path) -> DemoWeb:
    return DemoWeb(load_sources(root / "sources.yaml"))


@pytest.fixture(scope="module")
def machines(web: DemoWeb, root: Path, tmp_path_factory, node_url: str) -> Iterator[Machines]:
    with machines_on(node_url, web, root, tmp_path_factory.mktemp("machines")) as made:
        yield made


@pytest.fixture(scope="module")
def sources(web: DemoWeb) -> list[str]:
    """Those with reprints of each other, and some more."""
    by_url = {article.url: article.source for article in web.web.articles}
    pairs = [{original, *reprints} for original, reprints in reprint_clusters(web.web).items()]
    return sorted({by_url[url] for pair in pairs for url in pair} | set(OTHERS))


@pytest.fixture(scope="module")
def alone(machines: Machines, sources: list[str], root: Path) -> Told:
    """What one machine gives."""
    (one,) = machines("one")
    ended(one.crawl(sources))
    found = told(one, root)
    assert any(found.clusters.values())
    print(f"\n{HEAD}")
    print(found.row("1", one.pages()))
    return found


def articles_asked(web: DemoWeb, doors: list[Machine]) -> Counter[str]:
    """How often each article was asked for through any of the machines."""
    known = {article.url.partition("://")[2] for article in web.web.articles}
    group = doors[0].store.rpartition("/")[2]
    return Counter(
        host + target for door, host, target in Door.asked if door.startswith(group) and host + target in known
    )


def changes_of_hand(doors: list[Machine]) -> dict[str, list[str]]:
    """The machines that asked each host, in order."""
    group = doors[0].store.rpartition("/")[2]
    asked: dict[str, list[str]] = {}
    for door, host, _ in Door.asked:
        if door.startswith(group):
            asked.setdefault(host, []).append(door)
    return {host: [door for door, _ in groupby(seen)] for host, seen in asked.items()}


@pytest.mark.parametrize("names", [("left", "right"), ("a", "b", "c", "d")], ids=["two", "four"])
def test_machines_at_once_give_what_one_gives(
    names: tuple[str, ...], machines: Machines, sources: list[str], alone: Told, web: DemoWeb, root: Path
) -> None:
    many = machines(*names)
    begin_together(many)
    for running in [one.crawl(sources) for one in many]:
        ended(running)
    assert all(one.pages() > 0 for one in many)
    found = told(many[-1], root)
    print(found.row(str(len(names)), sum(one.pages() for one in many)))
    assert found == alone
    assert set(report(many[:-1])) == {alone.report}
    assert set(articles_asked(web, many).values()) == {1}
    assert all(len(set(hands)) == len(hands) for hands in changes_of_hand(many).values()), "two asked one site by turns"
    assert not Door.at_once


def test_a_machine_that_is_killed_is_taken_over(
    machines: Machines, sources: list[str], alone: Told, web: DemoWeb, root: Path, fault: Fault
) -> None:
    many = machines("left", "right", lease=4)
    running = {one: one.crawl(sources) for one in many}
    killed: list[Machine] = []

    def kill_first(one: Machine) -> None:
        if not killed:
            killed.append(one)
            running[one].kill()

    for one in many:
        one.door.at[KILL_AT] = partial(kill_first, one)
    said = {one: process.wait(200) for one, process in running.items()}
    (dead,) = killed
    (other,) = set(many) - set(killed)
    assert (said[dead].code, said[other].code) == (-signal.SIGKILL, 0), said
    all_know(machines, dead, other, alone, root)
    ended(dead.crawl(sources))  # counts what the killed run had archived
    found, asked = told(other, root), articles_asked(web, many)
    again = sum(asked.values()) - len(asked)
    print(found.row("2, one of them killed", dead.pages() + other.pages()), f"{again} articles fetched again")
    fault("a machine of two killed during a crawl", 1, len(alone.clusters) - len(found.clusters), 0)
    assert found == alone
    assert told(dead, root) == alone
    assert not Door.at_once


MOMENTS: dict[str, tuple[type, str, int]] = {  # after which call of which method a machine dies
    "stored": (SpoolingStore, "put", 3),
    "counted": (Ledger, "add", 4),
    "told": (SharedRuns, "tell", 3),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_whatever_a_dead_machine_had_done_is_counted_once(
    moment: str, machines: Machines, sources: list[str], alone: Told, root: Path
) -> None:
    dead, other = machines("left", "right", lease=4)
    died = forked.run(dead.folder, dead.environment, dead.crawl_words(sources), partial(kill_after, *MOMENTS[moment]))
    assert died.code == -signal.SIGKILL, died.stdout + died.stderr
    ended(other.crawl(sources))
    all_know(machines, dead, other, alone, root)
    ended(dead.crawl(sources))
    assert told(dead, root) == told(other, root) == alone


def all_know(machines: Machines, dead: Machine, other: Machine, alone: Told, root: Path) -> None:
    """Each machine tells what one alone does, while what the dead one left is not made good."""
    viewer = machines.beside(other, "viewer")
    for one in (other, viewer, dead):
        assert told(one, root) == alone, one.folder.name
    with closing(other.ledger) as ledger:
        assert [run.state for run in ledger.runs() if run.machine] == ["interrupted"]
