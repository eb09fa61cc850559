"""The search of 人民网: JSON by POST over plain http (https is refused), as observed in October 2026.

Its index starts around 2021; for older windows it finds nothing, and only the list pages remain.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from crawler.lists.base import Fetch, ListError, Listing
from crawler.lists.jsonlist import dig, json_body, json_links, rows
from yuqing.core.records import ListPage, Page
from yuqing.core.times import SHANGHAI

_ROWS = 50
_FIELDS = {"title": "title", "url": "url", "day": "displayTime"}
_HOME = "http://search.people.cn"


def start(list_page: ListPage) -> Fetch:
    """The first rows for ``params``: keyword, since and until (YYYY-MM-DD)."""
    return _rows(list_page, 1)


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The links of the response, and the next rows as long as there are more."""
    data = json_body(page)
    code = dig(data, "code")
    if str(code) != "0":
        raise ListError(f"the search of people.cn answered with code {code}.")
    found = rows(data, "data.records")
    total = dig(data, "data.total")
    total = total if isinstance(total, int) else None
    more = bool(found) and (total is None or number * _ROWS < total)
    links = json_links(found, page.url, page, replace(list_page, fields=_FIELDS))
    return Listing(links, _rows(list_page, number + 1) if more else None, total)


def _rows(list_page: ListPage, number: int) -> Fetch:
    since, until = (date.fromisoformat(list_page.params[name]) for name in ("since", "until"))
    query = {
        "key": list_page.params["keyword"],
        "page": number,
        "limit": _ROWS,
        "hasTitle": True,
        "hasContent": True,
        "isFuzzy": False,
        "type": 0,
        "sortType": 2,  # newest first
        "startTime": _milliseconds(since),
        "endTime": _milliseconds(until + timedelta(days=1)) - 1,
    }
    headers = {"Content-Type": "application/json;charset=UTF-8", "Origin": _HOME, "Referer": f"{_HOME}/"}
    return Fetch(list_page.url, "POST", headers, json.dumps(query, ensure_ascii=False).encode())


def _milliseconds(day: date) -> int:
    return int(datetime.combine(day, time(), SHANGHAI).timestamp()) * 1000
