"""Layouts that were written after the induction was tuned, in the markup of systems that it had not seen.

The first figure on them, before anything was changed because of them, stands in
docs/decisions/sources/measured-on-sites-that-change.md.
"""

from __future__ import annotations

from typing import Any

from tests.sources.changing.known import Trs, byline, paragraphs
from tests.sources.changing.site import Layout, Piece, Site


class Lines(Trs):
    """Lines ended by br, a dot before and the day behind in brackets, in one cell."""

    name, cms = "lines", ""
    article_urls: tuple[str, ...] = (r"/read\.asp\?newsid=\d+",)
    body = 'class="zhengwen"'

    def article(self, piece: Piece) -> str:
        return f"/read.asp?newsid={piece.number}"

    def list_path(self, folder: str) -> str:
        return f"/more_{folder}.asp"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "td.listcell a"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "<br>".join(f'・<a href="{self.article(p)}">{p.title}</a>&nbsp;[{p.day:%Y-%m-%d}]' for p in rows)
        return {path: f'<table width="98%"><tr><td class="listcell">{lines}</td></tr></table>'}


class Semantic(Lines):
    """article, header and time elements."""

    name = "semantic"
    article_urls = (r"/archives/\d+/?$",)

    def article(self, piece: Piece) -> str:
        return f"/archives/{piece.number}/"

    def list_path(self, folder: str) -> str:
        return f"/category/{folder}/"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "article.post", "next": "page/{n}/"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<article class="post post-{p.number}"><header><h2 class="entry-title">'
            f'<a href="{self.article(p)}" rel="bookmark">{p.title}</a></h2><time datetime="{p.day}T09:00:00+08:00">'
            f'{p.day:%Y年%m月%d日}</time></header><div class="excerpt"><p>{p.paragraphs[1]}</p></div><footer>'
            f'<a href="{path}">{p.column}</a></footer></article>'
            for p in rows
        )
        return {path: f'<main id="main">{lines}<nav><a class="page-numbers" href="{path}page/2/">2</a></nav></main>'}

    def print_article(self, site: Site, piece: Piece) -> str:
        return (
            f'<article><h1 class="entry-title">{piece.title}</h1><div class="meta">{byline(site, piece)}</div>'
            f'<div class="entry-content">{paragraphs(piece)}</div></article>'
        )


class Numbered(Lines):
    """A table with number, title, department, day and clicks."""

    name = "numbered"
    article_urls = (r"/govxxgk/[0-9A-Z]+/\d{4}-\d{2}-\d{2}/[0-9a-f-]{36}\.html",)

    def article(self, piece: Piece) -> str:
        tail = f"{piece.number:012d}"
        return f"/govxxgk/FJ07010/{piece.day}/5e1d0c9b-77a2-4c1f-9e55-{tail}.html"

    def list_path(self, folder: str) -> str:
        return f"/govxxgk/{folder}/list.html"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "table.xxgk tbody tr"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<tr><td>{n}</td><td class="t"><a href="{self.article(p)}" title="{p.title}">{p.title}</a></td>'
            f"<td>市政府办公室</td><td>{p.day}</td><td>{120 - n}</td></tr>"
            for n, p in enumerate(rows, 1)
        )
        head = "<thead><tr><th>序号</th><th>标题</th><th>发布机构</th><th>日期</th><th>点击</th></tr></thead>"
        return {path: f'<table class="xxgk">{head}<tbody>{lines}</tbody></table>'}


class OwnTables(Lines):
    """Every row a table of its own, as page builders of 2005 made them."""

    name = "own-tables"
    article_urls = (r"/Article/\w+/\d{6}/\d+\.html",)

    def article(self, piece: Piece) -> str:
        return f"/Article/{piece.folder}/{piece.day:%Y%m}/{piece.number % 10**5}.html"

    def list_path(self, folder: str) -> str:
        return f"/Article/{folder}/Index.html"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "table.main_tdbg_575 table"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            '<table width="100%" cellspacing="0"><tr><td width="20"><img src="/d.gif"></td>'
            f'<td><a class="listA" href="{self.article(p)}">{p.title}</a></td>'
            f'<td align="right">({p.day.month}月{p.day.day}日)</td></tr></table>'
            for p in rows
        )
        return {path: f'<table class="main_tdbg_575"><tr><td>{lines}</td></tr></table>'}


class Timeline(Lines):
    """Days as headings, articles below them."""

    name = "timeline"
    article_urls = (r"/html/\d{4}/\w+_\d{4}/\d+\.html",)

    def article(self, piece: Piece) -> str:
        return f"/html/{piece.day:%Y}/{piece.folder}_{piece.day:%m%d}/{piece.number}.html"

    def list_path(self, folder: str) -> str:
        return f"/html/{folder}/"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "ul.timeline li"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<li class="item"><p class="d"><strong>{p.day:%d}</strong> / {p.day:%Y.%m}</p><div class="c">'
            f'<a href="{self.article(p)}" target="_blank"><span class="ellipsis">{p.title}</span></a></div></li>'
            for p in rows
        )
        return {path: f'<ul class="timeline">{lines}</ul>'}


class PhpCms(Lines):
    """Addresses of parameters alone."""

    name = "phpcms"
    article_urls = (r"/index\.php\?m=content&c=index&a=show&catid=\d+&id=\d+",)

    def article(self, piece: Piece) -> str:
        return f"/index.php?m=content&c=index&a=show&catid={10 + len(piece.folder)}&id={piece.number % 10**6}"

    def list_path(self, folder: str) -> str:
        return f"/index.php?m=content&c=index&a=lists&col={folder}"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "ul.list-lh li"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = []
        for n, p in enumerate(rows):
            link = self.article(p).replace("&", "&amp;")
            lines.append(f'<li><span class="rt">{p.day} 10:11:12</span>·<a href="{link}" >{p.title}</a></li>')
            if n % 5 == 4:
                lines.append('<li class="bk20 hr"></li>')
        return {path: f'<ul class="list lh24 f14 list-lh">{"".join(lines)}</ul>'}


class Grid(Lines):
    """A grid built by a style framework: hashed classes, the title cut, its whole text in an attribute."""

    name = "grid"
    article_urls = (r"/p/[0-9a-f]{24}",)

    def article(self, piece: Piece) -> str:
        return f"/p/{piece.number:08x}64f0a1b2c3d4e5f6"

    def list_path(self, folder: str) -> str:
        return f"/c/{folder}"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "div.grid > div"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<div class="css-1x{p.number % 9}k9z2 col-6"><a href="{self.article(p)}" title="{p.title}">'
            f"{p.title[:14]}…</a>"
            f'<small class="text-muted">发布于 {p.day:%Y-%m-%d}</small></div>'
            for p in rows
        )
        return {path: f'<div class="grid css-8ab31c">{lines}</div>'}


HELD: tuple[type[Layout], ...] = (Lines, Semantic, Numbered, OwnTables, Timeline, PhpCms, Grid)
