"""Repeated rows of a page: links at the same position of the same markup, next to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from crawler.extract.select import text_of
from crawler.lists.links import base_of, resolve
from crawler.probe.shapes import is_plain
from yuqing.core.urls import host_allowed, host_of

LEAST = 3  # minimum number of rows of a list
MOST_LINKS = 20_000  # a page with more is not a list for human readers
_STATE = re.compile(
    r"^(?:odd|even|first|last|active|cur(?:rent)?|on|hover|clearfix|clear|fix|cf|fl|fr|line|new|top)$", re.I
)
_MADE = re.compile(r"\d{4,}|(?=\w*\d)[0-9a-f]{8,}|^(?:css|sc|jss)-|[-_](?=\w*\d)(?=\w*[A-Za-z])\w{5,}$")
_DIGITS = re.compile(r"\d+$")
_PLAIN_ROWS = frozenset(("li", "tr", "td", "p", "dd", "dt"))  # their classes distinguish rows, not lists

Key = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of a list: the element that concerns only this link, and the link."""

    element: etree._Element
    anchor: etree._Element
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Block:
    """Adjacent rows of one kind."""

    rows: tuple[Row, ...]


def find_blocks(root: etree._Element, url: str, hosts: tuple[str, ...]) -> list[Block]:
    """The repeated rows of the page at ``url`` whose links stay on ``hosts``, largest block first.

    Rows are links with the same path of tags and classes; a row may begin with a link to its column. Rows whose parents
    are the same or adjacent (a list divided into groups of five) form one block; those in another box with the same
    markup form another."""
    base = base_of(root, url)
    groups: dict[tuple[bool, Key], list[tuple[etree._Element, str]]] = {}
    ways: dict[etree._Element, Key] = {}
    for count, anchor in enumerate(root.iter("a")):
        if count > MOST_LINKS:
            break
        target = resolve(base, anchor.get("href", ""))
        if target and host_allowed(host_of(target), hosts):
            groups.setdefault((is_plain(target), _key(anchor, ways)), []).append((anchor, target))
    blocks: list[Block] = []
    for links in groups.values():
        if len({target for _, target in links}) >= LEAST:
            blocks += _blocks(links)
    return sorted(_distinct(blocks), key=lambda block: -len(block.rows))


def _blocks(links: list[tuple[etree._Element, str]]) -> Iterator[Block]:
    several = _with_several(links)
    near: dict[etree._Element | None, dict[etree._Element, Row]] = {}
    for anchor, target in links:
        element = anchor
        for parent in anchor.iterancestors():
            if parent in several or parent.tag in ("body", "html"):
                break
            element = parent
        holder = element.getparent()
        around = holder.getparent() if holder is not None and _is_split(holder, several) else None
        place = holder if around is None else around
        row = Row(element, anchor, target, title_of(anchor))
        known = near.setdefault(place, {}).get(element)
        if known is None or len(row.title) > len(known.title):
            near[place][element] = row
    for rows in near.values():
        if len({row.url for row in rows.values()}) >= LEAST:
            yield Block(tuple(rows.values()))


def _is_split(holder: etree._Element, several: set[etree._Element]) -> bool:
    """Whether the rows of ``holder`` continue in its siblings: adjacent, with the same tag and classes, and no other
    box."""
    around = holder.getparent()
    if around is None or around not in several or around.tag in ("body", "html"):
        return False
    kind = (holder.tag, holder.get("class"))
    return all((child.tag, child.get("class")) == kind for child in around if child in several) and any(
        child is not holder and child in several for child in around
    )


def _with_several(links: list[tuple[etree._Element, str]]) -> set[etree._Element]:
    """The elements that contain more than one of the URLs."""
    first: dict[etree._Element, str] = {}
    several: set[etree._Element] = set()
    for anchor, target in links:
        for parent in anchor.iterancestors():
            if parent in several:
                break
            if first.setdefault(parent, target) != target:
                several.add(parent)
    for element in list(several):
        several.update(element.iterancestors())
    return several


def _key(element: etree._Element, known: dict[etree._Element, Key]) -> Key:
    """The tags and classes on the path to ``element``; ``known`` caches the paths found before."""
    path = []
    for each in (element, *element.iterancestors()):  # not recursive: pages nest up to 2,048 levels deep
        if each in known:
            break
        path.append(each)
    for each in reversed(path):
        parent = each.getparent()
        above = known[parent] if parent is not None else ()
        known[each] = (*above, (str(each.tag), () if each.tag in _PLAIN_ROWS else classes_of(each)))
    return known[element]


def classes_of(element: etree._Element) -> tuple[str, ...]:
    """The classes of an element except positional ones (odd, last, item3) and generated ones."""
    return _kept(element.get("class", ""))


@lru_cache(maxsize=4096)
def _kept(classes: str) -> tuple[str, ...]:
    given = (name for name in classes.split() if not is_state(name) and not is_made(name))
    names = (_DIGITS.sub("", name) for name in given)
    return tuple(sorted({name for name in names if name}))


def is_state(name: str) -> bool:
    """Whether a class describes an element's position rather than its kind."""
    return bool(_STATE.match(name))


def is_made(name: str) -> bool:
    """Whether a name was generated by a build tool, so that it changes with every build or row."""
    return bool(_MADE.search(name))


def title_of(anchor: etree._Element) -> str:
    """The text of a link, or its title attribute if it has no text."""
    return text_of(anchor) or " ".join(anchor.get("title", "").split())


def _distinct(blocks: list[Block]) -> Iterator[Block]:
    """Of several blocks over the same rows (a picture and a headline), the one with the longer titles."""
    best: dict[frozenset[str], Block] = {}
    for block in blocks:
        key = frozenset(row.url for row in block.rows)
        known = best.get(key)
        if known is None or _letters(block) > _letters(known):
            best[key] = block
    yield from best.values()


def _letters(block: Block) -> int:
    return sum(len(row.title) for row in block.rows)
