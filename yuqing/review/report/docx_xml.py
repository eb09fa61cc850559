"""WordprocessingML as strings: python-docx creates an object per cell, which is too slow for thousands of rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx.opc.constants import RELATIONSHIP_TYPE

from yuqing.review.report.text import web_url, xml

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
WIDE, WIDE_HEAD = "WideBody", "WideHead"  # character styles in the Chinese fonts
_WIDE = re.compile("([“”‘’—…]+)")
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


class Links:
    """The hyperlink relationships of a document part, one per URL."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def run(self, url: str, text: str) -> str:
        """A hyperlink; plain text if ``url`` is not a web address."""
        target = web_url(url)
        if not target:
            return run(text)
        name = self._ids.setdefault(target, f"rIdLink{len(self._ids) + 1}")
        return f'<w:hyperlink r:id="{name}">{run(text, "Hyperlink")}</w:hyperlink>'

    def relationships(self) -> str:
        """The relationships that the part needs in addition to the template's."""
        return "".join(
            f'<Relationship Id="{name}" Type="{RELATIONSHIP_TYPE.HYPERLINK}" Target="{xml(target)}" '
            'TargetMode="External"/>'
            for target, name in self._ids.items()
        )


def run(text: str, style: str = "", *, colour: str = "", wide: str = WIDE) -> str:
    """A run of text; the hint makes Word set “ ” and — in the Chinese font. ``colour`` is RRGGBB.

    LibreOffice ignores the hint and sets a closing quote after Latin text in the narrow Latin font: such marks become
    separate runs with the character style ``wide``.
    """
    if style or not _WIDE.search(text):
        return _run(text, style, colour)
    parts = (part for part in _WIDE.split(text) if part)
    return "".join(_run(part, wide if _WIDE.fullmatch(part) else "", colour) for part in parts)


def _run(text: str, style: str, colour: str) -> str:
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    inked = f'<w:color w:val="{colour}"/>' if colour else ""
    face = f'<w:rPr>{named}<w:rFonts w:hint="eastAsia"/>{inked}</w:rPr>'
    return f'<w:r>{face}<w:t xml:space="preserve">{xml(text)}</w:t></w:r>'


def paragraph(runs: str, style: str, *, keep_next: bool = False) -> str:
    keep = "<w:keepNext/>" if keep_next else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{runs}</w:p>'


def field(instruction: str, shown: str) -> str:
    """A field and the result displayed until it is updated."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {xml(instruction)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def heading(text: str, level: int, mark: int) -> str:
    """A heading with the bookmark ``_Toc{mark}``."""
    name = f"_Toc{mark:06d}"
    return paragraph(
        f'<w:bookmarkStart w:id="{mark}" w:name="{name}"/>{run(text, wide=WIDE_HEAD)}<w:bookmarkEnd w:id="{mark}"/>',
        f"Heading{level}",
    )


def contents(entries: Sequence[tuple[str, int, int]]) -> str:
    """目录: one line per heading (text, level, mark), with the page number as a PAGEREF field.

    Not a single TOC field: LibreOffice keeps the page numbers that such a field was saved with, and only a layout
    program knows them. PAGEREF fields are computed by both programs, in Word through w:updateFields.
    """
    paragraphs: list[str] = []
    for text, level, mark in entries:
        name = f"_Toc{mark:06d}"
        number = field(f"PAGEREF {name} \\h", "")
        line = f"{_run(text, '', '')}<w:r><w:tab/></w:r>{number}"
        link = f'<w:hyperlink w:anchor="{name}" w:history="1">{line}</w:hyperlink>'
        paragraphs.append(paragraph(link, f"TOC{level}"))
    return "".join(paragraphs)


def cell(content: str, width: int, *, merge: str = "") -> str:
    """A table cell ``width`` twentieths of a point wide; ``merge`` is "restart" or "continue" for a label."""
    span = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>{content}</w:tc>'


def table(header: Sequence[str], widths: Sequence[int], rows: Sequence[str]) -> str:
    """A bordered table whose header row repeats on every page; ``rows`` are finished w:tr elements."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = "".join(
        cell(paragraph(run(text, wide=WIDE_HEAD), "TableHead"), width)
        for text, width in zip(header, widths, strict=True)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>{''.join(rows)}</w:tbl>"
    )


def row(cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
