"""The text of the body: paragraphs in order, table rows, marked captions, boilerplate removed."""

from __future__ import annotations

import re

from crawler.extract.attachments import links_to_file
from crawler.extract.boilerplate import (
    is_boilerplate,
    is_button,
    is_end_mark,
    is_pager,
    starts_tail,
)
from crawler.extract.claims import letters
from crawler.extract.container import Container, is_paragraph
from crawler.extract.footer import ends_text, is_footer
from crawler.extract.inserts import inserted_lines
from crawler.extract.layout import Line, PageLayout

_CAPTION = re.compile(
    r"^(?:[▲△▼↑↓]|图[为:：片\d]|（?图|\(图)|(?:摄|供图|图片|制图|/图|图/\S+|图自\S{2,8}|截图|发）?)[)）】]?$"
)
_HOST = re.compile(r"\W*(?:主办|承办|技术支持)(?:单位)?\s*[:：]")
_CAPTION_CLASS = re.compile(r"\bdesc\b|note|intro", re.IGNORECASE)
_CENTER = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_BUTTON = re.compile(
    r"(?:返回搜狐[，,]查看更多|[【\[]纠错[】\]]|【详细】|【点击[^】]{1,8}】|[→>]*【下载地址】"
    r"|(?:查看|更多|点击)?详情\s*[>＞]{1,2})\s*$"
)
_BUTTON_ENDS = ("多", "]", "】", ">", "＞")
_ROW = re.compile(
    r"(?:[·•▪■◆*]\s*)?(?:[(（\[]?(?:(?:19|20)\d\d[-/.])?[01]\d[-/.][0-3]\d[)）\]]?\s+\D{6,}|\D{6,}[\s(（\[]+(?:(?:19|20)\d\d[-/.])?[01]\d[-/.][0-3]\d[)）\]]?)$"
)
_CREDIT = re.compile(
    r"\W*(?:[\u4e00-\u9fa5]{0,8}(?:来源|稿源|作者|记者|通讯员|文字|摄影|供稿|供图|视频)|文|图)\s*[:：丨｜|][^。，；]{1,24}$"
)
MAX_ROW = 60  # characters of a list row
FEW = 30  # characters of text above a heading that begins a block of other articles
MAX_TAB = 6  # characters of a tab above a text (文字实录 | 精彩图片 | 网友提问)
MAX_CAPTION = 120
FIRST_LINES = 6  # lines at the start of the container in which the title may be repeated or tabs may appear
MAX_BUTTONS = 80  # characters of a row of buttons
ENOUGH = 100  # characters of text before a line that ends the article


def body_lines(layout: PageLayout, box: Container, title: str) -> list[str]:
    """The paragraphs, rows and captions of the container in order."""
    kept = []
    key = letters(title)
    lines = layout.lines[box.start : box.end]
    texts = [line.text for line in lines]
    titles = _title_lines(texts, key)
    others = inserted_lines(layout, box.start, box.end)
    for number, line in enumerate(lines):
        text = texts[number]
        if box.start + number in others:
            continue
        if line.kind == "row":
            cells = text.split(" | ")
            if len(text) < MAX_BUTTONS and (
                2 * sum(map(is_button, cells)) > len(cells) or (line.linked and all(map(is_pager, cells)))
            ):
                continue  # a row of buttons (“共0条评论 | 查看评论”), not data
        elif is_boilerplate(text) or (_HOST.match(text) and is_footer(texts, number)):
            continue
        if _is_menu(lines, number) and not links_to_file(line.element):
            continue
        if number in titles or (number < FIRST_LINES and _is_tabs(line)):
            continue
        kept.append(f"图：{text}" if _is_caption(line) and not text.startswith("图：") else text)
    return [text for text in map(_without_button, kept) if text]


def _title_lines(texts: list[str], key: str) -> set[int]:
    """The lines at the start that repeat the title, whole or broken over up to four lines."""
    found: set[int] = set()
    keys = [letters(text) for text in texts[: FIRST_LINES + 3]] if key else []
    for start in range(min(FIRST_LINES, len(keys))):
        if keys[start] and key.startswith(keys[start]):
            ends = range(start + 1, min(start + 4, len(keys)) + 1)
            found.update(*(range(start, end) for end in ends if "".join(keys[start:end]) == key))
    return found


def _without_button(text: str) -> str:
    text = text.strip()
    return _BUTTON.sub("", text).strip() if text.endswith(_BUTTON_ENDS) else text


def body_end(layout: PageLayout, box: Container) -> int:
    """The line at which the editor's name, the comments or a block of other articles ends the body."""
    others = inserted_lines(layout, box.start, box.end)
    for number in (number for number in range(box.start, box.end) if number not in others):
        text = layout.lines[number].text
        above, below = layout.good_in(box.start, number), layout.good_in(number + 1, box.end)
        if above >= ENOUGH and 4 * above >= below and is_end_mark(text):
            return _credits_start(layout, box.start, number)
        if above >= ENOUGH and 2 * above >= 5 * below and ends_text(text):
            return number
        if above >= ENOUGH and _is_row(layout, number) and _is_row(layout, number + 1):
            return number
        if number > box.start and starts_tail(text) and not _is_explained(layout, box, number):
            linked = layout.linked_in(number + 1, box.end)
            heads = layout.lines[number].kind == "heading" and above >= FEW
            if below <= linked or below < 0.4 * above or heads:
                return number
    return box.end


def _is_explained(layout: PageLayout, box: Container, number: int) -> bool:
    """Whether 相关链接 is a paragraph of the text, with paragraphs below that explain a word and no links."""
    here = (layout.lines[number].element.tag, layout.lines[number].element.getparent())
    kinds = [(line.element.tag, line.element.getparent()) for line in layout.lines[box.start : box.end]]
    texts = layout.lines[number + 1 : box.end]
    alike = "相关" in layout.lines[number].text and bool(texts) and kinds.count(here) >= len(kinds) - 1
    return alike and is_paragraph(texts[0]) and not any(line.linked for line in texts)


def _credits_start(layout: PageLayout, start: int, end: int) -> int:
    """The first of the credits directly above the editor's line (来源：…, 记者：…)."""
    while end > start and _CREDIT.match(layout.lines[end - 1].text):
        end -= 1
    return end


def _is_row(layout: PageLayout, number: int) -> bool:
    """Whether a line is a list row: a day of the month and a title, or a title and its day."""
    text = layout.lines[number].text if number < len(layout.lines) else ""
    return len(text) < MAX_ROW and _ROW.match(text) is not None


def _is_tabs(line: Line) -> bool:
    """Whether the line is a row of three or more short adjoining elements: tabs, which only styles separate."""
    tabs = line.joined.split(" ")
    return len(tabs) > 2 and all(1 < len(tab) <= MAX_TAB and tab.isalpha() for tab in tabs)


def _is_menu(lines: list[Line], number: int) -> bool:
    """Whether a short, wholly linked line has neighbours like it: a run of links, not a linked phrase."""
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
    named = bool(_CAPTION_CLASS.search(element.get("class", "")))
    return centered or named or element.tag == "center" or bool(_CAPTION.search(line.text))
