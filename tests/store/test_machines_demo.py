"""1, 2 and 4 machines crawl the whole demo web into one Elasticsearch: ``pytest -s -m hard`` on this file."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.sources import load_sources
from tests.store.machines import HEAD, Door, Machine, Machines, Told, begin_together, ended, machines_on, report, told
from yuqing.demo.server import DemoWeb
from yuqing.demo.site import demo_sources

pytestmark = [pytest.mark.elasticsearch, pytest.mark.hard, pytest.mark.timeout(3000)]
AT_ONCE = 8  # sources of a machine, so that there are some for each of four


def crawled(machines: Machines, names: str, sources: list[str], root: Path) -> tuple[list[Machine], Told]:
    """The machines after they have crawled all sources together, and what the last of them tells."""
    many = machines(*names)
    begin_together(many)
    for one in many:
        one.environment["YUQING_CRAWL__CONCURRENCY"] = str(AT_ONCE)
    for running in [one.crawl(sources) for one in many]:
        ended(running)
    found = told(many[-1], root)
    print(found.row(str(len(many)), sum(one.pages() for one in many)))
    return many, found


def test_machines_on_the_whole_demo_web(root: Path, tmp_path: Path, node_url: str) -> None:
    known = load_sources(root / "sources.yaml")
    sources = sorted(demo_sources(known))
    with machines_on(node_url, DemoWeb(known), root, tmp_path) as machines:
        print(f"\n{len(sources)} sources\n{HEAD}")
        _, alone = crawled(machines, "a", sources, root)
        for names in ("ab", "abcd"):
            many, found = crawled(machines, names, sources, root)
            assert found == alone
            assert set(report(many[:-1])) == {alone.report}
    assert not Door.at_once
