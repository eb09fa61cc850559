"""List induction: which block of a page is a list of articles, how to read it, and with what certainty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from statistics import median

from lxml import etree

from crawler.dialects import url_day
from crawler.extract.select import text_of
from crawler.extract.tree import MAX_TAGS, parse
from crawler.lists.base import ListError
from crawler.lists.days import list_day
from crawler.lists.links import html_links, html_text, tree_links
from crawler.probe.pager import find_pager
from crawler.probe.rows import Block, Row, find_blocks
from crawler.probe.selectors import part_selector, row_selector
from crawler.probe.shapes import article_likeness, article_rule, common_shape, is_plain, shape
from yuqing.core.records import Link, ListPage, Page
from yuqing.core.times import SHANGHAI
from yuqing.core.urls import host_allowed, host_of

# A list with this score is accepted without confirmation; docs/decisions/sources/lists-are-induced-not-learnt.md
SURE = 0.72
LIKELY = 0.5
DATED = 0.6  # share of rows with a day in a reliable list: a menu of headlines has none
MOST_BLOCKS = 12  # per page, the largest first
ENOUGH = 10  # more rows than this prove nothing further
FRESH = timedelta(days=180)  # a list whose newest article is older has been abandoned
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ASIDE = re.compile("排行|热点|热门|热榜|推荐|相关(?:阅读|新闻|链接|文章)|点击榜|猜你|延伸阅读|往期")
_ASIDE_CLASS = re.compile(r"(?:^|[\s_-])(?:hot|rank|recommend|related|side(?:bar)?|aside)(?:$|[\s_-])", re.IGNORECASE)
_ASIDE_HOPS = 3
_HEAD = 20  # characters of a heading that are considered
_LONG_TITLE = 70  # characters of a link that contains more than a title
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b"))
_TITLE_CLASS = re.compile(r"tit|head|name|bt\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A list of articles found on a page: how to read it, its links, and its score from 0 to 1.

    ``aside``: its heading is that of a ranking or recommendation, whose articles come from any column.
    """

    list_page: ListPage
    links: tuple[Link, ...]
    score: float
    parts: dict[str, float] = field(default_factory=dict)
    aside: bool = False

    @property
    def newest(self) -> date | None:
        """The newest day of its links."""
        return max((day for link in self.links if (day := link.day)), default=None)

    @property
    def sure(self) -> bool:
        """Whether it is accepted as a list without confirmation: it scores high, has days, and is not a ranking."""
        dated = sum(link.day is not None for link in self.links)
        return self.score >= SURE and dated >= DATED * len(self.links) and not self.aside


def induce(page: Page, hosts: tuple[str, ...], channel: str = "") -> list[Found]:
    """The lists of articles on an HTML page, best first; those that score below LIKELY are left out.

    Raises ListError if the page is not HTML or is too large.
    """
    html = html_text(page)
    if html.count("<") > MAX_TAGS:
        raise ListError(f"the page has {html.count('<'):,} tags; at most {MAX_TAGS:,} are read.")
    root = parse(html)
    if root is None:
        return []
    pager = find_pager(html, root, page.url)
    found: dict[frozenset[str], Found] = {}
    for block in islice(filter(_is_promising, find_blocks(root, page.url, hosts)), MOST_BLOCKS):
        listed = _as_list(root, block, page, channel)
        if listed is None:
            continue
        links = tree_links(root, page, listed)
        score, parts = score_links(links, page.fetched_at)
        if score >= LIKELY:
            listed = replace(listed, adapter=pager.adapter, next=pager.next, first_page=pager.first_page)
            key = frozenset(link.url for link in links)
            if key not in found or found[key].score < score:
                found[key] = Found(listed, links, score, parts, is_aside(block))
    return sorted(found.values(), key=lambda each: (each.aside, -each.score))


def induce_whole(page: Page, hosts: tuple[str, ...], channel: str = "") -> tuple[ListPage, tuple[Link, ...], list[str]]:
    """A portal's home page as a single list: its article links from all blocks, and rules that match their URLs."""
    listed = ListPage(url=page.url, adapter="html-list", channel=channel)
    kinds: dict[str, list[Link]] = {}
    for link in html_links(html_text(page), page, listed):
        if host_allowed(host_of(link.url), hosts) and not is_plain(link.url):
            kinds.setdefault(shape(link.url), []).append(link)
    kept: list[Link] = []
    rules: list[str] = []
    for links in sorted(kinds.values(), key=len, reverse=True):
        titled = sum(len(link.title) >= 8 and bool(_CHINESE.search(link.title)) for link in links) / len(links)
        likely = article_likeness([link.url for link in links])
        if len(links) >= 3 and titled >= 0.6 and likely >= 0.6 and (rule := article_rule(links)):
            kept += links
            rules.append(rule)
    return listed, tuple(kept), list(dict.fromkeys(rules))


def score_links(links: Sequence[Link], when: datetime) -> tuple[float, dict[str, float]]:
    """How much ``links`` resemble a list of articles, from 0 to 1, and the components of that score.

    Articles share the shape of their URLs, have days in descending order, and titles of about a line.
    """
    if len(links) < 3:
        return 0.0, {}
    urls = [link.url for link in links]
    shared = common_shape(urls)[1]
    days = [link.day or url_day(link.url, None) for link in links]
    known = [day for day in days if day]
    today = when.astimezone(SHANGHAI).date()
    dated = sum(link.day is not None for link in links) / len(links)
    hinted = max(dated, 0.8 * len(known) / len(links))
    falling = sum(later >= earlier for later, earlier in pairwise(known)) / max(1, len(known) - 1)
    future = sum(day > today + timedelta(days=1) for day in known)
    titles = [link.title for link in links]
    titled = sum(8 <= len(title) <= 100 and bool(_CHINESE.search(title)) for title in titles) / len(links)
    parts = {
        "days": hinted * (0.4 + 0.6 * falling) * (not future),
        "addresses": article_likeness(urls) * (0.4 + 0.6 * shared),
        "titles": titled,
        "rows": min(1.0, len(links) / ENOUGH),
        "distinct": len(set(titles)) / len(titles),
    }
    weights = {"days": 0.32, "addresses": 0.28, "titles": 0.22, "rows": 0.09, "distinct": 0.09}
    score = sum(weights[name] * value for name, value in parts.items())
    if parts["titles"] < 0.4 or parts["addresses"] < 0.25:
        score = min(score, LIKELY - 0.01)  # a menu may have everything else
    return score, parts


def is_fresh(found: Found, when: datetime) -> bool:
    """Whether the list has a new article from the last half year; a list without days gets the benefit of the doubt."""
    return found.newest is None or found.newest >= when.astimezone(SHANGHAI).date() - FRESH


def aside_links(html: str, url: str, hosts: tuple[str, ...]) -> set[str]:
    """The URLs that occur in rankings and recommendations of a page and nowhere else on it."""
    root = parse(html)
    if root is None:
        return set()
    blocks = find_blocks(root, url, hosts)
    aside = {row.url for block in blocks if is_aside(block) for row in block.rows}
    return aside - {row.url for block in blocks if not is_aside(block) for row in block.rows}


def is_aside(block: Block) -> bool:
    """Whether the heading of the box around the rows is that of a ranking, a recommendation or the like."""
    rows = {row.element for row in block.rows}
    box = block.rows[0].element
    for _ in range(_ASIDE_HOPS):
        parent = box.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return False
        box = parent
        if _ASIDE_CLASS.search(f"{box.get('class', '')} {box.get('id', '')}"):
            return True
        heads = (child for child in box if child not in rows and child.find(".//a[@href]") is None)
        if any(_ASIDE.search(text_of(head)[:_HEAD]) for head in heads):
            return True
    return False


def _is_promising(block: Block) -> bool:
    """Whether the rows can be articles at all: a quick check before selectors are built."""
    titled = sum(len(row.title) >= 8 and bool(_CHINESE.search(row.title)) for row in block.rows)
    return titled >= 0.4 * len(block.rows) and article_likeness([row.url for row in block.rows]) >= 0.25


def _as_list(root: etree._Element, block: Block, page: Page, channel: str) -> ListPage | None:
    """The block as a list record; None if no selector finds its rows."""
    rows = block.rows
    items = row_selector(root, rows)
    if not items:
        return None
    fields: dict[str, str] = {}
    if any(_first_link(row) is not row.anchor for row in rows):
        link = part_selector(rows, [row.anchor for row in rows])
        if not link:
            return None
        fields["url"] = link
    if median(len(row.title) for row in rows) > _LONG_TITLE or rows[0].element.tag == "a":
        title = part_selector(rows, [_title_part(row) for row in rows])
        if title:
            fields["title"] = title
    day = part_selector(rows, [_day_part(row, page.fetched_at) for row in rows])
    if day:
        fields["day"] = day
    return ListPage(url=page.url, adapter="html-list", channel=channel, items=items, fields=fields)


def _first_link(row: Row) -> etree._Element | None:
    return row.element if row.element.tag == "a" else row.element.find(".//a[@href]")


def _title_part(row: Row) -> etree._Element | None:
    """The element of a long link that contains its headline."""
    parts = [part for part in row.element.iter() if part is not row.element and 6 <= len(text_of(part)) <= _LONG_TITLE]
    named = (part for part in parts if part.tag in _HEADINGS or _TITLE_CLASS.search(part.get("class", "")))
    return next(iter((*named, *(part for part in parts if not _is_number(part)))), None)


def _is_number(part: etree._Element) -> bool:
    """Whether an element contains little but digits: a day, a counter."""
    text = text_of(part)
    return sum(map(str.isdigit, text)) * 2 > len(text)


def _day_part(row: Row, at: datetime) -> etree._Element | None:
    """The smallest element of the row, outside the link's own text, that contains a day and little else."""
    best = None
    for part in row.element.iter():
        if part is row.element or (part is row.anchor and row.element.tag != "a"):
            continue
        text = " ".join(" ".join(map(str, part.itertext())).split())
        if 4 <= len(text) <= 30 and list_day(text, at):
            best = part if best is None or part in list(best.iter()) else best
    return best
