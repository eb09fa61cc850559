"""Layouts that no adapter was written for; the induction was tuned on these."""

from __future__ import annotations

from typing import Any

from tests.sources.changing.known import Trs, byline, paragraphs
from tests.sources.changing.site import Piece, Site


class Vsb(Trs):
    """博达: /info/COLUMN/NUMBER.htm, days in a span before the link."""

    name, cms = "vsb", ""
    article_urls = (r"/info/\d+/\d+\.htm",)
    body = 'class="v_news_content"'

    def article(self, piece: Piece) -> str:
        return f"/info/10{len(piece.folder)}2/{piece.number % 100000}.htm"

    def list_path(self, folder: str) -> str:
        return f"/{folder}.htm"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "div.main_conR ul li"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<li id="line_u10_{n}"><span>{p.day}</span>'
            f'<a href="{self.article(p)}" title="{p.title}">{p.title}</a></li>'
            for n, p in enumerate(rows)
        )
        return {path: f'<div class="main_conR"><ul>{lines}</ul></div>'}


class Definitions(Vsb):
    """dl, dt and dd, the day in a definition of its own."""

    name = "definitions"
    article_urls = (r"/detail/\d{8}/\d+\.html",)

    def article(self, piece: Piece) -> str:
        return f"/detail/{piece.day:%Y%m%d}/{piece.number}.html"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "dl.newslist dt"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<dt><a href="{self.article(p)}">{p.title}</a></dt><dd>{p.day:%Y年%m月%d日}</dd>' for p in rows
        )
        return {path: f'<dl class="newslist">{lines}</dl>'}


class Cards(Vsb):
    """Cards that are links: heading, excerpt, day and month apart."""

    name = "cards"
    article_urls = (r"/news/show-\d+\.html",)

    def article(self, piece: Piece) -> str:
        return f"/news/show-{piece.number}.html"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "a.card", "fields": {"title": "h3", "day": "div.when"}}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<a class="card" href="{self.article(p)}"><div class="when"><b>{p.day.day:02}</b>'
            f"<span>{p.day:%Y-%m}</span></div><h3>{p.title}</h3><p>{p.paragraphs[1]}</p></a>"
            for p in rows
        )
        return {path: f'<div class="cards">{lines}</div>'}


class AspNet(Vsb):
    """ASP.NET: numbers in the query, rows of a table."""

    name = "aspnet"
    article_urls = (r"/NewsView\.aspx\?id=\d+",)

    def article(self, piece: Piece) -> str:
        return f"/NewsView.aspx?id={piece.number}"

    def list_path(self, folder: str) -> str:
        return f"/NewsList.aspx?type={folder}"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "#GridView1 tr"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<tr><td><img src="/i.gif"></td><td><a href="{self.article(p)}">{p.title}</a></td>'
            f"<td>{p.day.year}/{p.day.month}/{p.day.day}</td></tr>"
            for p in rows
        )
        return {path: f'<table id="GridView1">{lines}</table>'}


class Split(Vsb):
    """A box for the day, a link to the column, then the title."""

    name = "split"
    article_urls = (r"/content/\d{4}/\d+\.shtml",)

    def article(self, piece: Piece) -> str:
        return f"/content/{piece.day.year}/{piece.number}.shtml"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        fields = {"url": "a.tit", "title": "a.tit", "day": "div.day"}
        return {"adapter": "html-list", "items": "div.row", "fields": fields}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<div class="row"><div class="day"><b>{p.day:%m-%d}</b><i>{p.day.year}</i></div><div class="txt">'
            f'<a class="col" href="{path}">[{p.column}]</a><a class="tit" href="{self.article(p)}">{p.title}</a>'
            "</div></div>"
            for p in rows
        )
        return {path: f'<div class="rows">{lines}</div>'}


class Pictures(Vsb):
    """A picture and a headline to one address, an excerpt and a day."""

    name = "pictures"
    article_urls = (r"/a/\d{8}/\d+\.html",)

    def article(self, piece: Piece) -> str:
        return f"/a/{piece.day:%Y%m%d}/{piece.number}.html"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "div.media", "fields": {"title": "h4"}}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<div class="media"><a class="pic" href="{self.article(p)}"><img src="/p{n}.jpg" alt=""></a>'
            f'<div class="body"><h4><a href="{self.article(p)}">{p.title}</a></h4>'
            f"<p>{p.paragraphs[2]}</p><em>{p.day}</em></div></div>"
            for n, p in enumerate(rows)
        )
        return {path: f'<div class="list-media">{lines}</div>'}

    def print_article(self, site: Site, piece: Piece) -> str:
        return (
            f'<article><h1>{piece.title}</h1><p class="by">{byline(site, piece)}</p>'
            f"<section>{paragraphs(piece)}</section></article>"
        )


TUNED = (Vsb, Definitions, Cards, AspNet, Split, Pictures)
