"""Several machines fill one Elasticsearch at once: the report, coverage and health are those of one machine."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from crawler.sources import load_sources
from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from tests.operate.conftest import until
from yuqing.core.records import ReprintCluster
from yuqing.demo.expected import reprint_clusters
from yuqing.demo.server import DemoWeb
from yuqing.monitor.ledger import Ledger

pytestmark = [pytest.mark.elasticsearch, pytest.mark.long, pytest.mark.timeout(400)]
OTHERS = ("gov-js", "gov-gx")
WINDOW = "2018-03"


class Machine:
    """A data folder of its own, and the commands that work on it."""

    def __init__(self, folder: Path, root: Path, store: str, port: int) -> None:
        self.folder = folder
        folder.mkdir()
        settings = {
            "DATA": folder / "data", "STORE": store, "SOURCES": root / "sources.yaml",
            "KEYWORDS": root / "keywords.yaml", "CRAWL__DELAY": 0, "CRAWL__AUTOTHROTTLE": "false",
            "CRAWL__GATEWAY": port, "WINDOWS": '{"2018-03": ["2018-02-14", "2018-03-15"]}',
        }  # fmt: skip
        self.environment = {
            **os.environ, "PYTHONPATH": str(root), **{f"YUQING_{name}": str(value) for name, value in settings.items()}
        }  # fmt: skip

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "yuqing.monitor.cli", *words],
            cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *words: str, codes: tuple[int, ...] = (0,)) -> str:
        return ended(self.start(*words), codes)

    def report(self) -> tuple[bytes, bytes]:
        self.run("report", "--window", WINDOW, "--out", "out", "--format", "json,md")
        out = self.folder / "out"
        return (out / f"report-{WINDOW}.json").read_bytes(), (out / f"report-{WINDOW}.md").read_bytes()

    def crawl(self, sources: list[str], shard: str = "1/1") -> subprocess.Popen[str]:
        return self.start("crawl", *sources, "--since", "2018-02-01", "--until", "2018-03-31", "--shard", shard)


def ended(process: subprocess.Popen[str], codes: tuple[int, ...] = (0,)) -> str:
    out, err = process.communicate(timeout=200)
    assert process.returncode in codes, out + err
    return out + err


@pytest.fixture(scope="module")
def demo(root: Path) -> Iterator[DemoWeb]:
    with DemoWeb(load_sources(root / "sources.yaml")) as web:
        yield web


@pytest.fixture
def machine(demo: DemoWeb, root: Path, tmp_path: Path, node_url: str) -> Iterator[Callable[[str, str], Machine]]:
    """Makes a machine by name that fills the store of a group."""
    mark = uuid.uuid4().hex[:6]

    def make(name: str, group: str) -> Machine:
        store = f"{node_url}/{group}-{mark}"
        ElasticStore(store, NO_ACCESS, init=True).close()
        return Machine(tmp_path / name, root, store, demo.port)

    yield make
    with Elasticsearch(node_url) as client:
        for prefix in (f"one-{mark}", f"many-{mark}"):
            client.indices.delete(index=list(client.indices.get(index=f"{prefix}-*")))
            client.indices.delete_index_template(name=f"{prefix}-*")


def clusters(machine: Machine) -> dict[str, ReprintCluster | None]:
    with closing(ElasticStore(machine.environment["YUQING_STORE"], NO_ACCESS)) as store:
        return {item.article.url: item.cluster for item in store.scan()}


def without_times(text: str) -> list[str]:
    """The lines of `sources check` without when a source was last reached, which no two crawls share."""
    return [line.partition("最近")[0] for line in text.splitlines()]


def test_two_machines_at_once_give_what_one_gives(demo: DemoWeb, machine: Callable[[str, str], Machine]) -> None:
    by_url = {article.url: article.source for article in demo.web.articles}
    pairs = [{original, *reprints} for original, reprints in reprint_clusters(demo.web).items()]
    sources = sorted({by_url[url] for pair in pairs for url in pair} | set(OTHERS))
    one = machine("alone", "one")
    ended(one.crawl(sources))
    alone = one.report()

    left, right = machine("left", "many"), machine("right", "many")
    running = left.crawl(sources, "1/2"), right.crawl(sources, "2/2")
    ledger_file = right.folder / "data" / "ledger.db"
    until(lambda: ledger_file.exists() and pages(ledger_file) > 10, "the second machine's first pages")
    running[1].kill()
    running[1].communicate()
    ended(running[0])
    ended(right.crawl(sources, "2/2"))  # makes good what the killed run left, and goes on

    assert clusters(left) == clusters(one)
    assert any(clusters(one).values())
    assert left.report() == right.report() == alone
    assert without_times(left.run("sources", "check", codes=(0, 1))) == without_times(
        one.run("sources", "check", codes=(0, 1))
    )


def pages(file: Path) -> int:
    with closing(Ledger(file)) as ledger:
        return sum(run.pages for run in ledger.runs())
