"""Where on a site a list may be: the columns that a page links to, judged by their names and URLs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract.select import text_of
from crawler.lists.links import base_of, resolve
from crawler.probe.shapes import article_likeness
from crawler.wordings import either, page_words
from yuqing.core.urls import host_allowed, host_of

_W = page_words().columns
NEWS_WORDS = _W.news
"""Typical names of news columns, each with its weight."""
_NEVER = re.compile(either(_W.never), re.IGNORECASE)
_MORE = re.compile(r"(?:查看)?更多|more|[>»]+|\+", re.IGNORECASE)
_DECORATION = re.compile(r"[\s·|>»›【】\[\]()（）:：.+]+")
_GENERIC = re.compile(r"(?:index|list|default|home|main)(?:_\d+)?", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|rar|jpe?g|png|mp4)$", re.IGNORECASE)
SAME = 100  # the weight of a column with the same name as the old list
ALIKE = 40  # of one whose name contains that name, or shares a word with it
PLACE = 6  # added if the last folder is that of the old list
_COMMON = frozenset(_W.common)
LONGEST = 14  # characters of a column's name


@dataclass(frozen=True, slots=True)
class Section:
    """A column: its URL, its name as linked on the page, and how likely it is the one sought."""

    url: str
    name: str
    weight: int
    same_place: bool = False

    @property
    def is_the_one(self) -> bool:
        """Whether its name or folder identifies it as the list sought, not just as some news column."""
        return self.weight >= ALIKE or self.same_place


def sections(root: etree._Element, url: str, hosts: tuple[str, ...], channel: str = "", old: str = "") -> list[Section]:
    """The columns linked on the page at ``url`` that may be the list ``old`` called ``channel``, best first."""
    base = base_of(root, url)
    found: dict[str, Section] = {}
    for anchor in root.iter("a"):
        target = resolve(base, anchor.get("href", ""))
        if not target or not host_allowed(host_of(target), hosts) or _FILE.search(urlsplit(target).path):
            continue
        if target.rstrip("/") == url.rstrip("/"):
            continue
        name = _DECORATION.sub("", text_of(anchor) or anchor.get("title", ""))
        is_more = _MORE.fullmatch(name) or not name
        if is_more:
            name = _heading(anchor)
        if not 1 < len(name) <= LONGEST or _NEVER.search(name):
            continue
        same = bool(old) and _folder(target) == _folder(old) != ""
        weight = _weight(name, channel) + (PLACE if same else 0)
        if article_likeness([target]) >= 0.95:
            continue  # an article with a short title
        known = found.get(target)
        if weight > 0 and (known is None or known.weight < weight):
            found[target] = Section(target, name, weight, same)
    return sorted(found.values(), key=lambda section: -section.weight)


def name_likeness(name: str, channel: str) -> int:
    """SAME, ALIKE or 0: how similar a column's name is to that of the list sought."""
    wanted, here = _DECORATION.sub("", channel), _DECORATION.sub("", name)
    if not wanted or not here:
        return 0
    if here == wanted:
        return SAME
    pairs = {wanted[at : at + 2] for at in range(len(wanted) - 1)} - _COMMON
    shared = sum(pair in here for pair in pairs)
    if not shared and wanted not in here and here not in wanted:
        return 0
    return max(ALIKE, ALIKE + 10 * shared - abs(len(here) - len(wanted)))


def _weight(name: str, channel: str) -> int:
    return name_likeness(name, channel) or sum(weight for word, weight in NEWS_WORDS.items() if word in name)


def _heading(anchor: etree._Element) -> str:
    """The heading of the box that ends with a link called “more”."""
    box = anchor
    for _ in range(3):
        parent = box.getparent()
        if parent is None:
            break
        box = parent
        text = _DECORATION.sub("", text_of(box))
        name = _MORE.sub("", text)
        if 1 < len(name) <= LONGEST:
            return name
    return ""


def _folder(url: str) -> str:
    """The part of a URL that names the column: the last folder or file that is not an index, with the query."""
    parts = urlsplit(url)
    names = [name.partition(".")[0] for name in parts.path.split("/") if name]
    if names and _GENERIC.fullmatch(names[-1]) and not parts.query:
        names.pop()
    return f"{names[-1]}?{parts.query}" if names else ""
