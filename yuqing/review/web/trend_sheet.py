"""The months as a workbook with native charts, for slides and further calculations."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.chart import LineChart, Reference
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from yuqing.review.report.render_sheet import safe_cell
from yuqing.review.web.trends import KINDS, Trends, compared

_DRAWN = 8  # lines per chart


def trends_xlsx(trends: Trends, before: str = "", now: str = "") -> bytes:
    """A sheet for each kind, with a line chart of its top names; new words; and the two windows compared."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for kind, name in KINDS.items():
        sheet = _sheet(book, name, [name, *trends.windows, "合计"])
        for line in trends.kinds[kind]:
            sheet.append([safe_cell(line.name), *line.counts, line.total])
        _chart(sheet, min(len(trends.kinds[kind]), _DRAWN), len(trends.windows), name)
    words = _sheet(book, "新词", ["监测期", "首次出现的“互联网+”词"])
    for window, said in trends.words.items():
        for word in said:
            words.append([window, safe_cell(word)])
    if before and now:
        sheet = _sheet(book, "比较", ["类别", "名称", before, now, "增减"])
        for kind, found in compared(trends, before, now).items():
            for one in found:
                sheet.append([KINDS[kind], safe_cell(one.name), one.before, one.now, one.now - one.before])
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def _sheet(book: Workbook, title: str, head: Sequence[str]) -> Worksheet:
    sheet: Worksheet = book.create_sheet(title)
    sheet.append(list(head))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 18
    return sheet


def _chart(sheet: Worksheet, lines: int, windows: int, title: str) -> None:
    if not lines or windows < 2:
        return
    chart = LineChart()
    chart.title = f"{title}（条）"
    chart.add_data(Reference(sheet, 1, 2, windows + 1, lines + 1), from_rows=True, titles_from_data=True)
    chart.set_categories(Reference(sheet, 2, 1, windows + 1, 1))
    chart.width, chart.height = 24, 12
    sheet.add_chart(chart, f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[min(windows + 3, 25)]}2")
