"""The report as a Word file in the form of the published issues."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
from lxml import etree

from yuqing.review.report import docx_xml as ml
from yuqing.review.report.chapters import (
    CHANGE_NAMES,
    COMPARISON,
    CORRECTIONS,
    NO_SUMMITS,
    VERSIONS,
    coverage_heading,
    has_comparison,
    heading,
    topic_title,
    unreviewed,
    version_texts,
)
from yuqing.review.report.charts import Chart, Tiles
from yuqing.review.report.docx_charts import bar_chart, tile_table
from yuqing.review.report.docx_styles import add_styles, apply_styles
from yuqing.review.report.docx_template import DocxTemplate, fill_template, open_template
from yuqing.review.report.house import House
from yuqing.review.report.records import Entry, Paragraph, Report, TableSection
from yuqing.review.report.text import clean

_TEXT_WIDTH = 9070  # twentieths of a point: A4 less margins of 25 mm
_WIDTHS = {3: (1250, 5220, 2600), 2: (1500, 7570), 4: (4270, 1600, 1600, 1600)}
_LINKS = 4  # links printed per entry; html and JSON have all
_DOCUMENT = "word/document.xml"
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def render_docx(report: Report, charts: Sequence[Chart], house: House | None = None) -> bytes:
    """The bytes of the Word file. Raises YuqingError for a template that cannot be filled."""
    return _Writer(report, charts, house or House()).write()


class _Writer:
    """Collects the body as XML and hands it to python-docx in pieces, in order."""

    def __init__(self, report: Report, charts: Sequence[Chart], house: House) -> None:
        self.report = report
        self.charts = charts
        self.house = house
        self.template = open_template(house.template) if house.template else None
        self.document = self.template.docx if self.template else docx.Document()
        self.links = ml.Links()
        self.headings: list[tuple[str, int, int]] = []
        self.pieces: list[str] = []
        self.drawn = 0  # Word charts so far; their parts and drawings are numbered

    def write(self) -> bytes:
        if self.template:
            return self._filled(self.template)
        apply_styles(self.document, self.report, self.house)
        front, body_section = (etree.tostring(one, encoding="unicode") for one in self._sections())
        self._chapters()
        body = self.pieces
        self.pieces = []
        self._front()
        self.pieces.append(f"<w:p><w:pPr>{front}</w:pPr></w:p>")
        return self._packed("".join((*self.pieces, *body, body_section)))

    def _sections(self) -> list[Any]:
        return [section._sectPr for section in self.document.sections]

    def _filled(self, template: DocxTemplate) -> bytes:
        """The institute's template with its placeholders filled."""
        add_styles(self.document)
        self._chapters()
        fill_template(template, self.house.template, self.report, self.pieces, self.headings)
        return self._packed(None)

    def _packed(self, markup: str | None) -> bytes:
        """The file with ``markup`` as its body, or with the template's own filled in, and the hyperlink relationships.

        They are inserted as text: as nodes, 20,000 rows take 200 MB, and moving them into the template takes lxml
        minutes.
        """
        whole = f"{_XML}<w:document {ml.NAMESPACES}><w:body>{markup}</w:body></w:document>".encode()
        template, out = io.BytesIO(), io.BytesIO()
        self.document.save(template)
        with zipfile.ZipFile(template) as parts, zipfile.ZipFile(out, "w") as packed:
            for part in parts.infolist():
                data = whole if markup and part.filename == _DOCUMENT else parts.read(part)
                if part.filename == _RELATIONSHIPS:
                    data = data.replace(b"</Relationships>", f"{self.links.relationships()}</Relationships>".encode())
                packed.writestr(part, data, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _chart(self, chart: Chart) -> str:
        caption = ml.paragraph(ml.run(chart.caption), "Caption")
        if isinstance(chart, Tiles):
            return tile_table(chart) + caption
        self.drawn += 1
        return bar_chart(self.document.part, chart, self.drawn) + caption

    def _heading(self, text: str, level: int = 1) -> None:
        mark = len(self.headings) + 1
        self.headings.append((clean(text), level, mark))
        self.pieces.append(ml.heading(text, level, mark))

    def _text(self, paragraph: Paragraph | str, style: str = "Body") -> None:
        text = paragraph if isinstance(paragraph, str) else "".join(segment.text for segment in paragraph)
        self.pieces.append(ml.paragraph(ml.run(text), style))

    def _front(self) -> None:
        cover = self.report.cover
        first, second = (ml.run(text, wide=ml.WIDE_HEAD) for text in (f"《{cover.title}", f"{cover.subtitle}》"))
        self.pieces.append(ml.paragraph(f"{first}<w:r><w:br/></w:r>{second}", "CoverTitle"))
        self._text(f"（{cover.issue}）", "CoverLine")
        self._text(cover.period, "CoverLine")
        if cover.institute:
            self._text(cover.institute, "CoverFoot")
        self.pieces.append(ml.PAGE_BREAK)
        self._text("前　言", "Unlisted")
        self._text(self.report.preface)
        self.pieces.append(ml.PAGE_BREAK)
        self._text("目　录", "Unlisted")
        self.pieces.append(ml.contents([found for found in self.headings if found[1] <= 2]))

    def _chapters(self) -> None:
        report = self.report
        self._heading(heading(report, "summary"))
        self._text(report.summary)
        if note := unreviewed(report):
            self._text(note, "Note")
        self.pieces += [self._chart(chart) for chart in self.charts]
        for section in report.sections:
            self._table(section)
        self._heading(heading(report, "summit"))
        if not report.summits:
            self._text(NO_SUMMITS)
        self._numbered(report.summits, 2)
        if report.topics:
            self._heading(heading(report, "special"))
            for topic in report.topics:
                if len(report.topics) > 1:
                    self._heading(topic_title(topic), 2)
                self._numbered(topic.entries, 3 if len(report.topics) > 1 else 2)
        if report.shown.appendix:
            self._comparison()
            self._coverage()
        if report.contacts:
            self._heading(heading(report, "contacts"))
            for line in report.contacts:
                self._text(line, "Normal")
        if report.corrections:
            self._heading(CORRECTIONS)
            for line in report.corrections:
                self._text(line)
        if report.versions and report.shown.versions:
            named = "；".join(version_texts(report))
            self._text(f"{VERSIONS}　{named}", "Note")

    def _coverage(self) -> None:
        self._heading(coverage_heading(self.report))
        for note in self.report.coverage:
            self._text(note)
        for entry in self.report.unplaced:
            self.pieces.append(ml.paragraph(ml.run("· " + entry.text) + self._sources(entry), "Note"))

    def _table(self, section: TableSection) -> None:
        self._heading(section.heading)
        self._text(section.lead)
        if not section.rows:
            return
        widths = _WIDTHS[len(section.columns)]
        rows: list[str] = []
        for row in section.rows:
            for index, entry in enumerate(row.entries):
                label = ml.paragraph(ml.run(row.label) if not index else "", "TableLabel")
                merge = ("restart" if not index else "continue") if len(row.entries) > 1 else ""
                rows.append(ml.row(ml.cell(label, widths[0], merge=merge) + self._cells(entry, widths)))
        self.pieces.append(ml.table(section.columns, widths, rows))

    def _cells(self, entry: Entry, widths: Sequence[int]) -> str:
        text = ml.run(f"{entry.marker} {entry.text}" if entry.marker else entry.text)
        if len(widths) == 2:
            return ml.cell(ml.paragraph(text + self._sources(entry), "TableText"), widths[1])
        pages = [ml.paragraph(self.links.run(link.url, link.url or link.name), "TableLink") for link in entry.links[:1]]
        pages += [
            ml.paragraph(ml.run("另见 ") + self.links.run(link.url, link.name or link.url), "TableLink")
            for link in entry.links[1:_LINKS]
        ]
        if len(entry.links) > _LINKS:
            pages.append(ml.paragraph(ml.run(f"另有转载{len(entry.links) - _LINKS}处"), "TableLink"))
        empty = ml.paragraph("", "TableLink")
        return ml.cell(ml.paragraph(text, "TableText"), widths[1]) + ml.cell("".join(pages) or empty, widths[2])

    def _sources(self, entry: Entry) -> str:
        """（来源：…） with links, for text without a column of links."""
        shown = entry.links[:_LINKS]
        if not shown:
            return ""
        linked = ml.run("、").join(self.links.run(link.url, link.name or link.url) for link in shown)
        return ml.run("（来源：") + linked + ml.run("）")

    def _numbered(self, entries: Sequence[Entry], level: int) -> None:
        for number, entry in enumerate(entries, 1):
            self._heading(f"{number}. {entry.heading}", level)
            self.pieces.append(ml.paragraph(ml.run(entry.text) + self._sources(entry), "Body"))

    def _comparison(self) -> None:
        report = self.report
        if not has_comparison(report):
            return
        self._heading(COMPARISON)
        widths = _WIDTHS[4]
        rows = [
            ml.row(
                "".join(
                    ml.cell(ml.paragraph(ml.run(text), "TableText"), width)
                    for text, width in zip(
                        (change.name, str(change.before), str(change.now), CHANGE_NAMES[change.kind]),
                        widths,
                        strict=True,
                    )
                )
            )
            for change in report.changes
        ]
        if rows:
            self.pieces.append(ml.table(("领域", "上期", "本期", "变化"), widths, rows))
        if report.new_words:
            self._text("新出现的“互联网+”提法：" + "、".join(f"“{word}”" for word in report.new_words))
