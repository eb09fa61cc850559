"""The text of the body: paragraphs in order, rows of tables, captions marked, boilerplate out."""

from __future__ import annotations

import re

from crawler.extract.attachments import links_to_file
from crawler.extract.boilerplate import is_boilerplate, is_end_mark, starts_tail
from crawler.extract.container import Container
from crawler.extract.flow import Flow, Line
from crawler.extract.title import letters

_CAPTION = re.compile(r"^(?:[▲△▼↑↓]|图[为:：片\d]|（?图|\(图)|(?:摄|供图|图片|制图|/图|图/\S+|发）?)[)）】]?$")
_CENTER = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_BUTTON = re.compile(r"(?:返回搜狐[，,]查看更多|【详细】|【点击[^】]{1,8}】|[→>]*【下载地址】)\s*$")
MAX_CAPTION = 120
FIRST_LINES = 6  # lines of the container in which the title may be repeated
MAX_BUTTONS = 80  # characters of a row of buttons
ENOUGH = 100  # characters of text before a line that ends the article


def body_lines(flow: Flow, box: Container, title: str) -> list[str]:
    """The paragraphs, rows and captions of the container in order."""
    kept = []
    key = letters(title)
    lines = _inner(flow.lines[box.start : box.end])
    for number, line in enumerate(lines):
        text = line.text
        if (
            any(map(is_boilerplate, text.split(" | ")))
            if _is_short_row(line)
            else line.kind != "row" and is_boilerplate(text)
        ):
            continue
        if _is_menu(lines, number) and not links_to_file(line.element):
            continue
        if number < FIRST_LINES and key and letters(text) == key:
            continue
        kept.append(f"图：{text}" if _is_caption(line) and not text.startswith("图：") else text)
    return [text for text in map(_without_button, kept) if text]


def _is_short_row(line: Line) -> bool:
    """Whether the row may be a layout of buttons (“共0条评论 | 查看评论”) instead of data."""
    return line.kind == "row" and len(line.text) < MAX_BUTTONS


def _without_button(text: str) -> str:
    return _BUTTON.sub("", text).strip()


def _inner(lines: list[Line]) -> list[Line]:
    """The lines up to the editor's name, the comments or a block of other articles."""
    good = 0
    for number, line in enumerate(lines):
        if good >= ENOUGH and is_end_mark(line.text):
            below = sum(item.good for item in lines[number + 1 :])
            if good * 4 >= below:
                return lines[:number]
        if number and starts_tail(line.text):
            after = lines[number + 1 :]
            left = sum(item.good for item in after)
            if left <= sum(item.linked for item in after) or left < 0.4 * good:
                return lines[:number]
        good += line.good
    return lines


def _is_menu(lines: list[Line], number: int) -> bool:
    """Whether a short, wholly linked line has such neighbours: a run of links, not a linked phrase."""
    if not _is_link(lines[number]):
        return False
    near = (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
    return any(_is_link(line) for line in near)


def _is_link(line: Line) -> bool:
    return line.linked >= len(line.text) * 0.9 and len(line.text) < 40


def _is_caption(line: Line) -> bool:
    if line.kind == "caption":
        return True
    if not line.after_image or len(line.text) > MAX_CAPTION:
        return False
    element = line.element
    centered = element.get("align") == "center" or bool(_CENTER.search(element.get("style", "")))
    return centered or element.tag == "center" or bool(_CAPTION.search(line.text))
