"""Adapter ``jpaas``: lists of Hanweb jpaas, an HTML fragment inside a JSON response.

The column page has a script element with the URL of the list (``url``) and its parameters (``queryData``, an object in
single quotes). The response's ``data.html`` is the list; ``paramJson`` in the query contains the page number.
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from crawler.extract.select import select
from crawler.extract.tree import parse
from crawler.lists.base import Fetch, ListError, Listing, start
from crawler.lists.jsonlist import dig, json_body
from crawler.lists.links import html_links, page_text
from yuqing.core.records import ListPage, Page

__all__ = ["names_unit", "read", "start"]

_PAIR = re.compile(r"['\"](\w+)['\"]\s*:\s*['\"]([^'\"]*)['\"]")
_LISTS = ("列表", "分页", "list", "内容")  # how sites name the part of a column page that is its list
_ROWS = 15


def read(page: Page, list_page: ListPage, number: int) -> Listing:
    """The request for the list of a column page; or the links of a response and the next page."""
    text = page_text(page)
    if text.lstrip().startswith("<"):
        unit = _unit(text, page, list_page)
        if unit is None:
            raise ListError("the column page names no jpaas list (queryData).")
        return Listing(next=unit)
    fragment = dig(json_body(page), "data.html")
    if not isinstance(fragment, str):
        raise ListError("the jpaas response has no data.html.")
    links = html_links(fragment, page, list_page)
    return Listing(links, _following(page.url) if links else None)


def names_unit(html: str) -> bool:
    """Whether a column page is built with jpaas."""
    return "querydata" in html.lower() and "page/build/unit" in html


def _unit(html: str, page: Page, list_page: ListPage) -> Fetch | None:
    units = []
    root = parse(html)
    for script in select(root, "[querydata][url]") if root is not None else ():
        query = dict(_PAIR.findall(script.get("querydata", "")))
        units.append((script.get("url", ""), {**query, **list_page.params}))
    if not units:
        return None
    wanted = list_page.params.get("tagId")
    is_list = [any(mark in query.get("tagId", "") for mark in _LISTS) for _, query in units]
    url, query = units[is_list.index(True) if True in is_list and not wanted else 0]
    query.setdefault("parseType", "bulidstatic")  # spelled as on the site
    query["paramJson"] = json.dumps({"pageNo": 1, "pageSize": _ROWS})
    headers = {"Referer": page.url, "X-Requested-With": "XMLHttpRequest"}
    return Fetch(f"{urljoin(page.url, url)}?{urlencode(query)}", headers=headers)


def _following(url: str) -> Fetch | None:
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
    try:
        position = json.loads(query.get("paramJson", ""))
        position["pageNo"] += 1
    except (ValueError, KeyError, TypeError):
        return None
    query["paramJson"] = json.dumps(position)
    return Fetch(parts._replace(query=urlencode(query)).geturl(), headers={"X-Requested-With": "XMLHttpRequest"})
