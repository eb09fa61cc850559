"""A cluster of three nodes loses the one that the setting names first: a crawl, a search and a review go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.store import Query
from tests.crawl.web import Answer, Web, serve
from tests.faults import Fault
from tests.store.test_crawl_restart import COUNT, HOST, SOURCES, article, path, show
from yuqing.core.records import Review

pytestmark = [pytest.mark.elasticsearch, pytest.mark.long, pytest.mark.timeout(400)]
NAME = f"trio-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
KILL_AT = 10  # while this article is asked for


@pytest.fixture(scope="module")
def hosts(node: Callable[[str, str], str]) -> Iterator[str]:
    """The addresses of three nodes, with commas."""
    yield node("trio", NAME).replace("http://", "")
    for number in (1, 2, 3):
        node("destroy", f"{NAME}-{number}")


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as running:
        running.put(f"{HOST}/robots.txt", "User-agent: *\nDisallow:", Content_Type="text/plain")
        for number in range(COUNT):
            running.put(f"{HOST}{path(number)}", article(number))
        show(running, COUNT)
        yield running


def test_one_node_dies_during_a_crawl(
    hosts: str, web: Web, node: Callable[[str, str], str], root: Path, tmp_path: Path, fault: Fault
) -> None:
    store_url = f"elasticsearch://{hosts}/news"
    folder = Path(node("folder", f"{NAME}-1"))

    def kill(headers: dict[str, str]) -> Answer:
        os.kill(int((folder / "pid").read_text()), signal.SIGKILL)
        return Answer(article(KILL_AT))

    web.pages[f"{HOST}{path(KILL_AT)}"] = kill
    (tmp_path / "sources.yaml").write_text(SOURCES, "utf-8")
    settings = {
        "DATA": tmp_path / "data", "STORE": store_url, "SOURCES": tmp_path / "sources.yaml",
        "KEYWORDS": root / "keywords.yaml", "CRAWL__DELAY": 0, "CRAWL__AUTOTHROTTLE": "false",
        "CRAWL__GATEWAY": web.port,
    }  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(root)} | {f"YUQING_{k}": str(v) for k, v in settings.items()}

    def yuqing(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "yuqing.monitor.cli", *words],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=200,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    yuqing("index", "init")
    yuqing("crawl")
    with closing(ElasticStore(store_url, NO_ACCESS)) as store:
        items = list(store.scan())
        fault("one of three Elasticsearch nodes killed during a crawl", 1, COUNT - len(items), 0)
        assert len({item.id for item in items}) == len(items) == COUNT
        assert store.count(Query(text="政务服务")) == COUNT
        decided = store.set_review(items[0].id, Review(state="accepted", by="王敏"), 0)
        assert store.history(items[0].id) == [decided]
    assert f"{COUNT}" in yuqing("search", "政务服务")
