"""List pages and feeds of the demo web, in the format read by each list adapter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit
from zlib import crc32

from markupsafe import Markup, escape

from crawler.lists.base import following
from yuqing.core.records import ListPage
from yuqing.demo.articles import DemoArticle, Site, address
from yuqing.demo.markup import element, nested, steps, tag_of
from yuqing.demo.pages import encode
from yuqing.demo.reply import JSON, Reply, html, validated
from yuqing.demo.web import Web

ROWS = 6  # rows per list page, so that longer lists have several pages
_ROW_TAGS = {"li", "tr", "dl", "dd", "dt", "p", "span", "h1", "h2", "h3", "h4", "article"}
Rows = Sequence[DemoArticle]


def put_list(web: Web, listed: ListPage, site: Site, rows: Rows) -> None:
    """Publish ``rows``, newest first, as the list ``listed``. Adapters without a format here are skipped."""
    if put := _FORMS.get(listed.adapter):
        put(web, listed, site, rows)


def _html_list(web: Web, listed: ListPage, site: Site, rows: Rows) -> None:
    urls = [listed.url]
    while len(urls) * ROWS < len(rows) and (fetch := following(listed, len(urls))):
        urls.append(fetch.url)
    step = ROWS if len(urls) > 1 else len(rows)
    for index, url in enumerate(urls):
        web.put(url, _page(listed, site, rows[index * step : (index + 1) * step]))


def _trs_static(web: Web, listed: ListPage, site: Site, rows: Rows) -> None:
    name, ending = "index", (listed.next or "index_{n}.html").rsplit(".", 1)[1]
    count = max(1, -(-len(rows) // ROWS))
    for index in range(count):
        url = urljoin(listed.url, f"{name}_{index}.{ending}") if index else listed.url
        script = f'<script>createPageHTML({count}, {index}, "{name}", "{ending}");</script>'
        web.put(url, _page(listed, site, rows[index * ROWS : (index + 1) * ROWS], script))


def _json_feed(web: Web, listed: ListPage, site: Site, rows: Rows) -> None:
    fields = {"title": "title", "url": "url", **listed.fields}
    found = []
    for article in rows:
        row: dict[str, Any] = {}
        _set(row, fields["title"], article.title)
        _set(row, fields["url"], article.url)
        if "day" in fields and article.list_day:
            _set(row, fields["day"], article.list_day.isoformat())
        found.append(row)
    data: Any = found
    for name in reversed([name for name in listed.items.split(".") if name]):
        data = {name: data}
    web.put(listed.url, validated(_json(data)))


def _xinhua_ds(web: Web, listed: ListPage, site: Site, rows: Rows) -> None:
    feed = listed.url
    if not feed.endswith(".json"):
        key = f"{crc32(feed.encode()):032x}"
        column = f'<ul class="wz-list" id="list" data="datasource:{key}"></ul>'
        web.put(feed, html(_frame(site, column)))
        feed = urljoin(feed, f"ds_{key}.json")
    data = [
        {
            "title": f"<a href='{a.url}'>{escape(a.title)}</a>" if index % 2 else a.title,
            "showTitle": a.title,
            "publishUrl": _relative(a.url, feed),
            "publishTime": f"{a.published:%Y-%m-%d %H:%M:%S}" if a.list_day else "",
            "author": a.editor,
            "contentId": str(1_122_000_000 + index),
        }
        for index, a in enumerate(rows)
    ]
    web.put(feed, _json({"datasource": data}))


def _jcms_xml(web: Web, listed: ListPage, site: Site, rows: Rows) -> None:
    number = re.sub(r"\D", "", urlsplit(listed.url).path) or "1"
    count = max(1, -(-len(rows) // ROWS))
    proxy = (
        "/module/web/jpage/dataproxy.jsp?page={n}&appid=1&webid=1&path=/&columnid="
        f"{number}&unitid=212860&webname=demo&permissiontype=0"
    )

    def store(group: int) -> str:
        records = "".join(
            f"<record><![CDATA[<li><a title='{escape(a.title)}' target='_blank' href='{a.url}'>{escape(a.title)}</a>"
            f"<b>{a.list_day or ''}</b></li>]]></record>\n"
            for a in rows[group * ROWS : (group + 1) * ROWS]
        )
        onward = f'<nextgroup><![CDATA[<a href="{escape(proxy.format(n=group + 1))}"></a>]]></nextgroup>'
        return (
            f"<datastore>{onward if group + 1 < count else ''}<recordset>{records}</recordset>"
            f"<totalrecord>{len(rows)}</totalrecord><totalpage>{count - 1}</totalpage></datastore>"
        )

    web.put(listed.url, html(_frame(site, f'<div id="212860"><script type="text/xml">{store(0)}</script></div>')))

    def group(parameters: Mapping[str, str]) -> Reply:
        wanted = int(parameters["page"])
        return Reply(
            headers={"Content-Type": "text/xml; charset=utf-8"},
            body=f"<?xml version='1.0' encoding='UTF-8'?>\n{store(wanted)}".encode(),
        )

    _by_column(web, urljoin(listed.url, proxy), "columnid", number, group)


def _jpaas(web: Web, listed: ListPage, site: Site, rows: Rows) -> None:
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    page_id = f"{crc32(listed.url.encode()):032x}"
    script = (
        f'<script type="text/javascript" url="{unit}" queryData="{{\'webId\':\'8d828e408d90447786ddbe128d495e9e\','
        f"'pageId':'{page_id}','parseType':'bulidstatic','pageType':'column','tagId':'右侧内容','editType':'null'}}\">"
        "</script>"
    )
    web.put(listed.url, html(_frame(site, f'<div class="clist_con">{script}</div>')))

    def part(parameters: Mapping[str, str]) -> Reply:
        wanted = json.loads(parameters["paramJson"])["pageNo"] - 1
        lines = Markup("").join(_row(a, ["li"], "", site) for a in rows[wanted * ROWS : (wanted + 1) * ROWS])
        return _json({"success": True, "code": "200", "data": {"html": f"<ul>{lines}</ul>"}})

    _by_column(web, urljoin(listed.url, unit), "pageId", page_id, part)


def _fjdzapp(web: Web, listed: ListPage, site: Site, rows: Rows) -> None:
    channel = str(crc32(listed.url.encode()))
    count = max(1, -(-len(rows) // ROWS))
    web.put(listed.url, html(_frame(site, f'<script>var classsql = "chnlid={channel}";</script>')))

    def answer(parameters: Mapping[str, str]) -> Reply:
        number = int(parameters["page"])
        found = [
            {"doctitle": a.title, "docpuburl": a.url, "docreltime": f"{a.published:%Y-%m-%d %H:%M:%S}"}
            for a in rows[(number - 1) * ROWS : number * ROWS]
        ]
        return _json({"data": found, "pagecount": count, "count": len(rows), "page": number})

    _by_column(web, urljoin(listed.url, "/fjdzapp/search"), "chnlid", channel, answer)


_FORMS: dict[str, Callable[[Web, ListPage, Site, Rows], None]] = {
    "html-list": _html_list,
    "trs-static": _trs_static,
    "json-feed": _json_feed,
    "xinhua-ds": _xinhua_ds,
    "jcms-xml": _jcms_xml,
    "jpaas": _jpaas,
    "fjdzapp": _fjdzapp,
}
"""How the lists of an adapter are published; adapters that no source of the demo needs are missing."""


def _by_column(web: Web, url: str, key: str, value: str, answer: Callable[[Mapping[str, str]], Reply]) -> None:
    """Several columns of a site share one URL; the parameter ``key`` selects the column."""
    host, target = address(url)
    path = target.partition("?")[0]
    others = web.handlers.get((host, path))

    def handler(parameters: Mapping[str, str]) -> Reply:
        if parameters.get(key) == value:
            return answer(parameters)
        return others(parameters) if others else _json({"success": False, "data": None})

    web.handlers[host, path] = handler


def _page(listed: ListPage, site: Site, rows: Rows, script: str = "") -> Reply:
    outer, row = _split(listed.items)
    opening, closing = nested(" ".join(outer))
    lines = Markup("\n").join(_row(article, row, listed.fields.get("day", ""), site) for article in rows)
    return html(_frame(site, f"{opening}{lines}{closing}{script}"))


def _split(selector: str) -> tuple[list[str], list[str]]:
    """The steps of a list's selector around the rows, and those of a row (without its anchor)."""
    path = steps(selector) or ["ul.list"]
    anchor = path.pop() if tag_of(path[-1]) == "a" else "a"
    start = next((i for i, step in enumerate(path) if tag_of(step) in _ROW_TAGS), len(path))
    outer, row = path[:start] or ["div.list"], path[start:]
    if row and tag_of(row[0]) == "li":
        return outer, [*row, anchor]
    return [*outer, "ul"], ["li", *row, anchor]


def _row(article: DemoArticle, row: Sequence[str], day: str, site: Site) -> Markup:
    anchor = row[-1] if tag_of(row[-1]) == "a" else "a"
    inner = row[1:-1] if tag_of(row[-1]) == "a" else row[1:]
    start, end = element(row[0])
    opening, closing = nested(" ".join(inner))
    link = element(anchor, f' href="{escape(article.url)}" target="_blank"')
    shown = ""
    if article.list_day:
        form = "[%Y年%m月%d日]" if site.page == "people" else "%Y-%m-%d"
        outside, inside = nested(day or "span.date")
        shown = f"{outside}{article.list_day.strftime(form)}{inside}"
    return Markup(f"{start}{opening}{link[0]}{escape(article.title)}{link[1]}{closing}{shown}{end}")


def _frame(site: Site, main: str) -> bytes:
    menu = "".join(f'<li><a href="/channel/{n}/">{escape(entry)}</a></li>' for n, entry in enumerate(site.menu, 1))
    return encode(
        "<!DOCTYPE html>\n<html>\n<head>\n"
        f'<meta http-equiv="Content-Type" content="text/html; charset={site.encoding}" />\n'
        f"<title>{escape(site.name)}</title>\n</head>\n<body>\n"
        f'<div class="header"><ul class="nav">{menu}</ul></div>\n<div class="main">\n{main}\n</div>\n'
        f'<div class="footer">{escape(site.name)} <a href="/about/">关于我们</a></div>\n</body>\n</html>\n',
        site,
    )


def _json(data: Any) -> Reply:
    return Reply(headers={"Content-Type": JSON}, body=json.dumps(data, ensure_ascii=False).encode())


def _set(row: dict[str, Any], path: str, value: str) -> None:
    *parents, name = path.split("|", 1)[0].split(".")
    for parent in parents:
        row = row.setdefault(parent, {})
    row[name] = value


def _relative(url: str, base: str) -> str:
    """``url`` as written in the feed at ``base``: relative on the same host."""
    parts = urlsplit(url)
    return parts.path if parts.netloc == urlsplit(base).netloc else url
