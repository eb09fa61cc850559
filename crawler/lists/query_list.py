"""Adapter ``query-list``: Jiangxi's system since 2025, queried by a form to ``/queryList``.

``params`` of the record name the site (``webSiteCode[]``) and the column (``channelCode[]``). Each row has its URLs as
a JSON string, of which ``pc`` is the web page.
"""

from __future__ import annotations

import json
from typing import Any

from crawler.lists.base import Fetch, Listing
from crawler.lists.jsonlist import dig, form, json_body, json_links, rows
from yuqing.core.records import ListPage, Page

_FIELDS = {"title": "title|showTitle", "url": "pc", "day": "pubDate"}
_ROWS = 15


def start(list_page: ListPage) -> Fetch:
    """The first rows."""
    return _rows(list_page, 1)


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The links of the response, and the next rows as long as there are any."""
    data = json_body(page)
    found = [_flat(row) for row in rows(data, "data.results")]
    shape = ListPage(url=list_page.url, adapter=list_page.adapter, channel=list_page.channel, fields=_FIELDS)
    total = dig(data, "data.total")
    return Listing(
        json_links(found, page.url, page, shape),
        _rows(list_page, number + 1) if found else None,
        total if isinstance(total, int) else None,
    )


def _flat(row: Any) -> dict[str, Any]:
    source = dig(row, "source")
    if not isinstance(source, dict):
        return {}
    try:
        addresses = json.loads(source.get("urls") or "{}")
    except (ValueError, TypeError):
        addresses = {}
    return {**source, "pc": addresses.get("pc") if isinstance(addresses, dict) else None}


def _rows(list_page: ListPage, number: int) -> Fetch:
    values = {"current": str(number), "pageSize": str(_ROWS), **list_page.params, "sort": "sortNum", "order": "desc"}
    return form(list_page.url, values, list_page.url)
