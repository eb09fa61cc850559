"""Machines that fill one Elasticsearch, and what each of them tells people."""

from __future__ import annotations

import hashlib
import os
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from elasticsearch import Elasticsearch

from crawler.sources import load_sources
from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from tests import forked
from tests.forked import Command, Started
from yuqing.core.records import ReprintCluster
from yuqing.core.times import now
from yuqing.demo.reply import Reply
from yuqing.demo.server import DemoWeb
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.ops.health import source_health

WINDOW = "2018-03"
HEAD = f"{'machines':22} {'pages':>6} {'ids':>6} {'famil.':>6}  report.json  report.md"


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
        self.begun = threading.Event()  # it was asked for something
        self.others: list[Door] = []  # nothing is answered before they have begun too

    def answer(self, host: str, target: str, scheme: str, body: bytes = b"") -> Reply:
        with self.guard:
            self.asked.append((self.machine, host, target))
            self.under_way[host] += 1
            if self.under_way[host] > 1:
                self.at_once.append(host)
            self.seen += 1
            happens = self.at.get(self.seen, lambda: None)
        self.begun.set()
        assert all(other.begun.wait(300) for other in self.others), "a machine asks for nothing"
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

    def start(self, *words: str) -> Started:
        return forked.start(self.folder, self.environment, Command(words))

    def crawl_words(self, sources: list[str]) -> list[str]:
        return ["crawl", *sources, "--since", "2018-02-01", "--until", "2018-03-31"]

    def crawl(self, sources: list[str]) -> Started:
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


def ended(process: Started, codes: tuple[int, ...] = (0,)) -> str:
    done = process.wait(600)
    assert done.code in codes, done.stdout + done.stderr
    return done.stdout + done.stderr


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


def begin_together(machines: list[Machine]) -> None:
    """None of them comes to the end of a source before each has begun: who begins later crawls it again."""
    for one in machines:
        one.door.others = [other.door for other in machines]


@contextmanager
def machines_on(node_url: str, web: DemoWeb, root: Path, folder: Path) -> Iterator[Machines]:
    """Makes machines whose stores are on the node; they are deleted at the end."""
    with ExitStack() as doors:
        made = Machines(web, root, node_url, folder, doors)
        yield made
    with Elasticsearch(node_url) as client:
        for prefix in made.groups:
            client.indices.delete(index=list(client.indices.get(index=f"{prefix}-*")))
            client.indices.delete_index_template(name=f"{prefix}-*")
