"""robots.txt by RFC 9309, on a small real web; its groups and pauses."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from protego import Protego

from crawler.middlewares.robots import MAX_BYTES, own_groups, product_token
from tests.crawl.test_spider import article, crawl, listing
from tests.crawl.web import Answer, Handler, Web, serve
from yuqing.core.times import now

RULES = ("User-agent: *\nDisallow: /", 200)
ROBOTS = {  # by host: the answer, and what becomes of its list
    **{f"s{status}.example.gov.cn": ((RULES[0], status), "listing") for status in (401, 403, 404, 410, 429)},
    "s503.example.gov.cn": (("Service Unavailable", 503), "http-error"),
    "back.example.gov.cn": (("", 500), "http-error"),
    "five.example.gov.cn": (("", 302), "robots"),
    "six.example.gov.cn": (("", 302), "listing"),
    "pause.example.gov.cn": (("User-agent: *\nCrawl-delay: 0.5\n", 200), "listing"),
    "never.example.gov.cn": (("User-agent: *\nCrawl-delay: 86400\n", 200), "robots"),
}
HOPS = {"five.example.gov.cn": 5, "six.example.gov.cn": 6}


def record(host: str) -> str:
    name = host.partition(".")[0]
    return (
        f"- id: {name}\n  name: {name}\n  tier: province-gov\n  hosts: [{host}]\n  article_urls: ['/a/']\n"
        f"  lists:\n  - url: http://{host}/list/\n    adapter: html-list\n"
    )


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as running:
        for host, ((text, status), _) in ROBOTS.items():
            running.put(f"{host}/robots.txt", text, status, Content_Type="text/plain", Location="/r1")
            for hop in range(1, HOPS.get(host, 0)):
                running.put(f"{host}/r{hop}", "", 302, Location=f"/r{hop + 1}")
            running.put(f"{host}/r{HOPS.get(host, 1)}", RULES[0], Content_Type="text/plain")
            running.put(f"{host}/list/", listing(("/a/1.html", "2018-03-05"), ("/a/2.html", "2018-03-05")))
            running.put(f"{host}/a/1.html", article(1))
            running.put(f"{host}/a/2.html", article(2, "示例省网上办税厅开通"))
        yield running


def test_the_answers_of_rfc_9309(web: Web, tmp_path: Path, root: Path) -> None:
    """4xx allow, 5xx forbid until they answer or are 30 days old, five redirects are followed, a pause is kept."""
    (tmp_path / "sources.yaml").write_text("".join(map(record, ROBOTS)), "utf-8")
    times: list[float] = []

    def timed(answer: Answer) -> Handler:
        def handler(headers: dict[str, str]) -> Answer:
            times.append(time.monotonic())
            return answer

        return handler

    for name in ("list/", "a/1.html", "a/2.html"):
        answer = web.pages[f"pause.example.gov.cn/{name}"]
        assert isinstance(answer, Answer)
        web.pages[f"pause.example.gov.cn/{name}"] = timed(answer)
    pages = crawl(web, tmp_path, root, crawl={"retries": 0})
    found = {page["url"]: page for page in pages}
    for host, (_, outcome) in ROBOTS.items():
        assert found[f"http://{host}/list/"]["outcome"] == outcome, host
        assert (web.hits[f"{host}/list/"] > 0) == (outcome == "listing")
    assert found["http://s503.example.gov.cn/list/"]["detail"].startswith("robots.txt: HTTP 503")
    assert "86400 s" in found["http://never.example.gov.cn/list/"]["detail"]
    assert len(times) == 3
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.45

    web.put("back.example.gov.cn/robots.txt", "User-agent: *\nDisallow: /a/2", Content_Type="text/plain")
    with sqlite3.connect(tmp_path / "data" / "crawl.db") as state:
        long_ago = (now() - timedelta(days=31)).isoformat(timespec="seconds")
        state.execute("UPDATE robots SET unreachable_since = ? WHERE host = 's503.example.gov.cn'", (long_ago,))
    (tmp_path / "sources.yaml").write_text(record("s503.example.gov.cn") + record("back.example.gov.cn"), "utf-8")
    again = {page["url"]: page["outcome"] for page in crawl(web, tmp_path, root, crawl={"retries": 0})}
    assert again["http://s503.example.gov.cn/list/"] == "listing"
    assert again["http://back.example.gov.cn/list/"] == "listing"
    assert again["http://back.example.gov.cn/a/2.html"] == "robots"
    with sqlite3.connect(tmp_path / "data" / "crawl.db") as state:
        assert state.execute("SELECT host FROM robots").fetchall() == [("s503.example.gov.cn",)]


@pytest.mark.parametrize(
    ("groups", "allowed"),
    [
        ("User-agent: yuqing\nDisallow: /a\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: YuQing/2.0\nDisallow: /a", False),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: yuqing\nAllow: /", True),
        ("User-agent: yuq\nDisallow: /a", True),
        ("User-agent: news\nDisallow: /a", True),  # a word of our agent's comment
        ("User-agent: yuqing-image\nDisallow: /a", True),
        ("User-agent: other\nUser-agent: yuqing\nDisallow: /a", False),
        ("User-agent: yuqing\nDisallow: /b\n\nUser-agent: yuqing\nDisallow: /a", False),  # two groups are one
        ("User-agent: yuqing # us\nDisallow: /a", False),
        ("User-agent: *\nDisallow: /\nAllow: /a", True),  # the longest rule counts
        ("User-agent: *\nDisallow: /*.html$", False),
        ("\ufeffUser-agent: *\nDisallow: /a", False),
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("<html>Not a robots.txt</html>", True),
    ],
)
def test_groups(groups: str, allowed: bool) -> None:
    token = product_token("yuqing/0.1 (Internet Plus news monitor; +someone@example.com)")
    rules = Protego.parse(own_groups(groups.encode(), token).decode())
    assert rules.can_fetch("http://www.example.gov.cn/a/1.html", token) is allowed


def test_no_more_than_500_kib_is_read() -> None:
    body = b"User-agent: *\n" + b"# filler\n" * 60_000 + b"Disallow: /a\n"
    assert len(own_groups(body, "yuqing")) <= MAX_BYTES + 1
    assert b"Disallow" not in own_groups(body, "yuqing")
