"""Articles split over several pages: finding the next page, and joining the pages."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree
from msgspec.structs import replace

from crawler.decode import decode
from crawler.extract.select import text_of
from crawler.extract.tree import MAX_BYTES, parse
from yuqing.core.records import Article, Page

_NEXT = re.compile(
    r"^[\[【(（<《\s]*(?:下一页|下页|下一頁|后一页|next(?:\s*page)?|nextpage|>>?|›|»)[\])】）>》\s>»›]*$", re.IGNORECASE
)
_COUNT = re.compile(r"[\[【(（第]?\s*(\d{1,2})\s*[\]】)）页]?")
_SCRIPTED = re.compile(
    r"createPage(?:HTML)?\(\s*['\"]?(\d{1,3})['\"]?\s*,\s*['\"]?(\d{1,3})['\"]?\s*,\s*['\"]([^'\"]+)['\"]\s*,\s*['\"](s?html?)['\"]"
)
_NUMBERED = re.compile(r"^(?P<stem>.+?)(?:[_-](?P<number>\d{1,2}))?(?P<ext>\.s?html?)$", re.IGNORECASE)


def next_part(page: Page) -> str | None:
    """The absolute URL of the page that continues the article of ``page``, or None.

    A further page has the article's own URL with a number added: people ``…-1_2.html`` or ``…_2.html``, xinhua
    ``c_1234_2.htm`` linked by 下一页 or ``nextpage``, TRS ``t2018…_1.html`` counted by its script; many sites show
    numbers only (``[1] [2] [3]``). A 下一页 that leads elsewhere is the next article and is not followed.
    """
    if len(page.body) > MAX_BYTES:
        return None
    here = urlsplit(page.url)
    text = decode(page.body, page.headers).text
    if not _may_go_on(text, here.path):
        return None
    root = parse(text)
    if root is None:
        return None
    for link in root.iter("a"):
        number = _COUNT.fullmatch(text_of(link))
        if not number and not _says_next(link):
            continue
        target = _absolute(page.url, link.get("href", ""))
        if not target or not _follows(here.path, urlsplit(target).path) or urlsplit(target).netloc != here.netloc:
            continue
        if not number or _counts_on(here.path, urlsplit(target).path, int(number[1])):
            return target
    return _scripted(root, page.url)


def join_parts(parts: list[Article]) -> Article:
    """The first part with the bodies of all in order, and the attachments of all without duplicates."""
    first = parts[0]
    seen: set[str] = set()
    lines = []
    for number, part in enumerate(parts):
        for line in part.body.split("\n"):
            if number and line in seen and len(line) > 20:
                continue  # a lead or a caption repeated on each page
            lines.append(line)
        seen.update(part.body.split("\n"))
    attachments = {item.url: item for part in parts for item in part.attachments}
    editor = next((part.editor for part in parts if part.editor), "")
    return replace(first, body="\n".join(lines), attachments=tuple(attachments.values()), editor=editor)


def _may_go_on(text: str, path: str) -> bool:
    """Whether ``text`` contains a numbered neighbour of ``path`` or TRS's script; most pages then need no parsing."""
    here = _NUMBERED.match(path)
    name = here["stem"].rpartition("/")[2] if here else path
    neighbour = rf"{re.escape(name)}(?:[_-]\d{{1,3}}){{1,2}}\.s?html?"
    return "createPage" in text or re.search(neighbour, text, re.IGNORECASE) is not None


def _says_next(link: etree._Element) -> bool:
    """Whether a link is a 下一页, by its words, its name, or the name of its image (people: ``next_page.jpg``)."""
    pictures = " ".join(f"{image.get('src', '')} {image.get('alt', '')}" for image in link.iter("img"))
    names = f"{link.get('id', '')} {link.get('class', '')} {pictures}".lower().replace("_", "")
    return bool(_NEXT.match(text_of(link))) or "nextpage" in names or "下一页" in pictures


def _follows(path: str, target: str) -> bool:
    """Whether ``target`` is the same file with the next number."""
    here, there = _NUMBERED.match(path), _NUMBERED.match(target)
    if not here or not there or there["number"] is None or here["ext"].lower() != there["ext"].lower():
        return False
    if path.rpartition("/")[2].lower().startswith("t20") or here["number"] is None:
        stem = path[: -len(here["ext"])] if here["number"] is None else here["stem"]
        return there["stem"] in (stem, here["stem"]) and int(there["number"]) > int(here["number"] or 0)
    return (there["stem"] == here["stem"] and int(there["number"]) == int(here["number"]) + 1) or (
        there["stem"] == f"{here['stem']}-{here['number']}" and int(there["number"]) >= 1
    )


def _counts_on(path: str, target: str, shown: int) -> bool:
    """Whether a link that shows only the number ``shown`` leads from ``path`` to its next page.

    The file of page 2 is numbered 2 (163, people) or 1 (xinhua in the 2000s, gxnews).
    """
    here, there = _NUMBERED.match(path), _NUMBERED.match(target)
    if not here or not there or there["number"] is None:
        return False
    first = here["number"] is None or here["stem"] != there["stem"]
    step = shown == 2 if first else int(there["number"]) == int(here["number"] or 0) + 1
    return step and shown - int(there["number"]) in (0, 1)


def _scripted(root: etree._Element, url: str) -> str | None:
    """The next page according to TRS's ``createPageHTML(total, current, "name", "html")``, counted from 0."""
    for script in root.iter("script"):
        match = _SCRIPTED.search(script.text or "")
        if match and int(match[2]) + 1 < int(match[1]):
            path = urlsplit(url).path.rpartition("/")[2]
            name = match[3]
            if path and (path.startswith(name) or name == "index"):
                return _absolute(url, f"{name}_{int(match[2]) + 1}.{match[4]}")
    return None


def _absolute(base: str, href: str) -> str | None:
    if not href or href.lower().startswith(("javascript:", "#")):
        return None
    try:
        return urljoin(base, href).partition("#")[0]
    except ValueError:
        return None
