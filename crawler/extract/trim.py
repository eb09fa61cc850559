"""The container without what stands in it above and below the text: title, bylines, buttons, foreign lines."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.extract.attachments import links_to_file
from crawler.extract.boilerplate import is_boilerplate, is_byline
from crawler.extract.container import MAX_BYLINES, SINGLE, Container, is_day, is_linked, is_paragraph, text_run
from crawler.extract.footer import is_foreign
from crawler.extract.inserts import inserted_lines, without_boxes
from crawler.extract.layout import Line, PageLayout, Span
from crawler.extract.names import is_medium
from crawler.extract.split_days import is_split_day

MAX_NAME_LINE = 14  # characters of a medium's name on a line of its own
_INDEX = re.compile(r"索\s*[引取]\s*号|发布(?:时间|日期|机构)|发文|文件?编?号|主题分类|成文日期")
_COUNTER = re.compile(r"[A-Za-z ]{2,12}:\s?[\d,.]+")  # Views: 339
_PARTICULAR = re.compile(r"[\u4e00-\u9fa5]{2,4}\s?[:：]\s?\S")


def trim(layout: PageLayout, box: Container, title: int) -> Container:
    """The container without title, bylines and buttons at its start and without foreign lines at its end.

    ``title`` is the line after the title, or 0 where no line shows it. A container found by its text is widened to the
    unlinked lines around it: a salutation, table rows, a signature.
    """
    lines = layout.lines
    texts = [line.text for line in lines]
    start, end = max(box.start, title), box.end
    if box.method in ("density", "run"):
        run = text_run(layout, start) or (start, end)
        start, end = max(start, run[0]), min(end, run[1])
        while start > title > 0 and not _is_foreign(lines, texts, start - 1):
            start -= 1
        limit = _around(layout, box).end if box.span else len(lines)
        others = inserted_lines(layout, start, limit)
        while end < limit and (end in others or not _is_foreign(lines, texts, end)):
            end += 1
    for number in range(start, min(end, start + MAX_BYLINES)):
        text = lines[number].text
        above = start == number and (_is_index_row(lines, number) or _is_leading_link(lines[number]))
        named = start == number and (_is_paper(lines, number) or _is_rest(lines, number))
        if _is_particular(lines, number):
            break
        if above or named or is_byline(text) or is_boilerplate(text):
            start = number + 1
        elif is_paragraph(lines[number]):
            break
    start, end = without_boxes(layout, start, end)
    return replace(box, start=start, end=max(start, end))


def _around(layout: PageLayout, box: Container) -> Container | Span:
    """The container; if it is a single paragraph, the element that holds it and its neighbours."""
    if box.span is None or box.span.element.tag not in SINGLE:
        return box
    holders = set(box.span.element.iterancestors())
    wider = (span for span in layout.spans if span.element in holders and span.end - span.start > box.end - box.start)
    return next(wider, box)


def _is_paper(lines: list[Line], number: int) -> bool:
    """Whether the line is just the name of a paper, directly below its day."""
    text = lines[number].text
    return number > 0 and len(text) <= MAX_NAME_LINE and is_medium(text) and is_day(lines[number - 1])


def _is_rest(lines: list[Line], number: int) -> bool:
    """Whether the line is the name below a label alone on its line, a counter in English, or a day in parts."""
    line = lines[number]
    if len(line.text) > MAX_NAME_LINE or line.text.endswith((":", "：", "。", "！", "？", "，")):
        return False
    labelled = number > 0 and lines[number - 1].text.endswith((":", "：")) and is_byline(lines[number - 1].text)
    return labelled or _COUNTER.fullmatch(line.text) is not None or is_split_day(line.element)


def _is_particular(lines: list[Line], number: int) -> bool:
    """Whether the line is the first of an event's particulars: 时间：… is a byline, but not above 地点：…."""
    if not lines[number].text.startswith(("时间", "日期")) or number + 1 == len(lines):
        return False
    below = lines[number + 1].text
    return bool(_PARTICULAR.match(below)) and not is_byline(below) and not is_boilerplate(below)


def _is_index_row(lines: list[Line], number: int) -> bool:
    """Whether the row is below the label row of a document's index table (索引号, 发布机构 …)."""
    above = lines[number - 1]
    return number > 0 and lines[number].kind == above.kind == "row" and len(_INDEX.findall(above.text)) > 1


def _is_leading_link(line: Line) -> bool:
    """Whether a line above the text is a link (a video, a topic, an advertisement) but not to a file."""
    return is_linked(line) and not links_to_file(line.element)


def _is_foreign(lines: list[Line], texts: list[str], number: int) -> bool:
    line = lines[number]
    linked = line.linked * 2 > len(line.text) and not links_to_file(
        line.element
    )  # an attachment may stand above the signature
    return linked or is_foreign(texts, number)
