"""The articles and sites of the demo web, as written in ``content/*.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from yuqing.core.yamlfile import check, read_yaml

CONTENT = Path(__file__).parent / "content"
_NO_ARTICLES = ("sites.yaml", "filler.yaml")

Flag = Literal[
    "early-html-end",  # </html> before the article, as gov.cn's UCAP writes it
    "gzip",  # answered with Content-Encoding: gzip
    "etag",  # ETag and Last-Modified, 304 on a conditional request
    "pages",  # the article spans several pages
    "undated",  # no day on the page, in the URL or in the list
    "no-list-day",  # the list shows no day for it
    "too-short",
    "gone",  # 404
    "status-403",
    "status-412",
    "status-521",
    "challenge",  # 200, but with a script that asks for a cookie
    "robots",  # robots.txt forbids it
    "calendar",  # one month of a calendar that links to the next, endlessly
    "off-site",  # redirects to a host of another site
    "https",  # http redirects to https on the same host
    "huge",  # a page of 30 MB
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoArticle:
    """One article of the demo web.

    ``text`` has one paragraph per line. ``gold`` lists the rows of the published report about the same event,
    ``relevant`` says whether the article is about Internet Plus at all, ``reprint_of`` is the URL of the original of a
    reprint.
    """

    source: str
    url: str
    title: str
    published: datetime
    text: str = ""
    origin: str = ""
    editor: str = ""
    gold: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    attachments: tuple[str, ...] = ()
    reprint_of: str = ""
    relevant: bool = True

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the text."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @property
    def list_day(self) -> date | None:
        """The day that a list shows for it; None if the list shows none."""
        hidden = "undated" in self.flags or "no-list-day" in self.flags
        return None if hidden else self.published.date()

    @property
    def address(self) -> tuple[str, str]:
        """Host, and path with query."""
        return address(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The markup of a source's pages, and how many ordinary articles it has in addition to the written ones.

    ``title``, ``info``, ``body`` and ``editor`` are the elements of the article as short CSS paths; ``line`` is the
    text of the info element, with ``{t:…}`` for the time and ``{origin}``. ``urls`` is the URL pattern of the ordinary
    articles; ``filler`` of them are from February and March 2018, ``archive`` from before.
    """

    page: Literal["govcn", "people", "xinhua", "portal"] = "portal"
    name: str = ""
    region: str = ""
    suffix: str = ""
    metas: Literal["gov", "media", "none"] = "none"
    title: str = "h1"
    info: str = "div.info"
    body: str = "div.content"
    editor: str = "div.editor"
    line: str = "{t:%Y-%m-%d %H:%M}　来源：{origin}"
    urls: str = ""
    filler: int = 0
    archive: int = 0
    encoding: Literal["utf-8", "gb2312"] = "utf-8"
    lists: Literal["ok", "status-412", "status-521", "self-redirect"] = "ok"
    menu: tuple[str, ...] = ("首页", "要闻", "时政", "经济", "社会", "专题")


def address(url: str) -> tuple[str, str]:
    """Host, and path with query, of ``url``."""
    parts = urlsplit(url)
    return parts.netloc.lower(), (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@cache
def load_articles() -> tuple[DemoArticle, ...]:
    """Every written article, in the order of the files. Raises FileError."""
    adapter: TypeAdapter[tuple[DemoArticle, ...]] = TypeAdapter(tuple[DemoArticle, ...])
    files = sorted(path for path in CONTENT.glob("*.yaml") if path.name not in _NO_ARTICLES)
    found: list[DemoArticle] = []
    for path in files:
        file = read_yaml(path)
        part = check(file, (), file.data, adapter)
        found += part
    return tuple(found)


@cache
def load_sites() -> dict[str, Site]:
    """The sites of ``content/sites.yaml`` by source id. Raises FileError."""
    file = read_yaml(CONTENT / "sites.yaml")
    return check(file, (), file.data, TypeAdapter(dict[str, Site]))


def newest_first(articles: Iterable[DemoArticle]) -> list[DemoArticle]:
    """``articles`` in the order of a list page."""
    return sorted(articles, key=lambda article: (article.published, article.url), reverse=True)
