"""Links out of HTML: the anchor, its title, and the day printed beside it."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.records import Link, ListPage, Page
from crawler.decode import decode
from crawler.lists.base import ListError
from crawler.lists.days import find_day, list_day, without_day

_SPACE = re.compile(r"\s+")
_CUT = ("…", "...")
_BOX_TEXT = 400  # characters: a row with title and day; the menus and columns around it are longer
_BOX_LEVELS = 3
_HTML = re.compile(r"<(?:!doctype|html|head|body|div|ul|li|table|a|script)\b", re.IGNORECASE)


def page_text(page: Page) -> str:
    """The decoded body. Raises ListError when it is empty."""
    text = decode(page.body, page.headers).text
    if not text.strip():
        raise ListError("the answer is empty.")
    return text


def html_text(page: Page) -> str:
    """The decoded body of an HTML list. Raises ListError when it is no HTML."""
    text = page_text(page)
    if not _HTML.search(text):
        raise ListError(f"HTML expected, the answer begins “{text.strip()[:40]}”.")
    return text


def html_links(html: str, page: Page, list_page: ListPage) -> tuple[Link, ...]:
    """The links of ``html``, each URL once, in the order of the page.

    ``list_page.items`` selects the rows or the anchors of the list; where it is empty or finds nothing (a
    site changed its layout) every link of the page is given, for the caller keeps article links only.
    ``fields`` may name selectors below a row: ``url``, ``title`` and ``day``.
    """
    tree = LexborHTMLParser(html)
    base = _base(tree, page.url)
    found: dict[str, Link] = {}
    rows = tree.css(list_page.items) if list_page.items else []
    for row in rows or tree.css("a[href]"):
        anchor = row if row.tag == "a" else row.css_first(list_page.fields.get("url", "a[href]"))
        url = resolve(base, (anchor.attributes.get("href") or "") if anchor else "")
        if not anchor or not url:
            continue
        link = _link(url, row, anchor, list_page, page.fetched_at)
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
    except ValueError:  # urllib's word for a broken host
        return ""


def plain(text: str) -> str:
    """``text`` with runs of white space made one space."""
    return _SPACE.sub(" ", text).strip()


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return resolve(url, node.attributes.get("href") or "") or url if node else url


def _link(url: str, row: LexborNode, anchor: LexborNode, list_page: ListPage, at: datetime) -> Link:
    fields = list_page.fields
    named = row.css_first(fields["title"]) if "title" in fields else None
    text = plain((named or anchor).text(separator=" "))
    hint = plain(anchor.attributes.get("title") or "")
    title = without_day(text)
    if hint and (not title or title.endswith(_CUT)):
        title = hint
    if "day" in fields:
        node = row.css_first(fields["day"])
        day = list_day(plain(node.text(separator=" ")), at) if node else None
    else:
        day = _day_beside(row, anchor, text, at)
    return Link(url=url, title=title, day=day, channel=list_page.channel)


def _day_beside(row: LexborNode, anchor: LexborNode, text: str, at: datetime) -> date | None:
    """The day of the row: after the anchor's text has been taken out, else at the edge of that text."""
    box = row if row.tag != "a" else _box(anchor)
    around = plain(box.text(separator=" ")).replace(text, " ", 1) if box else ""
    if around.strip() and (day := find_day(around, at)):
        return day
    title = without_day(text)
    return find_day(text.replace(title, " ", 1), at) if title != text else None


def _box(anchor: LexborNode) -> LexborNode | None:
    """The largest near parent that is about this link alone."""
    href, box, node = anchor.attributes.get("href"), None, anchor.parent
    for _ in range(_BOX_LEVELS):
        if node is None or node.tag in ("body", "html", "-undef"):
            break
        if any(other.attributes.get("href") != href for other in node.css("a[href]")):
            break
        if len(node.text()) > _BOX_TEXT:
            break
        box, node = node, node.parent
    return box


def _better(known: Link, link: Link) -> Link:
    """Two sightings of one URL (a picture and a headline) as one link."""
    title = link.title if len(link.title) > len(known.title) else known.title
    return Link(url=known.url, title=title, day=known.day or link.day, channel=known.channel)
