"""The web of the soak: eight sites whose lists grow every day, and which misbehave now and then."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from socket import socket
from urllib.parse import urlencode

from tests.crawl.web import Answer, Handler, Web, Wild
from tests.operate import wild
from tests.operate.conftest import article

SITES = {
    "gov-cn": "central-gov", "people": "central-media", "xinhuanet": "central-media", "moe": "ministry",
    "mot": "ministry", "gov-a": "province-gov", "daily-a": "province-media", "shop-news": "commercial",
}  # fmt: skip
SOURCES = "".join(
    f"- id: {name}\n  name: 示例{name}\n  tier: {tier}\n  hosts: [www.{name}.example]\n  article_urls: ['/a/']\n"
    f"  lists:\n  - url: http://www.{name}.example/list/\n    adapter: html-list\n    items: ul.news li\n"
    for name, tier in SITES.items()
)
SEARCH = "so.news.cn/getNews?" + urlencode(
    {"lang": "cn", "curPage": "1", "searchFields": "0", "sortField": "0", "keyword": "互联网+"}
)
SEARCHED = "www.xinhuanet.example"  # whose articles the search knows
ROWS = 30  # links of a list: what is older has left it
A_DAY = 3  # articles of a site
FAULTS: dict[str, Answer | Callable[[socket], None]] = {
    "403": Answer(b"<h1>403</h1>", 403),
    "503 with Retry-After": Answer(b"busy", 503, {"Retry-After": "7200"}),
    "slow-loris": wild.slow_loris,
    "endless body": wild.endless,
    "reset": wild.reset,
    "reset in the body": wild.reset_in_the_body,
    "cut short": wild.cut_short,
}


class SoakWeb:
    """Publishes and misbehaves; ``published`` are the articles, ``faults`` counts the bad answers by kind."""

    def __init__(self, web: Web, chance: random.Random) -> None:
        self._web, self._chance, self._number = web, chance, 0
        self.published: dict[str, date] = {}
        self.faults: Counter[str] = Counter()
        self.messages = 0
        self._days: set[date] = set()
        self._calm = False
        self._rows: dict[str, list[str]] = {name: [] for name in SITES}
        self._found: list[dict[str, str]] = []
        for name in SITES:
            web.put(f"www.{name}.example/robots.txt", "User-agent: *", Content_Type="text/plain")
        web.put("so.news.cn/robots.txt", "User-agent: *", Content_Type="text/plain")
        web.pages[SEARCH] = lambda headers: Answer(
            json.dumps({"content": {"results": self._found, "pageCount": 1}}).encode(),
            headers={"Content-Type": "application/json"},
        )

    def hook(self) -> str:
        """The address of a channel for alerts that refuses one message in five; ``messages`` counts the others."""

        def answer(headers: dict[str, str]) -> Answer:
            if not self._calm and self._chance.random() < 0.2:
                self.faults["channel answers 500"] += 1
                return Answer(status=500)
            self.messages += 1
            return Answer()

        self._web.pages[f"127.0.0.1:{self._web.port}/hook"] = answer
        return f"json://127.0.0.1:{self._web.port}/hook"

    def open_day(self, day: date, *, faults: bool, hidden: bool) -> None:
        """Once a day every site has news; one or two of them misbehave until tomorrow, on their list or on a new
        article. ``hidden``: there is an article too that no list shows, only the search."""
        if day in self._days:
            return
        self._days.add(day)
        self._calm = not faults
        bad = dict.fromkeys(self._chance.sample(list(SITES), self._chance.randint(1, 2)), "") if faults else {}
        for name, rows in self._rows.items():
            host = f"www.{name}.example"
            fresh = [self._publish(host, day) for _ in range(A_DAY)]
            for path in fresh:
                rows.insert(0, f"<li><a href='{path}'>示例推进{path}</a><span>{day}</span></li>")
            listed = f"<html><body><ul class='news'>{''.join(rows[:ROWS])}</ul></body></html>".encode()
            self._web.pages[f"{host}/list/"] = lambda headers, listed=listed: Answer(listed)  # type: ignore[misc]
            if name in bad:
                self._misbehave(host, ["/list/", fresh[0]] if self._chance.random() < 0.5 else [fresh[1]])
        if hidden:
            url = f"http://{SEARCHED}{self._publish(SEARCHED, day)}"
            self._found.insert(0, {"title": "示例检索所得", "url": url, "pubtime": f"{day} 08:00:00"})

    def _publish(self, host: str, day: date) -> str:
        """A new article on ``host``; its path."""
        self._number += 1
        path = f"/a/{self._number}.html"
        page = article(self._number).replace("2018-03-05", day.isoformat())
        self._web.pages[host + path] = _validated(page.encode(), f'"{self._number}"')
        self.published[f"http://{host}{path}"] = day
        return path

    def _misbehave(self, host: str, paths: list[str]) -> None:
        kind = self._chance.choice(list(FAULTS))
        left = iter(range(self._chance.randint(1, 6)))  # bad answers, then good ones
        for path in paths:
            self._web.pages[host + path] = self._at_first(kind, left, self._web.pages[host + path])

    def _at_first(self, kind: str, left: Iterator[int], good: Answer | Wild | Handler) -> Handler:
        """Answers with the fault while ``left`` lasts."""

        def answer(headers: dict[str, str]) -> Answer | Wild:
            if self._calm or next(left, None) is None:
                return good(headers) if callable(good) else good
            self.faults[kind] += 1
            fault = FAULTS[kind]
            return fault if isinstance(fault, Answer) else Wild(fault)

        return answer


def _validated(body: bytes, etag: str) -> Callable[[dict[str, str]], Answer]:
    """A page that says 304 to who has it."""

    def answer(headers: dict[str, str]) -> Answer:
        if headers.get("If-None-Match") == etag:
            return Answer(status=304, headers={"ETag": etag})
        return Answer(body, headers={"Content-Type": "text/html; charset=utf-8", "ETag": etag})

    return answer
