"""Shared by the JSON adapters: parsing the response and turning its rows into links."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

from crawler.lists.base import Fetch, ListError
from crawler.lists.days import list_day
from crawler.lists.links import page_text, plain, resolve
from yuqing.core.records import Link, ListPage, Page
from yuqing.core.urls import printable

_WRAPPER = re.compile(r"(?:var\s)?\s?[\w$.]{1,99}\s?[(=]")  # callback( … ) or var name = …
_TAG = re.compile(r"<[^<>]*>")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_HOLE = re.compile(r"\{([\w.]+)\}")


def json_body(page: Page) -> Any:
    """The JSON of the response, also inside a JSONP call or an assignment. Raises ListError."""
    text = page_text(page).lstrip("\ufeff").strip()
    if wrapper := _WRAPPER.match(text):
        text = text[wrapper.end() :].rstrip("; \r\n\t")
        text = text.removesuffix(")") if wrapper[0].endswith("(") else text
    try:
        data = json.loads(text)
        # A lone surrogate (half an emoji) cannot be stored anywhere; the rest of the feed is fine.
        return json.loads(printable(json.dumps(data, ensure_ascii=False))) if _SURROGATE.search(text) else data
    except (ValueError, RecursionError):
        pass
    kind = "an HTML page came" if text.startswith("<") else f"the answer begins “{text[:40]}”"
    raise ListError(f"JSON expected, {kind}.")


def dig(data: Any, path: str) -> Any:
    """The value at ``path`` (names and indices joined by dots; the empty path is ``data`` itself), or None.

    ``a|b`` is the first of several paths with a non-empty value.
    """
    for choice in path.split("|"):
        value = data
        for step in filter(None, choice.strip().split(".")):
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
                value = value[int(step)]
            else:
                value = None
                break
        if value not in (None, "", [], {}):
            return value
    return None


def rows(data: Any, path: str) -> list[Any]:
    """The list of rows at ``path``. Raises ListError if there is none; an empty list is not an error."""
    value = data
    for step in filter(None, path.split(".")):
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, dict):  # PHP encodes a list with gaps as an object
        value = list(value.values())
    if not isinstance(value, list):
        raise ListError(f"the answer has no list at “{path or 'its root'}”.")
    return value


def json_links(found: list[Any], base: str, page: Page, list_page: ListPage) -> tuple[Link, ...]:
    """The rows as links according to the ``fields`` of the record (title, url, day), without duplicate URLs.

    A ``url`` field with braces is a template filled from the row's fields, for feeds that give only an id.
    """
    fields = list_page.fields
    links: dict[str, Link] = {}
    for row in found:
        url = resolve(base, _address(row, fields.get("url", "url")))
        if url:
            title = plain(_TAG.sub("", str(dig(row, fields.get("title", "title")) or "")))
            day = list_day(dig(row, fields["day"]), page.fetched_at) if "day" in fields else None
            links.setdefault(url, Link(url=url, title=title, day=day, channel=list_page.channel))
    return tuple(links.values())


def _address(row: Any, rule: str) -> str:
    if "{" in rule:
        return _HOLE.sub(lambda hole: str(dig(row, hole[1]) or ""), rule)
    return str(dig(row, rule) or "")


def form(url: str, values: dict[str, str], referer: str) -> Fetch:
    """A form sent by POST, as by the site's own script."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "X-Requested-With": "XMLHttpRequest",
        "Referer": referer,
    }
    return Fetch(url, "POST", headers, urlencode(values).encode())
