"""Article pages of the demo web, in the markup and encoding of their site."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from yuqing.demo.articles import DemoArticle, Site
from yuqing.demo.markup import nested

_TEMPLATES = Path(__file__).parent / "templates"
_UNDATED_INFO = "来源：{origin}"
PARAGRAPHS_A_PART = 2


def encode(text: str, site: Site) -> bytes:
    """``text`` as the site sends it: sites that declare gb2312 actually send GB18030."""
    return text.encode("gb18030" if site.encoding == "gb2312" else "utf-8")


def article_pages(article: DemoArticle, site: Site, related: Sequence[DemoArticle]) -> dict[str, bytes]:
    """The pages of ``article`` by URL: one, or several if it has the flag ``pages``."""
    urls = part_urls(article)
    step = PARAGRAPHS_A_PART if len(urls) > 1 else len(article.paragraphs) or 1
    pages = {}
    for index, url in enumerate(urls):
        following = urls[index + 1] if index + 1 < len(urls) else ""
        text = _render(article, site, related, article.paragraphs[index * step : (index + 1) * step], urls, following)
        pages[url] = encode(text, site)
    return pages


def part_urls(article: DemoArticle) -> list[str]:
    """The URLs of the pages of ``article``: ``x.html``, ``x_2.html`` and so on; ``x-2.html`` on people.com.cn."""
    if "pages" not in article.flags:
        return [article.url]
    stem, _, ending = article.url.rpartition(".")
    mark = "-" if "people.com.cn" in article.url else "_"
    count = -(-len(article.paragraphs) // PARAGRAPHS_A_PART)
    return [article.url, *(f"{stem}{mark}{number}.{ending}" for number in range(2, count + 1))]


def _render(
    article: DemoArticle,
    site: Site,
    related: Sequence[DemoArticle],
    paragraphs: Sequence[str],
    urls: Sequence[str],
    following: str,
) -> str:
    dated = "undated" not in article.flags
    line = (site.line if dated else _UNDATED_INFO).format(t=article.published, origin=escape(article.origin))
    return (
        _environment()
        .get_template(f"{site.page}.jinja")
        .render(
            article=article,
            site=site,
            related=related,
            paragraphs=paragraphs,
            line=Markup(line),  # the markup is that of sites.yaml
            title=nested(site.title),
            info=nested(site.info),
            body=nested(site.body),
            editor=nested(site.editor),
            charset=site.encoding,
            dated=dated,
            early_end="early-html-end" in article.flags,
            parts=urls if len(urls) > 1 else [],
            following=following,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined)
