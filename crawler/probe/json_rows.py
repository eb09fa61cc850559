"""List induction for JSON: the rows of a response, and which of their fields are title, URL and day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from statistics import median
from typing import Any

from crawler.lists import json_feed
from crawler.lists.base import ListError
from crawler.lists.days import list_day
from crawler.lists.jsonlist import dig, json_body
from crawler.lists.links import resolve
from crawler.probe.induce import LIKELY, Found, score_links
from yuqing.core.records import ListPage, Page
from yuqing.core.urls import host_allowed, host_of

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|mp4|mp3|css|js)(?:$|\?)", re.IGNORECASE)
_PUBLISHED = re.compile(r"pub|release|issue|show|date|day|time", re.IGNORECASE)
_PAGE = re.compile(r"((?:^|[?&])(?:page|pageNo|pageNum|pageIndex|current|p)=)1(?=&|$)")
_DEPTH = 6
_ROWS = 3


def induce_json(page: Page, hosts: tuple[str, ...], channel: str = "") -> Found | None:
    """The list of articles in a JSON response, or None if there is none. Raises ListError if it is not JSON."""
    best: Found | None = None
    for path, rows in _lists(json_body(page), ""):
        fields = _fields(rows, page, hosts)
        if fields is None:
            continue
        listed = ListPage(
            url=page.url, adapter="json-feed", channel=channel, items=path, fields=fields, next=_next(page)
        )
        try:
            links = json_feed.read(page, listed, 1).links
        except ListError:
            continue
        score, parts = score_links(links, page.fetched_at)
        if score >= LIKELY and (best is None or score > best.score):
            best = Found(listed, links, score, parts)
    return best


def _lists(data: Any, path: str, depth: int = 0) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The lists of objects in ``data``, each with its path."""
    if depth > _DEPTH:
        return
    if isinstance(data, list):
        rows = [row for row in data if isinstance(row, dict)]
        if len(rows) >= _ROWS:
            yield path, rows
    elif isinstance(data, dict):
        for name, value in data.items():
            if "." not in str(name):
                yield from _lists(value, f"{path}.{name}" if path else str(name), depth + 1)


def _fields(rows: list[dict[str, Any]], page: Page, hosts: tuple[str, ...]) -> dict[str, str] | None:
    names = list(dict.fromkeys(name for row in rows[:20] for name in _names(row)))
    columns = {name: [dig(row, name) for row in rows] for name in names}
    urls = [name for name, values in columns.items() if _are_urls(values, page, hosts)]
    titles = {name: size for name, values in columns.items() if (size := _title_length(values))}
    if not urls or not titles:
        return None
    title = min(titles, key=lambda name: ("title" not in name.lower(), "sub" in name.lower(), titles[name] > 60))
    url = max(urls, key=lambda name: (len({str(value) for value in columns[name]}), "url" in name.lower()))
    days = [name for name, values in columns.items() if name not in (title, url) and _are_days(values, page.fetched_at)]
    days.sort(key=lambda name: (not re.search(r"pub|release", name, re.IGNORECASE), not _PUBLISHED.search(name)))
    return {"title": title, "url": url, **({"day": days[0]} if days else {})}


def _names(row: dict[str, Any], path: str = "", depth: int = 0) -> Iterator[str]:
    for name, value in row.items():
        if "." in str(name) or "|" in str(name):
            continue
        here = f"{path}.{name}" if path else str(name)
        if isinstance(value, dict) and depth < 2:
            yield from _names(value, here, depth + 1)
        elif isinstance(value, str | int | float):
            yield here


def _are_urls(values: list[Any], page: Page, hosts: tuple[str, ...]) -> bool:
    good = 0
    for value in values:
        text = str(value or "").strip()
        if "/" not in text or _CHINESE.search(text) or " " in text or _FILE.search(text):
            continue
        url = resolve(page.url, text)
        good += bool(url) and host_allowed(host_of(url), hosts)
    return good * 2 >= len(values)


def _title_length(values: list[Any]) -> float:
    """The typical length of one-line Chinese titles; 0 if they are not titles."""
    texts = [str(value) for value in values if isinstance(value, str) and _CHINESE.search(value)]
    size = median(map(len, texts)) if len(texts) * 5 >= len(values) * 4 else 0
    return size if 6 <= size <= 120 and len(set(texts)) > len(texts) // 2 else 0


def _are_days(values: list[Any], at: datetime) -> bool:
    return sum(list_day(value, at) is not None for value in values) * 5 >= len(values) * 4


def _next(page: Page) -> str:
    return _PAGE.sub(r"\g<1>{n}", page.url) if _PAGE.search(page.url) else ""
