"""A site of the changing web: its columns, its articles, and how its layout prints them."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Protocol

COLUMNS = {"要闻": "yw", "部门动态": "bmdt", "通知公告": "tzgg"}
"""The columns of every site: name and folder."""
ROWS = 12
_WHO = (
    "市政府",
    "市发展改革委",
    "市教育局",
    "市卫生健康委",
    "高新区",
    "市商务局",
    "市农业农村局",
    "市人社局",
    "市交通运输局",
    "经开区",
)
_DID = ("召开", "印发", "部署", "推进", "启动", "发布", "举办", "完成", "验收", "调研")
_WHAT = (
    "“互联网+政务服务”专项行动", "数字乡村试点工作", "智慧医疗平台建设", "工业互联网应用项目", "在线课堂常态化应用",
    "电子证照共享任务", "跨境电商综合试验区方案", "智慧交通示范工程", "数据资源共享目录", "线上就业服务月活动",
    "营商环境提升行动", "冬季农产品网络销售活动", "社区养老服务试点", "企业上云补助办法", "防汛应急值守安排",
)  # fmt: skip
_TEXT = (
    "{day}，{who}{did}{what}，有关负责人参加并介绍了工作进展。",
    "会议指出，要坚持问题导向，把任务分解到岗、责任落实到人，按月通报进度，确保年底前见到实效。",
    "下一步，{who}将会同有关单位完善配套办法，加强业务培训，扩大服务覆盖面，让群众和企业办事更加方便。",
)


@dataclass(frozen=True)
class Piece:
    """An article of a column."""

    number: int
    column: str
    title: str
    day: date
    paragraphs: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The folder of its column."""
        return COLUMNS[self.column]


@lru_cache(None)
def pieces(seed: int, today: date) -> list[Piece]:
    """The articles of a site: ROWS a column, newest first, a day or two apart."""
    rng = random.Random(seed)
    found = []
    for place, column in enumerate(COLUMNS):
        day = today - timedelta(days=place)
        combinations = [(who, did, what) for who in _WHO for did in _DID for what in _WHAT]
        for row, (who, did, what) in enumerate(rng.sample(combinations, ROWS)):
            said = f"{day.month}月{day.day}日"
            text = tuple(part.format(day=said, who=who, did=did, what=what) for part in _TEXT)
            number = 4_000_000 + seed * 1000 + place * 100 + row
            found.append(Piece(number, column, f"{who}{did}{what}", day, text))
            day -= timedelta(days=rng.choice((0, 1, 1, 2, 3)))
    return found


@dataclass
class Reply:
    """What a site answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})


class Layout(Protocol):
    """How a system prints its lists and articles."""

    name: str
    cms: str

    def article(self, piece: Piece) -> str:
        """The path of an article."""

    def list_path(self, folder: str) -> str:
        """The path of a column's list."""

    def record(self, site: Site, path: str) -> dict[str, Any]:
        """The list of the record that reads the column at ``path``: without its address and channel."""

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        """The list's files by their paths: the body of each, HTML but for endings that say otherwise."""

    def print_article(self, site: Site, piece: Piece) -> str:
        """The markup of an article between header and footer."""


@dataclass
class Site:
    """A site as it is now; changes make another of it. ``paths`` are its columns by name, ``gone`` what old
    addresses answer, ``rename`` says what its classes are called now."""

    host: str
    name: str
    seed: int
    layout: Layout
    today: date
    encoding: str = "utf-8"
    frame: str = "div"
    paths: dict[str, str] = field(default_factory=dict)
    rename: Mapping[str, str] = field(default_factory=dict)
    replies: dict[str, Reply] = field(default_factory=dict)
    silent: Reply | None = None
    extra_head: str = ""

    def __post_init__(self) -> None:
        if not self.paths:
            self.paths = {name: self.layout.list_path(folder) for name, folder in COLUMNS.items()}

    @property
    def pieces(self) -> list[Piece]:
        """Its articles."""
        return pieces(self.seed, self.today)

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://{self.host}{path}"

    def column(self, name: str) -> list[Piece]:
        """The articles of a column."""
        return [piece for piece in self.pieces if piece.column == name]

    def truth(self, name: str) -> dict[str, Piece]:
        """The articles of a column by their addresses."""
        return {self.url(self.layout.article(piece)): piece for piece in self.column(name)}

    def files(self) -> dict[str, Reply]:
        """Everything that it answers, by path with query."""
        if self.silent is not None:
            return {}
        found: dict[str, Reply] = {"/": self.html(self.home(), "首页")}
        for name, path in self.paths.items():
            for address, body in self.layout.print_list(self, path, self.column(name)).items():
                found[address] = self.reply(address, body, name)
        for piece in self.pieces:
            found[self.layout.article(piece)] = self.html(self.layout.print_article(self, piece), piece.title)
        return {**found, **self.replies}

    def reply(self, address: str, body: str, title: str) -> Reply:
        """A file of a list with the type that its ending or first sign says."""
        if body[:1] in "{[":
            return Reply(body.encode(), headers={"Content-Type": "application/json; charset=utf-8"})
        if body.startswith("<?xml"):
            return Reply(body.encode(), headers={"Content-Type": "text/xml; charset=utf-8"})
        return self.html(body, title)

    def html(self, main: str, title: str) -> Reply:
        """A page with header, menu, sidebar and footer."""
        for old, new in self.rename.items():
            main = main.replace(f'"{old}"', f'"{new}"').replace(f'"{old} ', f'"{new} ')
        nav = "".join(f'<li><a href="{path}">{name}</a></li>' for name, path in self.paths.items())
        menu = (
            f'<ul class="nav"><li><a href="/">首页</a></li>{nav}<li><a href="/zwgk/">政务公开</a></li>'
            '<li><a href="/hdjl/">互动交流</a></li><li><a href="/zt/2026/">专题专栏</a></li></ul>'
        )
        hot = "".join(
            f'<li><a href="{self.layout.article(piece)}">{piece.title}</a></li>' for piece in self.pieces[5:30:6]
        )
        side = f'<div class="hot"><h3>热点排行</h3><ol>{hot}</ol></div>'
        links = "".join(f'<a href="http://www.link{n}-demo.gov.cn/">友情链接单位{n}</a>' for n in range(8))
        foot = f'<div class="foot">{links}<p>主办：{self.name} 网站标识码：3507000012 闽ICP备05001234号</p></div>'
        head = (
            f'<meta http-equiv="Content-Type" content="text/html; charset={self.encoding}">'
            f"<title>{title}_{self.name}</title>{self.extra_head}"
        )
        if self.frame == "table":
            body = (
                f"<table><tr><td>{menu}</td></tr><tr><td><table><tr><td>{main}</td><td>{side}</td></tr></table></td></tr>"
                f"<tr><td>{foot}</td></tr></table>"
            )
        else:
            body = f'<div class="head">{menu}</div><div class="wrap">{main}{side}</div>{foot}'
        page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
        return Reply(page.encode("gb18030" if self.encoding.startswith("gb") else self.encoding))

    def home(self) -> str:
        """The home page: the newest of each column with a link to more."""
        boxes = []
        for name, path in self.paths.items():
            rows = "".join(
                f'<li><a href="{self.layout.article(piece)}">{piece.title}</a></li>' for piece in self.column(name)[:5]
            )
            boxes.append(f'<div class="box"><h2>{name} <a href="{path}">更多&gt;&gt;</a></h2><ul>{rows}</ul></div>')
        return '<div class="home">' + "".join(boxes) + "</div>"

    def record(self, source_id: str, columns: tuple[str, ...]) -> dict[str, Any]:
        """The record of sources.yaml for this site as it is."""
        lists = []
        for name in columns:
            path = self.paths[name]
            made = self.layout.record(self, path)
            url = made.pop("url", self.url(path))
            lists.append({"url": url, "adapter": made.pop("adapter"), "channel": name, **made})
        record: dict[str, Any] = {"id": source_id, "name": self.name, "tier": "province-gov", "province": "35"}
        record |= {"hosts": [self.host], "cms": self.layout.cms, "encoding": self.encoding, "lists": lists}
        rules = getattr(self.layout, "article_urls", ())
        if rules:
            record["article_urls"] = list(rules)
        return {key: value for key, value in record.items() if value} | {"verified": "never"}


def dumps(data: Any) -> str:
    """JSON as sites write it."""
    return json.dumps(data, ensure_ascii=False)
