"""The page as a reader sees it: lines in order, and which lines each element covers.

Everything after this works on lines, so that a question such as "how much unlinked text does this element hold" is a
difference of two sums instead of a walk through the tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import accumulate

from lxml import etree

_UNREAD = (
    "script", "style", "noscript", "template", "select", "option", "button", "textarea", "iframe", "object",
    "embed", "svg", "canvas", "head", "title", "meta", "link", "base", "audio", "video", "map", "datalist",
)  # fmt: skip
_RUNNING = (
    "a", "abbr", "acronym", "b", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "input",
    "ins", "kbd", "label", "mark", "nobr", "o:p", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "tt", "u", "var", "wbr", "ruby", "rt", "rp", "time", "picture", "source", "st1:chsdate",
)  # fmt: skip
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_CELLS = frozenset(("td", "th"))
# How the reader treats an element: a counted block is one whose start and end are significant.
_INLINE, _BLOCK, _COUNTED, _SKIPPED = range(4)
_KINDS = {
    **dict.fromkeys(_HEADINGS | _CELLS | {"tr", "table"}, _COUNTED),
    **dict.fromkeys(_RUNNING, _INLINE),
    **dict.fromkeys(_UNREAD, _SKIPPED),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_CAPTION = re.compile(r"caption|tuzhu|picintro|pic_?text|img-?desc|photo-?desc|zhushi|\bpci_c\b", re.IGNORECASE)
_TWICE = re.compile(
    r"&(?:nbsp|ensp|emsp|thinsp|[lr][ds]quo|[mn]dash|middot|hellip|amp|quot|times|#\d{1,6}|#x[0-9a-fA-F]{1,5});"
)
# A credit after the last sentence of a paragraph, （责任编辑：李某） or 责编：李某, becomes a line of its own.
_CREDIT_TAIL = re.compile(
    r"(?<=[。！？”…）)])\s*(?:[（(\[【]\s*(?:责任编辑|责编|编辑|来源|稿源|原标题|编辑/)\s*[:：]?[^（(\[【）)\]】。]{1,40}[）)\]】]"
    r"|(?:责任编辑|责编)\s*[:：]?\s*[\u4e00-\u9fa5·]{2,4}(?:[\s、][\u4e00-\u9fa5·]{2,4})?)\s*$"
)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\ufeff\u00ad]")
_INDENT = re.compile(r"(?<=[。！？；：…”）)])[ \xa0]*\u3000{2,}(?=\S)")
_ENDS = ("。", "！", "？", "”", "；", "：", "）")
_SENTENCE = re.compile(r"[，。；！？]")
_JOINT = "\x1f"
MAX_JOINED = 400  # characters of a line whose elements are kept separate; a longer one is not a byline
MAX_CELL = 300  # characters; a longer cell is layout, not data
GOOD_LINE = 16  # unlinked characters from which a line without punctuation counts as text


@dataclass(slots=True, eq=False)
class Line:
    """One line of the page: its text, how much of it is linked, and the element it belongs to."""

    text: str
    linked: int
    element: etree._Element
    kind: str = ""  # "heading", "caption", "row" or ""
    after_image: bool = False
    joined: str = ""  # the text with a blank wherever two inline elements adjoin; empty where none do
    good: int = 0

    def __post_init__(self) -> None:
        plain = len(self.text) - self.linked
        if plain * 2 < len(self.text) or plain < 6:
            return
        if _SENTENCE.search(self.text) or (plain >= GOOD_LINE and self.kind != "row"):
            self.good = plain

    @property
    def apart(self) -> str:
        """The text with adjoining inline elements separated: styles, not blanks, separate the parts of a byline."""
        return self.joined or self.text


@dataclass(slots=True, eq=False)
class Span:
    """An element with its id and its class, and the half-open range of lines it covers."""

    element: etree._Element
    start: int
    end: int
    id: str
    classes: str

    @property
    def names(self) -> str:
        """Id and class: what the page itself calls the element."""
        return f"{self.id} {self.classes}"


@dataclass(slots=True)
class PageLayout:
    """All lines of a page, the spans of its elements (children before parents), running sums, and the number of
    elements hidden by its styles."""

    root: etree._Element
    lines: list[Line] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    good: list[int] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    length: list[int] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)  # of the lines, filled when a container is searched for
    hidden: int = 0

    def close(self) -> PageLayout:
        """Compute the running sums once all lines are there."""
        self.good = [0, *accumulate(line.good for line in self.lines)]
        self.linked = [0, *accumulate(line.linked for line in self.lines)]
        self.length = [0, *accumulate(len(line.text) for line in self.lines)]
        return self

    def good_in(self, start: int, end: int) -> int:
        """Characters of running text in the lines ``start:end``."""
        return self.good[end] - self.good[start]

    def linked_in(self, start: int, end: int) -> int:
        """Characters inside links in the lines ``start:end``."""
        return self.linked[end] - self.linked[start]

    def plain_in(self, start: int, end: int) -> int:
        """Characters outside links in the lines ``start:end``."""
        return self.length[end] - self.length[start] - self.linked_in(start, end)


def read_layout(root: etree._Element, *, hidden: bool = False) -> PageLayout:
    """The lines and spans of the page; ``hidden`` includes what its styles hide."""
    return _Reader(root, hidden).read(root)


class _Reader:
    """One pass over the tree, without recursion."""

    def __init__(self, root: etree._Element, hidden: bool) -> None:
        self.hidden = hidden
        self.layout = PageLayout(root)
        self.pieces: list[str] = []
        self.linked = 0
        self.heading = 0
        self.caption = 0
        self.image = False
        self.blocks: list[etree._Element] = []
        self.rows: list[list[tuple[int, int]] | None] = []
        self.cell_starts: list[int] = []
        self.tables: dict[etree._Element, int] = {}  # open tables, and how many lines came before each

    def read(self, root: etree._Element) -> PageLayout:
        lines, pieces, spans = self.layout.lines, self.pieces, self.layout.spans
        opened: list[tuple[int, int, str, str, bool]] = []  # kind, lines above, id, class, is a caption
        self.blocks.append(root)
        links, touching = 0, False  # how many links are open, whether an inline element has just ended
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                kind = _KINDS.get(tag, _BLOCK)
                name = classes = ""
                if kind != _SKIPPED and (names := element.keys()):  # asking for an absent one costs as much
                    name = element.get("id", "") if "id" in names else ""
                    classes = element.get("class", "") if "class" in names else ""
                    style = element.get("style", "") if "style" in names else ""
                    if "hidden" in names or "ng-hide" in classes or (style and _hides(style)):
                        self.layout.hidden += 1
                        kind = kind if self.hidden else _SKIPPED
                if kind == _SKIPPED:
                    opened.append((kind, 0, "", "", False))
                    walk.skip_subtree()
                    continue
                if kind == _INLINE:
                    if touching and pieces:
                        pieces.append(_JOINT)
                    if tag == "a":
                        links += 1
                    elif tag == "img":
                        self.image = True
                else:
                    if pieces:
                        self._flush()
                    self.blocks.append(element)
                    if kind == _COUNTED:
                        if tag == "table":
                            self.tables[element] = len(lines)
                        self._open(tag)
                touching = False
                caption = tag == "figcaption" or (classes != "" and _names_caption(classes))
                if caption:
                    self.caption += 1
                opened.append((kind, len(lines), name, classes, caption))
                text = element.text
            else:
                kind, start, name, classes, caption = opened.pop()
                if kind == _INLINE:
                    touching = True
                    if tag == "a":
                        links -= 1
                elif kind != _SKIPPED:
                    if pieces:
                        self._flush()
                    self.blocks.pop()
                    if kind == _COUNTED:
                        self._shut(tag)
                if caption:
                    self._flush()
                    self.caption -= 1
                end = len(lines) + (1 if pieces and kind == _INLINE else 0)
                if kind != _SKIPPED and end > start and (kind != _INLINE or name or classes):
                    spans.append(Span(element, start, end, name, classes))
                text = element.tail if element is not root else None
                if text and tag == "table" and self.tables.pop(element, -1) == len(lines) > 0:
                    self._rejoin(element)
            if text and (pieces or not text.isspace()):  # three of four texts are blanks between two blocks
                touching = False
                pieces.append(text)
                if links:
                    self.linked += len(text.strip())
        self._flush()
        for span in spans:
            span.end = min(span.end, len(lines))
        return self.layout.close()

    def _open(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.heading += 1
        elif tag == "tr":
            self.rows.append([])
        elif tag == "table":
            self.rows = [None] * len(self.rows)  # a table inside a row: that row is layout
        elif tag in _CELLS:
            self.cell_starts.append(len(self.layout.lines))

    def _shut(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.heading -= 1
        elif tag in _CELLS and self.cell_starts:
            start = self.cell_starts.pop()
            if self.rows and self.rows[-1] is not None:
                self.rows[-1].append((start, len(self.layout.lines)))
        elif tag == "tr" and self.rows:
            cells = self.rows.pop()
            if cells:
                self._join_row(cells)

    def _join_row(self, cells: list[tuple[int, int]]) -> None:
        """Make one line of a data row; one with a single filled cell, or with a cell that holds part of the page's
        layout (a heading, sentence after sentence), stays as it is."""
        lines = self.layout.lines
        spread = [lines[start:end] for start, end in cells if end > start]
        if len(spread) < 2 or max(map(len, spread)) > MAX_CELL:
            return
        if any(map(_is_laid_out, spread)):
            return
        filled = [" ".join(line.text for line in cell) for cell in spread]
        if max(map(len, filled)) > MAX_CELL:
            return
        start = cells[0][0]
        row = lines[start:]
        if len(row) < 2:
            return
        del lines[start:]
        joined = " | ".join(filled)
        lines.append(Line(joined, sum(line.linked for line in row), row[0].element, "row"))
        spans = self.layout.spans
        number = len(spans) - 1
        while number >= 0 and spans[number].end > start:
            spans[number].start, spans[number].end = min(spans[number].start, start), start + 1
            number -= 1

    def _rejoin(self, table: etree._Element) -> None:
        """Continue the last line where an empty table (a floating advertisement) interrupts a sentence.

        The parser ends an open paragraph at a table, so the start of the sentence may be in the element before.
        """
        last, tail = self.layout.lines[-1], table.tail or ""
        if last.element not in (self.blocks[-1], table.getprevious()) or last.text.endswith(_ENDS):
            return
        if last.kind or not tail.strip() or tail.lstrip("\r\n\t ").startswith("\u3000"):
            return
        self.layout.lines.pop()
        self.pieces.append(last.text)
        self.linked = last.linked
        self.image = last.after_image

    def _flush(self) -> None:
        if not self.pieces:
            return
        raw = "".join(self.pieces)
        self.pieces.clear()
        if "&" in raw and _TWICE.search(raw):  # escaped twice: a reader sees “&nbsp;”
            raw = _TWICE.sub(lambda match: unescape(match[0]), raw)
        joined = ""
        if _JOINT in raw:  # counts as a blank for split() and isspace()
            joined = " ".join(raw.split()) if len(raw) <= MAX_JOINED else ""
            raw = raw.replace(_JOINT, "")
        linked, self.linked = self.linked, 0
        if raw.isspace():
            return
        for part in _INDENT.split(raw) if "\u3000\u3000" in raw else (raw,):
            text = " ".join(part.split())  # faster than a pattern; covers no-break and ideographic spaces too
            if not text.isascii() and _INVISIBLE.search(text):
                text = " ".join(_INVISIBLE.sub("", text).split())
            credit = _CREDIT_TAIL.search(text) if text and (text[-1] in "）)]】" or "责" in text[-16:]) else None
            for piece in (text[: credit.start()], credit[0].strip()) if credit else (text,):
                if piece:
                    kind = "caption" if self.caption else "heading" if self.heading else ""
                    apart = joined if joined and joined.replace(" ", "") == piece.replace(" ", "") else ""
                    line = Line(piece, min(linked, len(piece)), self.blocks[-1], kind, self.image, apart)
                    self.layout.lines.append(line)
                    self.image = False
                    linked = max(0, linked - len(piece))


def _is_laid_out(cell: list[Line]) -> bool:
    """Whether a cell holds no data but a part of the page: a heading, or several paragraphs."""
    paragraphs = sum(line.text.endswith("。") for line in cell)
    return paragraphs > 1 or any(line.kind == "heading" for line in cell)


def _hides(style: str) -> bool:
    style = style.lower()
    return ("none" in style or "hidden" in style) and _HIDDEN.search(style) is not None


@lru_cache(maxsize=8192)
def _names_caption(classes: str) -> bool:
    return _CAPTION.search(classes) is not None
