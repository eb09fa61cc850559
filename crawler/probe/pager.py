"""The pagination of a list: the URL of its further pages as the template of a record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler.extract.select import text_of
from crawler.lists.links import base_of, resolve

_TRS = re.compile(r"createPageHTML\w*\s*\(", re.IGNORECASE)
_NEXT = re.compile(r"下一?页|后一?页|[>»›]{1,2}|next", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Pager:
    """The values for ``adapter``, ``next`` and ``first_page`` of a list."""

    adapter: str = "html-list"
    next: str = ""
    first_page: int = 1


def find_pager(html: str, root: etree._Element, url: str) -> Pager:
    """The pager of the list page at ``url``; one without further pages if it has no pagination."""
    if _TRS.search(html):
        return Pager(adapter="trs-static")
    base = base_of(root, url)
    for anchor in root.iter("a"):
        text = text_of(anchor)
        target = resolve(base, anchor.get("href", ""))
        if not target or target == url or urlsplit(target).hostname != urlsplit(url).hostname:
            continue
        if (text == "2" or _NEXT.fullmatch(text)) and (made := _template(url, target)):
            return made
    return Pager()


def _template(url: str, second: str) -> Pager | None:
    """The template according to the URL of the second page: its last number that is 1 or 2 and missing in the first."""
    first, path = urlsplit(url), urlsplit(second)
    target = path.path + (f"?{path.query}" if path.query else "")
    here = first.path + (f"?{first.query}" if first.query else "")
    for match in reversed(list(_NUMBER.finditer(target))):
        if match[0] not in ("1", "2") or here == target:
            continue
        holed = f"{target[: match.start()]}{{n}}{target[match.end() :]}"
        folder = first.path.rpartition("/")[0] + "/"
        template = holed.removeprefix(folder) if holed.startswith(folder) and not path.query else holed
        if urljoin(url, template.replace("{n}", match[0])) == second:
            return Pager(next=template, first_page=int(match[0]) - 1)
    return None
