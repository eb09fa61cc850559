"""A real crawl of a part of the demo web: what it asks for, what it leaves alone, how every page ends."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from crawler.sources import load_sources
from tests import forked
from yuqing.core.records import Outcome
from yuqing.core.urls import canonical_url
from yuqing.demo.articles import DemoArticle, address
from yuqing.demo.expected import expected_outcome, listed_between
from yuqing.demo.server import DemoWeb
from yuqing.monitor.ledger import Ledger

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("demo-crawl")]  # one worker, one pair of crawls

SINCE, UNTIL = date(2018, 2, 1), date(2018, 3, 31)
SOURCES = (
    "media-chinanews", "media-rednet", "media-newssc", "gov-js", "gov-gx", "gov-nm", "gov-sn", "gov-gs", "min-moj",
)  # fmt: skip


@dataclass
class Crawls:
    """Two crawls one after the other: how the pages of each ended, and what each asked for."""

    first: dict[str, Outcome]
    second: dict[str, Outcome]
    asked: Counter[tuple[str, str]]
    asked_again: Counter[tuple[str, str]]
    articles: list[DemoArticle]

    def with_flag(self, flag: str) -> DemoArticle:
        return next(article for article in self.articles if flag in article.flags)


@pytest.fixture(scope="module")
def crawls(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawls]:
    data = tmp_path_factory.mktemp("crawl")

    def crawl(port: int) -> dict[str, Outcome]:
        words = ["crawl", *SOURCES, "--since", SINCE.isoformat(), "--until", UNTIL.isoformat()]
        settings = {"DATA": str(data), "CRAWL__GATEWAY": str(port), "CRAWL__DELAY": "0", "CRAWL__AUTOTHROTTLE": "false"}
        settings |= {name.upper(): str(root / f"{name}.yaml") for name in ("keywords", "sources")}
        environment = {**os.environ, **{f"YUQING_{name}": value for name, value in settings.items()}}
        done = forked.run(data, environment, words)
        assert done.code == 0, done.stdout + done.stderr
        ledger = Ledger(data / "ledger.db")
        found = {canonical_url(page.url): page.outcome for page in ledger.pages(ledger.runs()[0].id)}
        ledger.close()
        return found

    with DemoWeb(load_sources(root / "sources.yaml")) as demo:
        first = crawl(demo.port)
        asked = demo.hits.copy()
        demo.hits.clear()
        second = crawl(demo.port)
        articles = [a for a in listed_between(demo.web, SINCE, UNTIL) if a.source in SOURCES]
        yield Crawls(first, second, asked, demo.hits.copy(), articles)


def test_every_listed_article_ends_as_its_flags_say(crawls: Crawls) -> None:
    for article in crawls.articles:
        outcome = crawls.first[canonical_url(article.url)]
        if outcome is Outcome.REPRINT:
            outcome = Outcome.INDEXED
        assert outcome == expected_outcome(article), article.url


def test_every_page_is_asked_for_once(crawls: Crawls) -> None:
    redirected = crawls.with_flag("https").address
    twice = {key: count for key, count in crawls.asked.items() if count > 1 and not key[1].endswith("/robots.txt")}
    assert twice == {redirected: 2}, "http, then https"


def test_what_robots_forbids_is_not_asked_for(crawls: Crawls) -> None:
    assert crawls.asked["www.gxzf.gov.cn", "/robots.txt"]
    assert crawls.with_flag("robots").address not in crawls.asked


def test_the_calendar_is_not_walked(crawls: Crawls) -> None:
    months = [path for _, path in crawls.asked if path.startswith("/xxgk/rili/")]
    assert months == [crawls.with_flag("calendar").address[1]]


def test_paging_stops_at_the_first_page_that_is_wholly_old(crawls: Crawls) -> None:
    host = "www.chinanews.com.cn"
    pages = {f"/scroll-news/news{number}.html" for number in range(1, 10)}
    asked = {path for owner, path in crawls.asked if owner == host} & pages
    fresh = sum(article.source == "media-chinanews" for article in crawls.articles)
    needed = -(-fresh // 6)  # rows a page, as the demo's lists have
    assert asked == {f"/scroll-news/news{number}.html" for number in range(1, needed + 2)}
    assert all(crawls.asked[address(url)] == 0 for url in crawls.first if "/2017/" in url)


def test_refusing_sites_are_left_alone(crawls: Crawls) -> None:
    for host in ("www.gansu.gov.cn", "www.moj.gov.cn"):
        paths = [path for owner, path in crawls.asked if owner == host and path != "/robots.txt"]
        assert len(paths) == 1, paths
    refused = [url for url, outcome in crawls.first.items() if outcome is Outcome.REFUSED]
    assert {address(url)[0] for url in refused} == {"www.gansu.gov.cn", "www.moj.gov.cn"}


def test_the_second_crawl_asks_for_lists_only(crawls: Crawls) -> None:
    known = {article.address for article in crawls.articles if crawls.first[canonical_url(article.url)] != "robots"}
    kept = {key for key in known if crawls.asked_again[key]}
    assert not kept - {article.address for article in crawls.articles if "huge" in article.flags}
    assert "indexed" not in set(crawls.second.values())
