"""Blocks inside an article's text that are not part of it: lists and cards of other articles, advertisements."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from crawler.extract.attachments import links_to_file
from crawler.extract.boilerplate import starts_tail
from crawler.extract.container import is_day, is_paragraph
from crawler.extract.layout import Line, PageLayout
from crawler.extract.official import number_alone

_ADVERTISEMENT = frozenset(("广告", "[广告]", "【广告】", "推广"))
_BOXES = frozenset(("div", "section", "aside", "footer", "nav", "form"))
MAIN = 0.7  # share of the text that stands in the element itself
MAX_SHARE = 0.5  # text of such a block, as a share of the text above it


def inserted_lines(layout: PageLayout, start: int, end: int) -> set[int]:
    """The lines of the blocks between two paragraphs of the text in the lines ``start:end``.

    A block is an element of its own or one line, headed 相关阅读 or 广告, below a paragraph; the text goes on behind it
    where the paragraphs above it stand. A list of other articles without an element of its own ends the text.
    """
    found: set[int] = set()
    for number in range(start + 1, end):
        line = layout.lines[number]
        if number in found or not (line.text in _ADVERTISEMENT or starts_tail(line.text)):
            continue
        last = _block_end(layout, number, end)
        if (last > number + 1 or line.linked * 2 > len(line.text)) and _is_between(layout, start, number, last, end):
            found.update(range(number, last))
    return found


def without_boxes(layout: PageLayout, start: int, end: int) -> tuple[int, int]:
    """The text ``start:end`` without boxes above and below it, and without lines outside the element that holds it.

    Boxes are <div>s where the text stands in <p>s or lines. Part of the text are: above it a lead, a salutation and a
    document's number, below it what has a day (a signature); tables, captions and files in either place.
    """
    texts = [line for line in layout.lines[start:end] if is_paragraph(line)]
    shared = Counter(line.element for line in texts)
    good: Counter[etree._Element] = Counter()
    for line in texts:
        good[line.element if shared[line.element] > 1 else line.element.getparent()] += line.good
    if len(texts) < 2 or max(good.values()) < MAIN * good.total():
        return start, end
    holder = good.most_common(1)[0][0]
    divs = any(line.element.tag in _BOXES and line.element is not holder for line in texts)
    boxes = frozenset() if divs else _BOXES
    first, last = start, end
    while last > start and _is_apart(holder, layout.lines[last - 1], boxes):
        last -= 1
    while first < last and _is_above(layout.lines[first]) and _is_apart(holder, layout.lines[first], boxes):
        first += 1
    return first, end if any(map(_belongs, layout.lines[last:end])) else last


def _is_above(line: Line) -> bool:
    """Whether a line in a box above the text does not belong to it."""
    told = is_paragraph(line) or line.text.endswith((":", "：", "。", "！", "？"))
    return not (told or _belongs(line) or line.after_image or number_alone(line.text))


def _is_apart(holder: etree._Element, line: Line, boxes: frozenset[str]) -> bool:
    """Whether a line stands in a box within ``holder`` or outside it."""
    element, child = line.element, None
    while element is not None and element is not holder:
        element, child = element.getparent(), element
    return element is None or (child is not None and child.tag in boxes)


def _belongs(line: Line) -> bool:
    """Whether a line in a box below the text belongs to the text."""
    return line.kind in ("row", "caption") or is_day(line) or links_to_file(line.element)


def _block_end(layout: PageLayout, number: int, end: int) -> int:
    """The line after the largest element that begins with the line ``number`` and ends before the text does."""
    return max((span.end for span in layout.spans if span.start == number and span.end < end), default=number + 1)


def _is_between(layout: PageLayout, start: int, first: int, last: int, end: int) -> bool:
    """Whether a paragraph below the block ``first:last`` stands in the same element as one above it."""
    above = {line.element.getparent() for line in layout.lines[start:first] if is_paragraph(line)}
    if layout.good_in(first, last) > MAX_SHARE * layout.good_in(start, first):
        return False
    return any(is_paragraph(line) and line.element.getparent() in above for line in layout.lines[last:end])
