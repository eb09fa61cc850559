"""The layouts of systems that list adapters and address dialects were written for."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from tests.sources.changing.site import Piece, Site, dumps


def key(text: object) -> str:
    """32 hexadecimal digits for a text."""
    return f"{crc32(str(text).encode()):08x}" * 4


def article(title: str, text: str, meta: str, body: str) -> str:
    """An article: a heading, a byline and the paragraphs in a named box."""
    return f'<div class="xl"><h1>{title}</h1><div class="info">{meta}</div><div {body}>{text}</div></div>'


def paragraphs(piece: Piece) -> str:
    """The body."""
    return "".join(f"<p>　　{part}</p>" for part in piece.paragraphs)


def byline(site: Site, piece: Piece) -> str:
    """Day and origin."""
    return f"发布时间：{piece.day} 10:20　来源：{site.name}"


class Trs:
    """TRS WCM: static columns with createPageHTML."""

    name, cms = "trs", "trs"
    body = 'class="TRS_Editor"'

    def article(self, piece: Piece) -> str:
        return f"/xwdt/{piece.folder}/{piece.day:%Y%m}/t{piece.day:%Y%m%d}_{piece.number}.html"

    def list_path(self, folder: str) -> str:
        return f"/xwdt/{folder}/"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "trs-static", "items": "ul.list li", "fields": {"day": "span.date"}}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<li><a href=".{self.article(p)[len("/xwdt/") + len(p.folder) :]}" title="{p.title}">{p.title}</a>'
            f'<span class="date">{p.day}</span></li>'
            for p in rows
        )
        here = f'<base href="{site.url(f"/xwdt/{rows[0].folder}/")}">'
        script = '<script>createPageHTML(12, 0, "index", "html");</script>'
        return {path: f'{here}<div class="gl"><ul class="list">{lines}</ul>{script}</div>'}

    def print_article(self, site: Site, piece: Piece) -> str:
        return article(piece.title, paragraphs(piece), byline(site, piece), self.body)


class TrsTable(Trs):
    """TRS WCM of before 2015: rows of a table, days in brackets."""

    name = "trs-table"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "table.lb tr"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<tr><td>·</td><td><a href="{self.article(p)}">{p.title}</a></td><td>[{p.day:%m-%d}]</td></tr>'
            for p in rows
        )
        return {path: f'<table class="lb">{lines}</table>'}


class UcapHtml(Trs):
    """UCAP with printed lists."""

    name, cms = "ucap-html", "ucap"
    body = 'id="UCAP-CONTENT"'

    def article(self, piece: Piece) -> str:
        return f"/{piece.folder}/{piece.day:%Y%m}/{key(piece.number)}.shtml"

    def list_path(self, folder: str) -> str:
        return f"/{folder}/list.shtml"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "div.news_list > ul > li", "next": "list_{n}.shtml"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<li><a href="{self.article(p)}" target="_blank">{p.title}</a><i>{p.day:%Y/%m/%d}</i></li>' for p in rows
        )
        pager = f'<a href="{path.replace("list", "list_2")}">2</a>' if "list" in path else ""
        return {path: f'<div class="news_list"><ul>{lines}</ul>{pager}</div>'}


class UcapJson(UcapHtml):
    """UCAP whose columns are filled from /common/search."""

    name = "ucap-json"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "ucap-json"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        channel = key(site.host + path)
        found = [{"title": p.title, "url": self.article(p), "publishedTimeStr": f"{p.day} 09:00:00"} for p in rows]
        query = "?_isAgg=true&_isJson=true&_pageSize=20&_template=index&_rangeTimeGte=&_channelName=&page=1"
        return {
            path: f'<meta name="channelid" content="{channel}"><div class="news_list" id="list"></div>',
            f"/common/search/{channel}{query}": dumps({"data": {"results": found, "total": len(found)}}),
        }


class JcmsXml(Trs):
    """Hanweb JCMS: the rows in a datastore of XML."""

    name, cms = "jcms-xml", "jcms"
    body = 'id="zoom"'

    def article(self, piece: Piece) -> str:
        return f"/art/{piece.day.year}/{piece.day.month}/{piece.day.day}/art_1229_{piece.number}.html"

    def list_path(self, folder: str) -> str:
        return f"/col/col{crc32(folder.encode()) % 10**7}/index.html"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "jcms-xml"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        records = "".join(
            f"<record><![CDATA[<li><a title='{p.title}' href='{self.article(p)}'>{p.title}</a><b>{p.day}</b></li>]]>"
            "</record>"
            for p in rows
        )
        store = f"<datastore><recordset>{records}</recordset><totalrecord>{len(rows)}</totalrecord></datastore>"
        return {path: f'<div id="212860"><script type="text/xml">{store}</script></div>'}


class Jpaas(JcmsXml):
    """Hanweb jpaas: the column names a unit, whose answer is HTML in JSON."""

    name, cms = "jpaas", "jpaas"

    def article(self, piece: Piece) -> str:
        return f"/art/{piece.day.year}/art_{key(piece.number)}.html"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "jpaas"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        unit, page_id = "/api-gateway/jpaas-publish-server/front/page/build/unit", key(site.host + path)
        lines = "".join(f"<li><a href='{self.article(p)}'>{p.title}</a><span>{p.day}</span></li>" for p in rows)
        script = (
            f"<script url=\"{unit}\" queryData=\"{{'webId':'8d82','pageId':'{page_id}','parseType':'bulidstatic',"
            "'pageType':'column','tagId':'信息列表','editType':'null'}\"></script>"
        )
        query = (
            f"?webId=8d82&pageId={page_id}&parseType=bulidstatic&pageType=column&tagId=%E4%BF%A1%E6%81%AF%E5%88%97%E8%A1%A8"
            "&editType=null&paramJson=%7B%22pageNo%22%3A+1%2C+%22pageSize%22%3A+15%7D"
        )
        return {
            path: f'<div class="list_con">{script}</div>',
            unit + query: dumps({"success": True, "data": {"html": f"<ul>{lines}</ul>"}}),
        }


class People(Trs):
    """人民网: lists of links with days in brackets, in groups."""

    name, cms = "people", "people"
    body = 'class="rm_txt_con"'

    def article(self, piece: Piece) -> str:
        return f"/n2/{piece.day.year}/{piece.day:%m%d}/c{crc32(piece.folder.encode()) % 10**6}-{piece.number}.html"

    def list_path(self, folder: str) -> str:
        return f"/GB/{crc32(folder.encode()) % 10**6}/index.html"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "div.ej_list_box li", "next": "index{n}.html"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = [f"<li><a href='{self.article(p)}'>{p.title}</a> <em>{p.day:%Y-%m-%d}</em></li>" for p in rows]
        groups = "".join(f'<ul class="list_16">{"".join(lines[n : n + 4])}</ul>' for n in range(0, len(lines), 4))
        return {
            path: f'<div class="ej_list_box">{groups}<div class="page"><a href="index2.html">下一页</a></div></div>'
        }


class XinhuaDs(Trs):
    """新华网: the column names a ds file of JSON."""

    name, cms = "xinhua-ds", "xinhua"
    body = 'id="detailContent"'

    def article(self, piece: Piece) -> str:
        return f"/{piece.folder}/{piece.day:%Y%m%d}/{key(piece.number)}/c.html"

    def list_path(self, folder: str) -> str:
        return f"/{folder}/index.html"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "xinhua-ds"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        name = key(site.host + path)
        found = [
            {"title": p.title, "publishUrl": self.article(p), "publishTime": f"{p.day} 08:30:00", "author": "某"}
            for p in rows
        ]
        folder = path.rpartition("/")[0]
        return {
            path: f'<ul class="list" data="datasource:{name}"></ul>',
            f"{folder}/ds_{name}.json": dumps({"datasource": found}),
        }


class Gkmlpt(Trs):
    """Guangdong's open information, a JSON API; the printed columns name the platform's site."""

    name, cms = "gkmlpt", "gd"

    def article(self, piece: Piece) -> str:
        return f"/{piece.folder}/content/post_{piece.number}.html"

    def list_path(self, folder: str) -> str:
        return f"/{folder}/"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "div.viewList li"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<li><a href="{self.article(p)}">{p.title}</a><span class="time">{p.day}</span></li>' for p in rows
        )
        pager = f'<a href="{path}index_2.html">下一页</a>'
        return {path: f'<div class="viewList"><ul>{lines}</ul>{pager}</div>'}


class Founder(Trs):
    """方正翔宇: content_ addresses below a day."""

    name, cms = "founder", "founder"
    body = 'class="content"'

    def article(self, piece: Piece) -> str:
        return f"/{piece.folder}/{piece.day:%Y-%m/%d}/content_{piece.number}.htm"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "#list dd"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(f'<dd><a href="{self.article(p)}">{p.title}</a>（{p.day:%Y-%m-%d}）</dd>' for p in rows)
        return {path: f'<dl id="list"><dt>栏目</dt>{lines}</dl>'}


class System(Trs):
    """/system/ addresses of news sites."""

    name, cms = "system", "system"
    body = 'id="contentmain"'

    def article(self, piece: Piece) -> str:
        return f"/system/{piece.day:%Y/%m/%d}/{piece.number}.shtml"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "div.news-list div.item"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<div class="item"><h3><a href="{self.article(p)}">{p.title}</a></h3>'
            f'<p class="sum">{p.paragraphs[1][:30]}…</p><p class="meta"><span>{p.day} 10:00</span></p></div>'
            for p in rows
        )
        return {path: f'<div class="news-list">{lines}</div>'}


class Longxun(Trs):
    """龙讯 (Anhui): numbers without a day."""

    name, cms = "longxun", "longxun"
    body = 'class="j-fontContent"'

    def article(self, piece: Piece) -> str:
        return f"/zwyw/{piece.folder}/56{piece.number}.html"

    def list_path(self, folder: str) -> str:
        return f"/zwyw/{folder}/index.html"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "ul.doc_list li"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<li class="{"odd" if n % 2 else "even"}"><span class="right date">{p.day}</span>'
            f'<a href="{self.article(p)}">{p.title}</a></li>'
            for n, p in enumerate(rows)
        )
        return {path: f'<ul class="doc_list list-{crc32(path.encode()) % 9999999}">{lines}</ul>'}


class Tree(Trs):
    """The n/c content tree of central bodies: no day in the address."""

    name, cms = "n-c-tree", "n-c-tree"
    body = 'id="con_con"'

    def article(self, piece: Piece) -> str:
        return f"/n2588025/n258{crc32(piece.folder.encode()) % 9999}/c{piece.number}/content.html"

    def list_path(self, folder: str) -> str:
        return f"/n2588025/n258{crc32(folder.encode()) % 9999}/index.html"

    def record(self, site: Site, path: str) -> dict[str, Any]:
        return {"adapter": "html-list", "items": "div.clist_con li"}

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        lines = "".join(
            f'<li><a href="{self.article(p)}">{p.title}</a><span>{p.day:%Y.%m.%d}</span></li>' for p in rows
        )
        return {path: f'<div class="clist_con"><ul>{lines}</ul></div>'}


KNOWN = (Trs, TrsTable, UcapHtml, UcapJson, JcmsXml, Jpaas, People, XinhuaDs, Gkmlpt, Founder, System, Longxun, Tree)
