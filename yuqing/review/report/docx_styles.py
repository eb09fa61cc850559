"""The style of the Word file: 仿宋 for text, 黑体 for headings, A4, page numbers in the footer."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from datetime import time as clock
from typing import Any

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.shared import Mm

from yuqing.core.times import SHANGHAI
from yuqing.review.report.docx_xml import NAMESPACES, WIDE, WIDE_HEAD, field, run
from yuqing.review.report.house import House
from yuqing.review.report.records import Report
from yuqing.review.report.text import clean

BODY, HEAD, LATIN = "仿宋", "黑体", "Times New Roman"
_PROPERTY = 255  # maximum number of characters of an OPC property
# Fonts that a reader's machine may have instead; Word and LibreOffice use the first one available.
_FALLBACK = {
    BODY: "FangSong;仿宋_GB2312;STFangsong;华文仿宋;Noto Serif CJK SC;Source Han Serif SC",
    HEAD: "SimHei;STHeiti;华文黑体;Noto Sans CJK SC;Source Han Sans SC;WenQuanYi Micro Hei",
}


def _fonts(east: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{east}"/>'


def _style(
    style_id: str,
    name: str,
    *,
    east: str = BODY,
    size: float = 12,
    bold: bool = False,
    paragraph: str = "",
    colour: str = "000000",
) -> str:
    """A paragraph style; ``size`` in points, ``paragraph`` is the content of w:pPr."""
    based = "" if style_id == "Normal" else '<w:basedOn w:val="Normal"/>'
    default = ' w:default="1"' if style_id == "Normal" else ""
    weight = "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    half = int(size * 2)
    return (
        f'<w:style {NAMESPACES} w:type="paragraph"{default} w:styleId="{style_id}"><w:name w:val="{name}"/>{based}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{_fonts(east)}{weight}"
        f'<w:color w:val="{colour}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )


def _spacing(before: int = 0, after: int = 0, line: int = 360) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _heading(level: int, size: float, before: int) -> str:
    return _style(
        f"Heading{level}",
        f"heading {level}",
        east=HEAD,
        size=size,
        paragraph=f'<w:keepNext/><w:keepLines/>{_spacing(before, 120, 320)}<w:outlineLvl w:val="{level - 1}"/>',
    )


_CENTRE = '<w:jc w:val="center"/>'
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="480"/>'
_TAB = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9060"/></w:tabs>'
_STYLES = (
    _style("Normal", "Normal", paragraph=_spacing()),
    _style("Body", "Report Body", paragraph=_spacing() + _INDENT),
    _style("CoverTitle", "Cover Title", east=HEAD, size=30, paragraph=_spacing(3600, 240) + _CENTRE),
    _style("CoverLine", "Cover Line", size=16, paragraph=_spacing(120, 120) + _CENTRE),
    _style("CoverFoot", "Cover Foot", east=HEAD, size=18, paragraph=_spacing(4800, 120) + _CENTRE),
    _style("Unlisted", "Unlisted Heading", east=HEAD, size=16, paragraph=_spacing(0, 240) + _CENTRE),
    _heading(1, 16, 360),
    _heading(2, 14, 240),
    _heading(3, 12, 200),
    _style("TOC1", "toc 1", paragraph=_TAB + _spacing(60, 60)),
    _style("TOC2", "toc 2", size=11, paragraph=_TAB + _spacing(0, 0) + '<w:ind w:left="420"/>'),
    _style("TableHead", "Table Head", east=HEAD, size=10.5, paragraph=_spacing(40, 40, 280) + _CENTRE),
    _style("TableLabel", "Table Label", size=10.5, paragraph=_spacing(20, 20, 280) + _CENTRE),
    _style("TableText", "Table Text", size=10.5, paragraph=_spacing(20, 20, 280)),
    _style("TableLink", "Table Link", size=7.5, paragraph='<w:wordWrap w:val="0"/>' + _spacing(20, 20, 240)),
    _style("Caption", "caption", size=10, paragraph=_spacing(40, 160, 280) + _CENTRE),
    _style("Picture", "Picture", paragraph="<w:keepNext/>" + _spacing(120, 0, 240) + _CENTRE),
    _style("Tile", "Map Tile", size=9, paragraph="<w:keepNext/>" + _spacing(0, 0, 220) + _CENTRE),
    _style("Note", "Report Note", size=10.5, paragraph=_spacing(0, 60, 300)),
    _style("Footer", "footer", size=9, paragraph=_spacing(0, 0, 240) + _CENTRE),
)
_HYPERLINK = (
    f'<w:style {NAMESPACES} w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="1F4E79"/><w:u w:val="single"/></w:rPr></w:style>'
)


def _wide(style_id: str, east: str) -> str:
    """A character style that sets all punctuation in the Chinese font."""
    fonts = f'<w:rFonts w:ascii="{east}" w:hAnsi="{east}" w:eastAsia="{east}" w:hint="eastAsia"/>'
    fonts += '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/>'
    name = f'<w:name w:val="{style_id}"/>'
    return f'<w:style {NAMESPACES} w:type="character" w:styleId="{style_id}">{name}<w:rPr>{fonts}</w:rPr></w:style>'


_CHARACTERS = (_HYPERLINK, _wide(WIDE, BODY), _wide(WIDE_HEAD, HEAD))


def add_styles(document: Document) -> None:
    """The report's styles that an institute's own template does not define."""
    styles = document.styles.element
    known = {style.get(_w("styleId")) for style in styles.findall(_w("style"))}
    for text in (*_STYLES, _HYPERLINK):  # leave the template's quotes alone
        style = parse_xml(text)
        if style.get(_w("styleId")) not in known:
            styles.append(style)


def apply_styles(document: Document, report: Report, house: House) -> None:
    """Page, styles, font fallbacks, header and footer, field updating and properties."""
    styles = document.styles.element
    known = {style.get(_w("styleId")): style for style in styles.findall(_w("style"))}
    for text in (*_STYLES, *_CHARACTERS):
        style = parse_xml(text)
        old = known.get(style.get(_w("styleId")))
        if old is not None:
            styles.replace(old, style)
        else:
            styles.append(style)
    _page(document, house)
    _font_table(document)
    update = parse_xml(f'<w:updateFields {NAMESPACES} w:val="true"/>')
    document.settings.element.insert(0, update)
    _properties(document, report)


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _page(document: Document, house: House) -> None:
    """Two sections: cover, 前言 and 目录 without page numbers, and the body, whose pages count from 1."""
    front = document.sections[0]
    front.page_width, front.page_height = Mm(210), Mm(297)
    front.left_margin = front.right_margin = Mm(25)
    front.top_margin = front.bottom_margin = Mm(25)
    body = document.add_section(WD_SECTION.NEW_PAGE)
    for part in (body.header, body.footer):
        part.is_linked_to_previous = False
    number = f"{run(f'{house.footer}　') if house.footer else ''}{field('PAGE', '1')}"
    _fill(body.footer.paragraphs[0]._p, number)
    if house.header:
        _fill(body.header.paragraphs[0]._p, run(house.header))
    body._sectPr.append(parse_xml(f'<w:pgNumType {NAMESPACES} w:start="1"/>'))


def _fill(paragraph: Any, runs: str) -> None:
    for child in list(paragraph):
        paragraph.remove(child)
    for child in parse_xml(f'<w:p {NAMESPACES}><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{runs}</w:p>'):
        paragraph.append(child)


def _font_table(document: Document) -> None:
    """Names substitutes for 仿宋 and 黑体 in case they are not installed."""
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            fonts = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
                '<w:pitch w:val="variable"/></w:font>'
                for name, other in _FALLBACK.items()
            )
            part._blob = re.sub(rb"</w:fonts>\s*$", fonts.encode() + b"</w:fonts>", part.blob)


def _properties(document: Document, report: Report) -> None:
    cover, properties = report.cover, document.core_properties
    properties.title = clean(f"《{cover.title} {cover.subtitle}》（{cover.issue}）")[:_PROPERTY]
    properties.author = properties.last_modified_by = clean(cover.institute)[:_PROPERTY]
    properties.comments = ""
    properties.language = "zh-CN"
    made = datetime.combine(datetime.fromisoformat(report.last) + timedelta(days=1), clock(), SHANGHAI)
    properties.created = properties.modified = made.replace(tzinfo=None)
