"""The charts in the Word file: native Word charts with their workbooks, and the map as a table of shaded cells.

A chart consists of three pieces: the drawing in the text, a chart part (DrawingML, written by python-pptx), and the
embedded workbook that Word opens for “编辑数据”.
"""

from __future__ import annotations

import io
from datetime import datetime

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.parts.document import DocumentPart
from docx.shared import Mm
from lxml import etree
from pptx.chart.chart import Chart as PptxChart
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.util import Pt
from xlsxwriter import Workbook

from yuqing.review.report import docx_xml as ml
from yuqing.review.report.charts import BAR, COLUMNS, GRID, INK, ROWS, Bars, Tile, Tiles
from yuqing.review.report.text import clean, xml

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NO_FRAME = f'<c:spPr xmlns:c="{_C}" xmlns:a="{_A}"><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
_DRAWINGML = (
    f'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="{_A}" xmlns:c="{_C}"'
)
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH, _UPRIGHT, _BAR = Mm(150), Mm(60), Mm(7)  # of a chart; the height of upright bars; the height per horizontal bar
_LABELS = 12  # approximate number of days labelled below the bars
_SERIES = "条目数"
_TILE = 1050  # twentieths of a point


def bar_chart(part: DocumentPart, chart: Bars, number: int) -> str:
    """The paragraph that shows ``chart``; its parts, numbered ``number`` (from 1), are added alongside ``part``."""
    package = part.package
    book = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"), _WORKBOOK_TYPE, workbook(chart), package
    )
    drawn = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    drawn._blob = _chart_xml(chart, drawn.relate_to(book, RELATIONSHIP_TYPE.PACKAGE))
    name = part.relate_to(drawn, RELATIONSHIP_TYPE.CHART)
    height = _UPRIGHT if chart.upright else Mm(12) + _BAR * len(chart.points)
    label = f'name="图{number}" title="{xml(chart.caption)}" descr="{xml(clean(chart.alt))}"'
    return ml.paragraph(
        f'<w:r><w:drawing><wp:inline {_DRAWINGML} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(_WIDTH)}" cy="{int(height)}"/><wp:docPr id="{number}" {label}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_C}"><c:chart r:id="{name}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>",
        "Picture",
    )


def workbook(chart: Bars) -> bytes:
    """The xlsx file behind a chart: names in column A, numbers in B, as the chart's references expect."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})  # equal reports must give equal bytes
    sheet = book.add_worksheet()
    sheet.set_column(0, 0, 30)
    sheet.write_string(0, 1, _SERIES)
    for row, (name, count) in enumerate(chart.points, 1):
        sheet.write_string(row, 0, clean(name))
        sheet.write_number(row, 1, count)
    book.close()
    return out.getvalue()


def _chart_xml(chart: Bars, book: str) -> bytes:
    """The chart part; ``book`` is the id of its relationship to the workbook."""
    data = CategoryChartData(number_format="0")
    data.categories = [clean(name) for name, _ in chart.points]
    data.add_series(_SERIES, [count for _, count in chart.points])
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if chart.upright else XL_CHART_TYPE.BAR_CLUSTERED
    space = parse_xml(ChartXmlWriter(kind, data).xml.encode())
    _style(PptxChart(space, None), upright=chart.upright)
    axis = space.find(f".//{{{_C}}}catAx")
    every = max(1, round(len(chart.points) / _LABELS)) if chart.upright else 1
    skip = etree.Element(f"{{{_C}}}tickLblSkip", val=str(every))
    axis.find(f"{{{_C}}}noMultiLvlLbl").addprevious(skip)
    space.find(f"{{{_C}}}chart").addnext(etree.fromstring(_NO_FRAME))
    if chart.upright:
        axis.find(f"{{{_C}}}txPr/{{{_A}}}bodyPr").set(
            "rot", "-2700000"
        )  # slanted by 45 degrees, so that no label is broken
    external = etree.SubElement(space, f"{{{_C}}}externalData", {f"{{{_R}}}id": book})
    etree.SubElement(external, f"{{{_C}}}autoUpdate", val="0")
    return bytes(etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True))


def _style(chart: PptxChart, *, upright: bool) -> None:
    ink = RGBColor.from_string(INK)
    chart.has_legend = chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(9), ink
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 30 if upright else 45, False
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(BAR)
    chart.category_axis.format.line.color.rgb = RGBColor.from_string(GRID)
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.tick_labels.font.size = Pt(9)
    values = chart.value_axis
    values.minimum_scale = 0
    values.has_major_gridlines = values.visible = upright
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "0", False
    if upright:
        values.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID)
        values.format.line.fill.background()
    else:
        chart.category_axis.reverse_order = True  # the first bar is on top
        plot.has_data_labels = True
        plot.data_labels.show_value, plot.data_labels.position = True, XL_LABEL_POSITION.OUTSIDE_END


def tile_table(chart: Tiles) -> str:
    """The map of provinces as a table: names and numbers remain text, the shade shows the number."""
    tiles = {(tile.row, tile.column): tile for tile in chart.tiles}
    rows = "".join(
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="620" w:hRule="exact"/><w:jc w:val="center"/></w:trPr>'
        f"{''.join(_tile(tiles.get((row, column))) for column in range(COLUMNS))}</w:tr>"
        for row in range(ROWS)
    )
    grid = f'<w:gridCol w:w="{_TILE}"/>' * COLUMNS
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="12" w:space="0" w:color="FFFFFF"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_TILE * COLUMNS}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblCaption w:val="{xml(chart.caption)}"/><w:tblDescription w:val="{xml(clean(chart.alt))}"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _tile(tile: Tile | None) -> str:
    size = f'<w:tcW w:w="{_TILE}" w:type="dxa"/>'
    if tile is None:
        return f"<w:tc><w:tcPr>{size}</w:tcPr>{ml.paragraph('', 'Tile')}</w:tc>"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{tile.fill}"/><w:vAlign w:val="center"/>'
    lines = (tile.name, str(tile.count)) if tile.count else (tile.name,)
    runs = "<w:r><w:br/></w:r>".join(ml.run(line, colour=tile.ink) for line in lines)
    return f"<w:tc><w:tcPr>{size}{shade}</w:tcPr>{ml.paragraph(runs, 'Tile')}</w:tc>"
