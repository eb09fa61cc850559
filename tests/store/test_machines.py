"""Several machines fill one Elasticsearch at once: the report, coverage and health are those of one machine."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import ClassVar

import pytest
from elasticsearch import Elasticsearch

from crawler.sources import load_sources
from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.elastic.shared_runs import SharedRuns
from indexer.spool import SpoolingStore
from tests import forked
from tests.faults import Fault
from tests.operate.kill_at import kill_after
from yuqing.core.records import ReprintCluster
from yuqing.core.times import now
from yuqing.demo.expected import reprint_clusters
from yuqing.demo.reply import Reply
from yuqing.demo.server import DemoWeb
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.ops.health import source_health

pytestmark = [pytest.mark.elasticsearch, pytest.mark.long, pytest.mark.timeout(400)]
OTHERS = ("gov-js", "gov-gx")
WINDOW = "2018-03"
KILL_AT = 25  # the request of the first machine that comes so far


class Door(DemoWeb):
    """The demo web as one machine sees it; all doors write down, in one list, which host was asked through whom."""

    asked: ClassVar[list[tuple[str, str, str]]] = []  # machine, host, address; of all doors
    under_way: ClassVar[Counter[str]] = Counter()
    at_once: ClassVar[list[str]] = []
    guard = threading.Lock()

    def __init__(self, machine: str, web: DemoWeb) -> None:
        super().__init__({})
        self.web, self.machine = web.web, machine
        self.seen = 0
        self.at: dict[int, Callable[[], None]] = {}  # what happens while this door's request of a number is answered

    def answer(self, host: str, target: str, scheme: str, body: bytes = b"") -> Reply:
        with self.guard:
            self.asked.append((self.machine, host, target))
            self.under_way[host] += 1
            if self.under_way[host] > 1:
                self.at_once.append(host)
            self.seen += 1
            happens = self.at.get(self.seen, lambda: None)
        happens()
        reply = super().answer(host, target, scheme, body)
        with self.guard:
            self.under_way[host] -= 1
        return reply


class Machine:
    """A data folder of its own, and the commands that work on it."""

    def __init__(self, folder: Path, root: Path, store: str, door: Door, lease: float) -> None:
        self.folder, self.door = folder, door
        folder.mkdir()
        self.store = store
        settings = {
            "DATA": folder / "data", "STORE": store, "SOURCES": root / "sources.yaml",
            "KEYWORDS": root / "keywords.yaml", "CRAWL__DELAY": 0, "CRAWL__AUTOTHROTTLE": "false",
            "CRAWL__GATEWAY": door.port, "CRAWL__LEASE": lease, "CRAWL__CONCURRENCY": 2,
            "WINDOWS": '{"2018-03": ["2018-02-14", "2018-03-15"]}',
        }  # fmt: skip
        self.environment = {
            **os.environ, "PYTHONPATH": str(root), **{f"YUQING_{name}": str(value) for name, value in settings.items()}
        }  # fmt: skip

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "yuqing.monitor.cli", *words],
            cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def crawl_words(self, sources: list[str]) -> list[str]:
        return ["crawl", *sources, "--since", "2018-02-01", "--until", "2018-03-31"]

    def crawl(self, sources: list[str]) -> subprocess.Popen[str]:
        return self.start(*self.crawl_words(sources))

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.folder / "data" / "ledger.db")

    def pages(self) -> int:
        """How many pages its own runs have counted."""
        if not (self.folder / "data" / "ledger.db").exists():
            return 0
        with closing(self.ledger) as ledger:
            return sum(run.pages for run in ledger.runs() if "/" not in run.id)


def ended(process: subprocess.Popen[str], codes: tuple[int, ...] = (0,)) -> str:
    out, err = process.communicate(timeout=200)
    assert process.returncode in codes, out + err
    return out + err


@dataclass(frozen=True)
class Told:
    """What people are told."""

    clusters: dict[str, ReprintCluster | None]
    report: tuple[bytes, bytes]
    check: list[str]
    health: list[tuple[str, str, int, float, int]]

    def row(self, machines: str, pages: int) -> str:
        families = len({cluster.id for cluster in self.clusters.values() if cluster})
        marks = [hashlib.sha256(text).hexdigest()[:12] for text in self.report]
        return f"{machines:22} {pages:6} {len(self.clusters):6} {families:6}  {marks[0]} {marks[1]}"


def report(machines: list[Machine]) -> list[tuple[bytes, bytes]]:
    """The report (JSON and Markdown) that each machine writes."""
    for one in [one.start("report", "--window", WINDOW, "--out", "out", "--format", "json,md") for one in machines]:
        ended(one)
    out = [one.folder / "out" for one in machines]
    return [((at / f"report-{WINDOW}.json").read_bytes(), (at / f"report-{WINDOW}.md").read_bytes()) for at in out]


def told(machine: Machine, root: Path) -> Told:
    """What ``machine`` tells, without the times that no two crawls share."""
    (files,) = report([machine])
    check = ended(machine.start("sources", "check"), codes=(0, 1))
    with closing(machine.ledger) as ledger:
        lines = source_health(load_sources(root / "sources.yaml"), ledger, now(), 3)
    with closing(ElasticStore(machine.store, NO_ACCESS)) as store:
        clusters = {item.article.url: item.cluster for item in store.scan()}
    return Told(
        clusters,
        files,
        [line.partition("最近")[0] for line in check.splitlines()],
        [(line.source.id, line.state, line.news, line.expected, line.refused) for line in lines],
    )


@pytest.fixture(scope="module")
def web(root: Path) -> DemoWeb:
    return DemoWeb(load_sources(root / "sources.yaml"))


class Machines:
    """Makes machines that fill one store."""

    def __init__(self, web: DemoWeb, root: Path, node_url: str, folder: Path, doors: ExitStack) -> None:
        self.web, self.root, self.node_url, self.folder, self.doors = web, root, node_url, folder, doors
        self.groups: list[str] = []

    def __call__(self, *names: str, lease: float = 60) -> list[Machine]:
        self.groups.append(f"machines-{uuid.uuid4().hex[:6]}")
        store = f"{self.node_url}/{self.groups[-1]}"
        ElasticStore(store, NO_ACCESS, init=True).close()
        return [self.made(name, store, lease) for name in names]

    def beside(self, other: Machine, name: str) -> Machine:
        """One more, that fills the store of ``other``."""
        return self.made(name, other.store, 60)

    def made(self, name: str, store: str, lease: float) -> Machine:
        door = self.doors.enter_context(Door(f"{store.rpartition('/')[2]} {name}", self.web))
        return Machine(self.folder / f"{self.groups[-1]}-{name}", self.root, store, door, lease)


@pytest.fixture(scope="module")
def machines(web: DemoWeb, root: Path, tmp_path_factory, node_url: str) -> Iterator[Machines]:
    with ExitStack() as doors:
        made = Machines(web, root, node_url, tmp_path_factory.mktemp("machines"), doors)
        yield made
    with Elasticsearch(node_url) as client:
        for prefix in made.groups:
            client.indices.delete(index=list(client.indices.get(index=f"{prefix}-*")))
            client.indices.delete_index_template(name=f"{prefix}-*")


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
    print(f"\n{'machines':22} {'pages':>6} {'ids':>6} {'famil.':>6}  report.json  report.md")
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
    together = threading.Barrier(len(many))
    for one in many:
        one.door.at[1] = partial(together.wait, 120)  # seconds; none goes on before all have a source
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
    said = {one: process.communicate(timeout=200) for one, process in running.items()}
    (dead,) = killed
    (other,) = set(many) - set(killed)
    assert (running[dead].returncode, running[other].returncode) == (-signal.SIGKILL, 0), said
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
