"""Servers that misbehave, over real sockets: each page ends in its outcome, the crawl ends, the other pages come."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from socket import socket

import pytest

from tests.crawl.web import Answer, Wild
from tests.faults import Fault
from tests.operate import wild
from tests.operate.account import account
from tests.operate.conftest import HOST, SOURCES, Home, article
from yuqing.core.records import Outcome, PageResult
from yuqing.monitor.ledger import Ledger

QUICK = {"YUQING_CRAWL__TIMEOUT": "1", "YUQING_CRAWL__MAX_SIZE_MB": "1"}

pytestmark = pytest.mark.long


def crawl(home: Home, **more: str) -> dict[str, PageResult]:
    """Crawl once; the results by URL, each exactly once."""
    home.run("crawl", **{**QUICK, **more})
    with closing(Ledger(home.path / "data" / "ledger.db")) as ledger:
        run = max(ledger.runs(), key=lambda run: run.id)
        pages = list(ledger.pages(run.id))
    assert run.state == "done"
    assert len({page.url for page in pages}) == len(pages)
    return {page.url: page for page in pages}


WILD: dict[Callable[[socket], None], Outcome] = {
    wild.slow_loris: Outcome.TIMEOUT,
    wild.dripping: Outcome.TIMEOUT,
    wild.endless: Outcome.TOO_LARGE,
    wild.reset: Outcome.NETWORK,
    wild.reset_in_the_body: Outcome.NETWORK,
    wild.cut_short: Outcome.NETWORK,
    wild.no_http: Outcome.NETWORK,
}


def test_a_wild_answer_costs_one_page_and_not_for_good(home: Home, fault: Fault) -> None:
    expected = home.articles(len(WILD) + 3)
    for number, act in enumerate(WILD):
        home.web.pages[f"{HOST}/a/{number}.html"] = Wild(act)
    found = crawl(home)
    assert found.keys() == {f"http://{HOST}/list/", *expected}
    outcomes = [found[f"http://{HOST}/a/{number}.html"].outcome for number in range(len(expected))]
    assert outcomes == [*WILD.values(), *[Outcome.INDEXED] * 3]
    home.articles(len(expected))
    crawl(home)
    counted = account(home.path / "data")
    for number, act in enumerate(WILD):
        url = f"http://{HOST}/a/{number}.html"
        fault(f"server: {act.__name__.replace('_', ' ')}", 1, int(not counted.store[url]), int(counted.store[url] > 1))
    assert counted.store == counted.archive == dict.fromkeys(expected, 1)


def test_a_503_with_retry_after_is_heeded(home: Home, fault: Fault) -> None:
    expected = home.articles(20)
    home.web.put(f"{HOST}/a/10.html", "busy", status=503, Retry_After="3600")
    retries = {"YUQING_CRAWL__RETRIES": "2"}
    found = crawl(home, **retries)
    assert found[f"http://{HOST}/a/10.html"].detail == "HTTP 503, asks to wait 3600 s"
    assert home.web.hits[f"{HOST}/a/10.html"] == 1
    asked = {f"http://{url}" for url in home.web.hits}
    assert {url for url in expected if found[url].outcome == Outcome.BACKOFF} == expected - asked
    assert len(expected - asked) >= 4  # what waited behind it (some came before, one may have been under way)
    hits = sum(home.web.hits.values())
    assert [page.outcome for page in crawl(home, **retries).values()] == [Outcome.BACKOFF]  # the list
    assert sum(home.web.hits.values()) == hits
    home.articles(20)
    crawl(home, YUQING_CLOCK_AHEAD="3700")
    counted = account(home.path / "data")
    lost = {url for url in expected if counted.store[url] != 1}
    fault("server: 503 with Retry-After", 1, len(lost), 0)
    assert not lost


def test_a_503_without_a_word_is_tried_again(home: Home) -> None:
    home.articles(2)
    answers = [Answer(b"busy", 503), Answer(article(1).encode())]
    home.web.pages[f"{HOST}/a/1.html"] = lambda headers: answers.pop(0)
    assert crawl(home, YUQING_CRAWL__RETRIES="2")[f"http://{HOST}/a/1.html"].outcome == Outcome.INDEXED


def test_a_name_without_an_address_and_a_closed_port(home: Home, fault: Fault) -> None:
    (home.path / "sources.yaml").write_text(SOURCES.replace(HOST, "www.example.invalid"), "utf-8")
    (page,) = crawl(home, YUQING_CRAWL__GATEWAY="0", YUQING_CRAWL__TIMEOUT="30").values()
    assert page.outcome == Outcome.NETWORK
    assert page.detail.startswith("robots.txt: the host name has no address")  # asked first, and then nothing else
    (page,) = crawl(home, YUQING_CRAWL__GATEWAY="9").values()  # nobody listens there
    assert (page.outcome, page.detail) == (Outcome.NETWORK, "robots.txt: connection refused")
    fault("no DNS answer, no listener", 2, 0, 0)
