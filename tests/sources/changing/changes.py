"""What happens to sites: each change makes of a site what the old and new addresses answer now."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from tests.sources.changing.site import COLUMNS, Layout, Piece, Reply, Site, dumps

COLUMN = "要闻"  # the column of the record
GONE = Reply(b"<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>", 404)
HUGE = 40 * 1024 * 1024


@dataclass(frozen=True)
class Change:
    """A change by name. ``mendable``: the articles of the column can still be reached and a machine can know it.

    ``make`` gives the sites after it (the one of the record first); ``needs_host`` says that a person must allow a
    host before anything can be read.
    """

    name: str
    mendable: bool
    make: Callable[[Site, Layout], list[Site]]
    needs_host: bool = False


def moved(site: Site, other: Layout) -> list[Site]:
    """The columns lie in another folder; the old addresses are gone."""
    return [replace(site, paths=_paths(site), replies={site.paths[COLUMN]: GONE})]


def moved_redirect(site: Site, other: Layout) -> list[Site]:
    """The old address leads to the new one for good."""
    paths = _paths(site)
    return [replace(site, paths=paths, replies={site.paths[COLUMN]: _to(paths[COLUMN], 301)})]


def moved_soft(site: Site, other: Layout) -> list[Site]:
    """The old address says with status 200 that there is no such page."""
    page = site.html(
        '<div class="err"><h2>对不起，您访问的页面不存在</h2><p>可能已被删除或移动。</p></div>', "提示信息"
    )
    return [replace(site, paths=_paths(site), replies={site.paths[COLUMN]: page})]


def moved_home(site: Site, other: Layout) -> list[Site]:
    """The old address leads to the home page."""
    return [replace(site, paths=_paths(site), replies={site.paths[COLUMN]: _to("/", 302)})]


def moved_empty(site: Site, other: Layout) -> list[Site]:
    """The old address shows an empty list."""
    page = site.html('<div class="list"><ul></ul><p>暂无数据</p></div>', COLUMN)
    return [replace(site, paths=_paths(site), replies={site.paths[COLUMN]: page})]


def moved_stale(site: Site, other: Layout) -> list[Site]:
    """The old address shows what it showed a year ago."""
    old = replace(site, today=site.today - timedelta(days=400))
    path = site.paths[COLUMN]
    printed = site.layout.print_list(old, path, old.column(COLUMN))
    replies = {address: site.reply(address, body, COLUMN) for address, body in printed.items()}
    return [replace(site, paths=_paths(site), replies=replies)]


def renamed(site: Site, other: Layout) -> list[Site]:
    """All classes and ids of the template are called otherwise."""

    class Renamed:
        def __getattr__(self, name: str) -> Any:
            return getattr(site.layout, name)

        def print_list(self, at: Site, path: str, rows: list[Piece]) -> dict[str, str]:
            printed = site.layout.print_list(at, path, rows)
            return {address: _prefixed(body) for address, body in printed.items()}

    return [replace(site, layout=Renamed())]


def new_cms(site: Site, other: Layout) -> list[Site]:
    """Another system: other addresses of lists and articles, other markup; the names of the columns stay."""
    made = replace(site, layout=other, paths={})
    return [made if made.paths[COLUMN] != site.paths[COLUMN] else replace(made, paths=_paths(made))]


def new_host(site: Site, other: Layout) -> list[Site]:
    """Every address leads to the same one on another host."""
    host = site.host.replace("www.", "portal.")
    return [replace(site, silent=Reply(status=301, headers={"Location": f"http://{host}"})), replace(site, host=host)]


def gb_to_utf8(site: Site, other: Layout) -> list[Site]:
    """The pages are written in UTF-8."""
    return [replace(site, encoding="utf-8")]


def script_json(site: Site, other: Layout) -> list[Site]:
    """The list is drawn by a script, which names the JSON that it asks for."""
    path = site.paths[COLUMN]
    rows = [
        {"id": p.number, "title": p.title, "url": site.layout.article(p), "publishDate": f"{p.day} 10:00:00", "hits": 7}
        for p in site.column(COLUMN)
    ]
    page = Reply(
        (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{COLUMN}</title></head><body><div id='app'></div>"
            f"<script>var api = '/api/content/list?channel={COLUMNS[COLUMN]}&page=1'; fetch(api).then(draw)</script>"
            "<script src='/js/app.js'></script></body></html>"
        ).encode()
    )
    answer = Reply(
        dumps({"code": 0, "data": {"total": len(rows), "records": rows}}).encode(),
        headers={"Content-Type": "application/json"},
    )
    return [replace(site, replies={path: page, f"/api/content/list?channel={COLUMNS[COLUMN]}&page=1": answer})]


def login(site: Site, other: Layout) -> list[Site]:
    """Everything asks for a password."""
    form = site.html('<form action="/do"><input name="user"><input type="password" name="pw">请登录</form>', "用户登录")
    form = Reply(re.sub(rb'<ul class="nav">.*?</ul>|<ol>.*?</ol>', b"", form.body, flags=re.DOTALL))
    return [replace(site, silent=form)]


def maintenance(site: Site, other: Layout) -> list[Site]:
    """Everything answers, with status 200, that the site is being mended."""
    page = "<html><head><title>网站维护</title></head><body><h1>网站正在升级维护，请稍后访问</h1></body></html>"
    return [replace(site, silent=Reply(page.encode()))]


def script_bare(site: Site, other: Layout) -> list[Site]:
    """Everything is drawn by a script that names nothing."""
    page = (
        "<!DOCTYPE html><html><head><title>首页</title></head><body><div id='app'></div><noscript>请启用 JavaScript"
        "</noscript><script src='/static/js/chunk-vendors.8f3a2b1c.js'></script></body></html>"
    )
    return [replace(site, silent=Reply(page.encode()))]


def dropped(site: Site, other: Layout) -> list[Site]:
    """The column is gone, also from the menu; other columns of news are there."""
    paths = {name: path for name, path in site.paths.items() if name != COLUMN}
    return [replace(site, paths=paths, replies={site.paths[COLUMN]: GONE})]


def emptied(site: Site, other: Layout) -> list[Site]:
    """The list at its address is empty, and the column has no other."""
    made = dropped(site, other)[0]
    return [replace(made, replies={site.paths[COLUMN]: site.html('<div class="list"><ul></ul></div>', COLUMN)})]


def captcha(site: Site, other: Layout) -> list[Site]:
    """Everything asks for proof of a person."""
    page = "<html><head><title>访问验证</title></head><body><script>slide()</script>请拖动滑块完成验证</body></html>"
    return [replace(site, silent=Reply(page.encode()))]


def _status(status: int) -> Callable[[Site, Layout], list[Site]]:
    def make(site: Site, other: Layout) -> list[Site]:
        return [replace(site, silent=Reply(b"<html><body>denied</body></html>", status))]

    return make


def huge_home(site: Site, other: Layout) -> list[Site]:
    """The list is gone and the home page has 40 MB."""
    made = dropped(site, other)[0]
    return [replace(made, replies={**made.replies, "/": Reply(b"<html><body>" + b"<p>x</p>" * (HUGE // 8))})]


def loop(site: Site, other: Layout) -> list[Site]:
    """Two addresses lead to each other."""
    made = dropped(site, other)[0]
    replies = {"/": _to("/index.html", 302), "/index.html": _to("/", 302), site.paths[COLUMN]: _to("/", 302)}
    return [replace(made, replies=replies)]


def million_links(site: Site, other: Layout) -> list[Site]:
    """The list is a page of links without end (9 MB of them: a longer page is cut off at the limit of size)."""
    links = "".join(f'<a href="/x/{n}.html">链</a>' for n in range(300_000))
    return [replace(dropped(site, other)[0], replies={site.paths[COLUMN]: Reply(f"<html><body>{links}".encode())})]


CHANGES = (
    Change("moved", True, moved),
    Change("moved, redirect", True, moved_redirect),
    Change("moved, soft 404", True, moved_soft),
    Change("moved, to home page", True, moved_home),
    Change("moved, empty list left", True, moved_empty),
    Change("moved, old list left", True, moved_stale),
    Change("renamed classes", True, renamed),
    Change("new system", True, new_cms),
    Change("new host", True, new_host, needs_host=True),
    Change("GB to UTF-8", True, gb_to_utf8),
    Change("drawn by script, JSON named", True, script_json),
    Change("drawn by script, nothing named", False, script_bare),
    Change("login wall", False, login),
    Change("maintenance, status 200", False, maintenance),
    Change("column dropped", False, dropped),
    Change("empty list", False, emptied),
    Change("captcha", False, captcha),
    Change("403", False, _status(403)),
    Change("412", False, _status(412)),
    Change("521", False, _status(521)),
)
WILD = (
    Change("home page of 40 MB", False, huge_home),
    Change("redirect loop", False, loop),
    Change("page of 300,000 links", False, million_links),
)


def _paths(site: Site) -> dict[str, str]:
    return {name: f"/xxgk{path}" for name, path in site.paths.items()}


def _to(target: str, status: int) -> Reply:
    return Reply(status=status, headers={"Location": target})


def _prefixed(body: str) -> str:
    return re.sub(r'\b(class|id)="(?!UCAP|zoom)([^"]+)"', lambda m: f'{m[1]}="nv-{m[2].replace(" ", " nv-")}"', body)
