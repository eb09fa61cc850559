"""Extracting links from HTML: the anchor, its title, and the day next to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import quote, urljoin, urlsplit

from lxml import etree
from msgspec.structs import replace

from crawler.decode import decode
from crawler.extract.select import select
from crawler.extract.tree import parse
from crawler.lists.base import ListError
from crawler.lists.days import find_day, list_day, without_day
from crawler.lists.gaps import Gaps
from yuqing.core.records import Link, ListPage, Page

_SPACE = re.compile(r"\s+")
_CUT = ("…", "...")
_BOX_TEXT = 400  # characters: a row with title and day; the surrounding menus and columns are longer
_BOX_LEVELS = 3
_HTML = re.compile(r"<(?:!doctype|html|head|body|div|ul|li|table|a|script)\b", re.IGNORECASE)


def page_text(page: Page) -> str:
    """The decoded body. Raises ListError if it is empty."""
    text = decode(page.body, page.headers).text
    if not text.strip():
        raise ListError("the response is empty.")
    return text


def html_text(page: Page) -> str:
    """The decoded body of an HTML list. Raises ListError if it is not HTML."""
    text = page_text(page)
    if not _HTML.search(text):
        raise ListError(f"HTML expected, the answer begins “{text.strip()[:40]}”.")
    return text


def html_links(html: str, page: Page, list_page: ListPage) -> tuple[Link, ...]:
    """The links of ``html``, without duplicate URLs, in page order.

    ``list_page.items`` selects the rows or the anchors of the list; if it is empty or matches nothing (a site changed
    its layout), every link of the page is returned, because the caller keeps only article links. ``fields`` may contain
    selectors below a row: ``url``, ``title`` and ``day``.
    """
    root = parse(html)
    return () if root is None else tree_links(root, page, list_page)


def tree_links(root: etree._Element, page: Page, list_page: ListPage) -> tuple[Link, ...]:
    """:func:`html_links` for a page that is already parsed."""
    base = base_of(root, page.url)
    gaps = Gaps(page.fetched_at)
    rows = select(root, list_page.items) if list_page.items else []
    anchors = [] if rows and all(row.tag != "a" for row in rows) else select(root, "a[href]")
    near = _hrefs_near(anchors)
    found: dict[str, Link] = {}
    charset = ""
    for row in rows or anchors:
        anchor = row if row.tag == "a" else first(row, list_page.fields.get("url", "a[href]"))
        url = resolve(base, anchor.get("href", "")) if anchor is not None else ""
        if not url.isascii():
            charset = charset or decode(page.body, page.headers).encoding
            url = in_charset(url, charset)
        if anchor is None or not url:
            continue
        box = _box(anchor, near) if row.tag == "a" else row
        link = _link(url, row, anchor, box, list_page, page.fetched_at)
        if link.day is None and "day" not in list_page.fields:
            link = replace(link, day=gaps.day_of(anchor if box is None else box))
        known = found.get(url)
        found[url] = _better(known, link) if known else link
    return tuple(found.values())


def resolve(base: str, href: str) -> str:
    """``href`` as an absolute http(s) URL without fragment, or an empty string."""
    href = _SPACE.sub("", href)
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return ""
    try:
        url = urljoin(base, href).partition("#")[0]
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:  # raised by urllib for a malformed host
        return ""


def in_charset(url: str, charset: str) -> str:
    """``url`` as a browser requests it from a page in ``charset``, if that is not UTF-8: the query is encoded in the
    charset.

    Characters outside the charset become references as in browsers (&#134071;); the path is always UTF-8, as in Scrapy.
    """
    head, mark, query = url.partition("?")
    if query.isascii() or not charset.startswith(("gb", "big5")):
        return url
    return head + mark + quote(query.encode(charset, "xmlcharrefreplace"), safe="%!$&'()*+,-./:;=?@_~")


def plain(text: str) -> str:
    """``text`` with each run of white space replaced by one space."""
    return _SPACE.sub(" ", text).strip()


def first(element: etree._Element, css: str) -> etree._Element | None:
    """The first element below ``element`` that ``css`` selects."""
    return next(iter(select(element, css)), None)


def _text(element: etree._Element) -> str:
    return plain(" ".join(map(str, element.itertext())))


def base_of(root: etree._Element, url: str) -> str:
    """The base URL for relative links of the page at ``url``."""
    base = first(root, "base[href]")
    return resolve(url, base.get("href", "")) or url if base is not None else url


def _link(
    url: str, row: etree._Element, anchor: etree._Element, box: etree._Element | None, list_page: ListPage, at: datetime
) -> Link:
    fields = list_page.fields
    named = first(row, fields["title"]) if "title" in fields else None
    text = _text(anchor if named is None else named)
    hint = plain(anchor.get("title", ""))
    title = without_day(text)
    if hint and (not title or title.endswith(_CUT)):
        title = hint
    if "day" in fields:
        printed = first(row, fields["day"])
        day = list_day(_text(printed), at) if printed is not None else None
    else:
        day = _day_beside(box, text, at)
    return Link(url=url, title=title, day=day, channel=list_page.channel)


def _day_beside(box: etree._Element | None, text: str, at: datetime) -> date | None:
    """The day in the row: in the text outside the links, or else at the edge of the anchor's text."""
    around = _text(box) if box is not None else ""
    if len(around) > _BOX_TEXT:
        around = ""
    elif box is not None:  # a headline may contain a score (3-2), and may occur twice
        for words in sorted({text, *map(_text, box.iter("a"))} - {""}, key=len, reverse=True):
            around = around.replace(words, " ")
        around = around.strip()
    if around and (day := find_day(around, at)):
        return day
    title = without_day(text)
    return find_day(text.replace(title, " ", 1), at) if title != text else None


def _hrefs_near(anchors: list[etree._Element]) -> dict[etree._Element, set[str]]:
    """For the closest ancestors of every link, the different URLs below them, in a single pass."""
    near: dict[etree._Element, set[str]] = {}
    for anchor in anchors:
        for parent in _parents(anchor):
            near.setdefault(parent, set()).add(anchor.get("href", ""))
    return near


def _box(anchor: etree._Element, near: dict[etree._Element, set[str]]) -> etree._Element | None:
    """The largest close ancestor that concerns only this link."""
    box = None
    for parent in _parents(anchor):
        if len(near.get(parent, ())) > 1:
            break
        box = parent
    return box


def _parents(anchor: etree._Element) -> Iterator[etree._Element]:
    parent = anchor.getparent()
    for _ in range(_BOX_LEVELS):
        if parent is None or parent.tag in ("body", "html"):
            return
        yield parent
        parent = parent.getparent()


def _better(known: Link, link: Link) -> Link:
    """Merge two occurrences of one URL (a picture and a headline)."""
    title = link.title if len(link.title) > len(known.title) else known.title
    return Link(url=known.url, title=title, day=known.day or link.day, channel=known.channel)
