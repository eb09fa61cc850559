"""The results of a probe, as JSON and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal

from yuqing.core.records import Record


class Verdict(StrEnum):
    """How a source responds, worst first."""

    LOST = "失联"  # no address, no response, or only server errors
    REFUSED = "拒绝"  # it refuses, or its robots.txt forbids all lists
    CHANGED = "改版"  # it responds, but no list yields articles, or no article can be read
    PARTLY = "部分可用"
    USABLE = "可用"


ListState = Literal[
    "ok",
    "moved",  # it works, at the URL given by a permanent redirect
    "stale",  # it works, but nothing was added for half a year
    "no-articles",  # links, but none to an article of the source
    "not-selected",  # articles, but none in the rows that the record selects
    "empty",
    "missing",  # 404 or 410, or a page with status 200 that says so
    "home",  # redirected to another page of the site, as sites do for missing pages
    "login",
    "script-drawn",
    "unreadable",  # not in the format of its adapter
    "too-large",
    "off-site",
    "loop",
    "robots",
    "refused",
    "server-error",
    "unreachable",
    "unasked",  # the probe ran out of requests before
]
WORKING: tuple[ListState, ...] = ("ok", "moved")
GIVING: tuple[ListState, ...] = (*WORKING, "stale")
STATES: dict[ListState, str] = {
    "ok": "正常",
    "moved": "已转向新地址",
    "stale": "长期没有新文章",
    "no-articles": "没有文章链接",
    "not-selected": "版式已变",
    "empty": "列表为空",
    "missing": "页面不存在",
    "home": "转到了别的页面",
    "login": "要求登录",
    "script-drawn": "由脚本绘制",
    "unreadable": "格式不符",
    "too-large": "页面过大",
    "off-site": "转向别的主机",
    "loop": "循环转向",
    "robots": "robots.txt 禁止",
    "refused": "拒绝访问",
    "server-error": "服务器出错",
    "unreachable": "无法连接",
    "unasked": "本次未问",
}


class ListSeen(Record):
    """The result for one list of a record. ``links`` counts all, ``articles`` those to articles of the source;
    ``newest`` is the newest day of the latter. ``target`` is where a redirect leads."""

    url: str
    adapter: str
    channel: str = ""
    state: ListState = "unasked"
    detail: str = ""
    status: int = 0
    links: int = 0
    articles: int = 0
    newest: date | None = None
    target: str = ""


class ArticleSeen(Record):
    """The result for one article: what was extracted, by which method, and whether its day matches the list's.

    ``rejected`` says why there is no article. ``agrees`` is None if the list or the page has no day.
    """

    url: str
    listed: str = ""
    title: str = ""
    day: date | None = None
    date_source: str = ""
    origin: str = ""
    length: int = 0
    method: str = ""
    agrees: bool | None = None
    rejected: str = ""

    @property
    def whole(self) -> bool:
        """Whether title, day and body were extracted."""
        return bool(self.title and self.day and self.length)


class NewList(Record):
    """A list in the form of a record; empty fields are left out of the record."""

    url: str
    adapter: str
    channel: str = ""
    items: str = ""
    fields: Mapping[str, str] = {}
    next: str = ""
    first_page: int = 1
    params: Mapping[str, str] = {}


class Sample(Record):
    """A sample link of a proposed list."""

    url: str
    title: str
    day: date | None = None


class Proposal(Record):
    """A change to a record. ``old`` is the list that it replaces (empty: none, or the whole host).

    ``sure``: its list scored high, is fresh, is in the old one's place or has its name, and an article of it was
    extracted completely. ``hosts`` are to be added, which only a person may approve. ``score`` is from 0 to 1.
    """

    kind: Literal["list", "host", "encoding"]
    why: str
    old: str = ""
    new: NewList | None = None
    article_urls: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    encoding: str = ""
    score: float = 0.0
    sure: bool = False
    samples: tuple[Sample, ...] = ()


class Probe(Record):
    """The result of probing a source; ``requests`` is the total number used."""

    source_id: str
    name: str
    at: str
    verdict: Verdict
    lists: tuple[ListSeen, ...] = ()
    articles: tuple[ArticleSeen, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    requests: int = 0
