"""An official document's own metadata: number, index, issuer, days, class, validity, and its interpretation.

Read from the labels of government pages (a table, a list or a row of paragraphs next to the text), each with the words
that it was read from. A page without a document number and with fewer than two other fields is not a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from crawler.extract.dates import first_moment, fold
from crawler.extract.error_page import title_share
from crawler.extract.layout import PageLayout
from crawler.extract.select import text_of
from crawler.wordings import document_labels, either, page_words
from yuqing.core.records import Document, RelatedPage

_W = page_words().documents
# The field of each label; an empty string for a label without a field, which ends the value before it.
_FIELDS = {label: "" if field == "other" else field for field, labels in document_labels().items() for label in labels}
_WORDS = "|".join(r"\s*".join(label) for label in sorted(_FIELDS, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])[【\[]?\s*(?P<label>{_WORDS})\s*[】\]]?\s*:\s*|[【\[]\s*(?P<boxed>{_WORDS})\s*[】\]]\s*"
)
_MAY = re.compile("[:：【\\[﹕︰]")
_BLANK = re.compile(r"\s+")
_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）()·]{1,24}\s*[〔\[［【(（]\s*(?:19|20)\d\d\s*[〕\]］】)）]\s*第?\s*\d{1,5}\s*号(?:文件?)?"
    r"|[\u4e00-\u9fff（）()]{2,30}(?:令|公告|通告)(?:\s*\d{4}\s*年)?\s*(?:第\s*[\d一二三四五六七八九十百零〇]{1,5}\s*号|[〔\[]\d{4}[〕\]]\s*第?\d+号)"
)
_NONE = re.compile(r"^[\W_]*$|^(?:无|暂无|null|undefined)$", re.IGNORECASE)
_READS = re.compile(either(_W.explains))
_ORIGINAL = re.compile(either(_W.originals))
MAX_LINE = 400  # characters of a line of labels
MAX_VALUE = 80
HEAD = 8  # lines above the text searched for a number on its own line
BELOW = 30  # lines below the text searched for labels or related pages
RELATED = 0.5  # share of a title's pairs of characters that the related page's title has too


def find_document(layout: PageLayout, url: str, title: str, start: int, end: int) -> Document | None:
    """The metadata of the document on the page; ``start:end`` are the lines of its text. None for other pages."""
    values: dict[str, str] = {}
    found_in: dict[str, str] = {}
    lines = layout.lines
    for field, value, words in _pairs(layout, (*range(start), *range(end, min(end + BELOW, len(lines))))):
        if field and field not in values and (read := _value(field, value)):
            values[field], found_in[field] = read, words[:MAX_VALUE]
    if "number" not in values and (alone := _alone(layout, start)):
        values["number"], found_in["number"] = alone, alone
    known = values.keys() - {"published_on"}
    if "number" not in known and len(known) < 2:
        return None
    return Document(**values, found_in=found_in, related=tuple(_related(layout, url, title, start, end)))


def _pairs(layout: PageLayout, numbers: tuple[int, ...]) -> Iterator[tuple[str, str, str]]:
    """Every (field, value, words) of the lines; a row that holds only labels takes the cells of the next row."""
    above: list[str] = []
    for number in numbers:
        line = layout.lines[number]
        if len(line.text) > MAX_LINE or not (line.kind == "row" or _MAY.search(line.text)):
            above = []
            continue
        text = fold(line.text)
        cells = [cell.strip() for cell in text.split(" | ")]
        if line.kind == "row" and above and len(cells) == len(above):
            for label, value in zip(above, cells, strict=True):
                yield _field(label) or "", value, f"{label}：{value}"
        named = [_field(cell) is not None for cell in cells]
        above = cells if line.kind == "row" and len(cells) > 1 and all(named) else []
        if line.kind == "row" and not above:
            yield from _cells(cells)
        else:
            yield from _labelled(text)


def _cells(cells: list[str]) -> Iterator[tuple[str, str, str]]:
    """The pairs of one row: a label and the cell next to it, or both in one cell."""
    at = 0
    while at < len(cells):
        field = _field(cells[at])
        if field is not None and at + 1 < len(cells) and _field(cells[at + 1]) is None:
            yield field, cells[at + 1], f"{_BLANK.sub('', cells[at]).strip(':')}：{cells[at + 1]}"
            at += 1
        elif field is None:
            yield from _labelled(cells[at])
        at += 1


def _labelled(text: str) -> Iterator[tuple[str, str, str]]:
    """The pairs of one line: every label and the text up to the next one."""
    found = list(_LABEL.finditer(text))
    for number, match in enumerate(found):
        stop = found[number + 1].start() if number + 1 < len(found) else len(text)
        label = _BLANK.sub("", match["label"] or match["boxed"])
        value = text[match.end() : stop].strip(" |;；,，")
        yield _FIELDS[label], value, f"{label}：{value}"


def _field(cell: str) -> str | None:
    """The field whose label ``cell`` is, "" for another label, None for a value."""
    return _FIELDS.get(_BLANK.sub("", cell).strip(":：【】[]"))


def _value(field: str, text: str) -> str:
    """``text`` as a value of ``field``; empty where it is not one."""
    text = " ".join(text.split()).strip()
    if field in ("written_on", "published_on"):
        moment = first_moment(text)
        return moment.day.isoformat() if moment else ""
    if len(text) > MAX_VALUE or _NONE.match(text):
        return ""
    if field == "number":
        return _BLANK.sub("", text) if re.search(r"\d", text) and "号" in text else ""
    if field == "index":
        return text if re.search(r"\d", text) and not re.search(r"[。，]", text) else ""
    return "" if re.search(r"[。！？]|https?:", text) else text


def _alone(layout: PageLayout, start: int) -> str:
    """A number on its own line just above the text or among its first lines."""
    for line in layout.lines[max(0, start - HEAD) : start + 3]:
        if number := number_alone(line.text):
            return number
    return ""


def number_alone(text: str) -> str:
    """The number of a document that makes up the line; empty where it is none."""
    text = fold(text).strip(" ()") if "号" in text else ""
    return _BLANK.sub("", text) if len(text) <= 40 and _NUMBER.fullmatch(text) else ""


def _related(layout: PageLayout, url: str, title: str, start: int, end: int) -> Iterator[RelatedPage]:
    """The pages that explain this document, or the document that this page explains: links with a similar title."""
    seen: set[str] = set()
    explains = bool(_READS.search(title))
    for line in layout.lines[start : min(end + BELOW, len(layout.lines))]:
        if not line.linked:
            continue
        for link in line.element.iter("a"):
            text = text_of(link)
            share = max(title_share(text, title) or 0.0, title_share(title, text) or 0.0)
            if share < RELATED or text == title or not link.get("href"):
                continue
            try:
                absolute = urljoin(url, link.get("href", "").strip())
            except ValueError:
                continue
            if absolute in seen or not absolute.startswith("http") or absolute == url:
                continue
            reads = bool(_READS.search(text))
            if reads == explains and not _ORIGINAL.search(line.text):
                continue
            seen.add(absolute)
            yield RelatedPage(kind="解读" if reads else "文件", title=text, url=absolute)
