"""The text of the body: paragraphs in order, rows of tables, captions marked, boilerplate out."""

from __future__ import annotations

import re

from crawler.extract.boilerplate import is_boilerplate, starts_tail
from crawler.extract.container import Container
from crawler.extract.flow import Flow, Line
from crawler.extract.title import letters

_CAPTION = re.compile(r"^(?:[▲△▼↑↓]|图[为:：片\d]|（?图|\(图)|(?:摄|供图|图片|制图|/图|图/\S+|发）?)[)）】]?$")
_CENTER = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_PAGER = re.compile(r"^(?:[\[【(（]?\d{1,2}[\])】）]?\s*)+$|^\W*$")
MAX_CAPTION = 120


def body_lines(flow: Flow, box: Container, title: str) -> list[str]:
    """The paragraphs, rows and captions of the container in order."""
    kept = []
    key = letters(title)
    lines = _inner(flow.lines[box.start : box.end])
    for number, line in enumerate(lines):
        text = line.text
        if is_boilerplate(text) or _PAGER.match(text):
            continue
        if line.linked >= len(text) * 0.9 and len(text) < 30 and _is_menu(lines, number):
            continue
        if number < 6 and key and letters(text) == key:
            continue
        kept.append(f"图：{text}" if _is_caption(line) and not text.startswith("图：") else text)
    return kept


def _inner(lines: list[Line]) -> list[Line]:
    """The lines up to a block of other articles; such a heading counts only where links or little text follow."""
    for number, line in enumerate(lines):
        if number and starts_tail(line.text):
            after = lines[number + 1 :]
            good = sum(item.good for item in after)
            if good <= sum(item.linked for item in after) or good < 0.4 * sum(item.good for item in lines[:number]):
                return lines[:number]
    return lines


def _is_menu(lines: list[Line], number: int) -> bool:
    """Whether a wholly linked short line has such a neighbour: a run of links, not a linked phrase."""
    near = (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
    return any(line.linked >= len(line.text) * 0.9 for line in near)


def _is_caption(line: Line) -> bool:
    if line.kind == "caption":
        return True
    if not line.after_image or len(line.text) > MAX_CAPTION:
        return False
    element = line.element
    centered = element.get("align") == "center" or bool(_CENTER.search(element.get("style", "")))
    return centered or element.tag == "center" or bool(_CAPTION.search(line.text))
