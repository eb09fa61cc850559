"""The metas of a page's head, ignoring the case of their names."""

from __future__ import annotations

import json
import re
from html import unescape

from lxml import etree

_KEYS = ("name", "property", "itemprop", "http-equiv")
_EMPTY = frozenset(("", "null", "undefined", "none", "无", "-", "--"))


_ENP = re.compile(r"<!--\s*enpproperty(.{0,4000}?)/enpproperty", re.DOTALL)
_ENP_PAIR = re.compile(r"<(date|title|sourcename|introtitle)>([^<]*)</")
_ENP_NAMES = {"date": "pubdate", "title": "articletitle", "sourcename": "contentsource"}


def read_metas(root: etree._Element, text: str = "") -> dict[str, str]:
    """Maps each name, in lower case without spaces, to its content; the first non-empty one wins.

    ``text`` is the page's source: e-papers give title, day and paper in a comment (``<!--enpproperty …``).
    """
    found: dict[str, str] = {}
    if block := _ENP.search(text) if "enpproperty" in text else None:
        for name, content in _ENP_PAIR.findall(block[1]):
            if name in _ENP_NAMES and content.strip():
                found.setdefault(_ENP_NAMES[name], " ".join(unescape(content).split()))
    scripts = []
    for element in root.iter("meta", "script"):
        if element.tag == "script":
            if "ld+json" in element.get("type", ""):
                scripts.append(element.text or "")
            continue
        content = " ".join(element.get("content", "").split())
        if content.lower() in _EMPTY:
            continue
        for key in _KEYS:
            name = element.get(key)
            if name:
                found.setdefault(name.lower().replace(" ", ""), content)
    for script in scripts:
        for name, content in _json_ld(script):
            found.setdefault(name, content)
    return found


_PAIR = re.compile(r'"(datePublished|pubDate|upDate|headline|title)"\s*:\s*"([^"]{4,200})"')


def _json_ld(text: str) -> list[tuple[str, str]]:
    """The dates and the headline of a JSON-LD block; as it is often invalid JSON, pairs are matched in the text."""
    pairs = []
    for name, value in _PAIR.findall(text[:20_000]):
        try:
            pairs.append((f"ld:{name.lower()}", str(json.loads(f'"{value}"'))))
        except ValueError:
            continue
    return pairs
