"""The report's rows as a table: csv and xlsx, one line for each place in which an entry is listed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from yuqing.review.report import chapters
from yuqing.review.report.records import Entry, Report
from yuqing.review.report.text import clean

HEADER = ("章节", "栏目", "日期", "内容", "链接", "来源", "领域", "举措", "发布日期", "审核", "编号")
_WIDTHS = (28, 16, 12, 80, 48, 18, 24, 12, 12, 10, 30)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # Excel also accepts the full-width signs
_STATES = {"pending": "待审", "accepted": "已采纳", "dropped": "已剔除"}
_CELL = 32_767  # characters; Excel's limit
_MADE = datetime(2000, 1, 1)  # a fixed time: equal reports give equal tables


def render_csv(report: Report) -> bytes:
    """UTF-8 with a byte-order mark, without which Excel reads Chinese as GBK."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *_lines(report)])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def render_xlsx(report: Report) -> bytes:
    """One sheet with a frozen header row and filters; every cell is text."""
    book = Workbook()
    book.properties.created = book.properties.modified = _MADE
    sheet = book.active
    assert sheet is not None
    sheet.title = f"舆情{report.window}"
    for number, line in enumerate([HEADER, *_lines(report)], 1):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(number, column)
            cell.value = value
            cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def safe_cell(text: str) -> str:
    """``text`` as a cell that no spreadsheet program takes for a formula."""
    text = clean(text)[: _CELL - 1]
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def _lines(report: Report) -> Iterator[tuple[str, ...]]:
    for section in report.sections:
        for row in section.rows:
            for entry in row.entries:
                yield _line(section.heading, row.label, entry)
    for entry in report.summits:
        yield _line(chapters.heading(report, "summit"), entry.heading, entry)
    for topic in report.topics:
        for entry in topic.entries:
            yield _line(chapters.heading(report, "special"), entry.heading, entry)
    for entry in report.unplaced if report.shown.appendix else ():
        yield _line(chapters.coverage_heading(report), entry.heading, entry)


def _line(chapter: str, label: str, entry: Entry) -> tuple[str, ...]:
    cells = (
        chapter,
        label,
        entry.date,
        entry.text,
        "\n".join(link.url for link in entry.links if link.url),
        "、".join(dict.fromkeys(link.name for link in entry.links)),
        "、".join(entry.sectors),
        "、".join(entry.actions),
        entry.found,
        _STATES[entry.state],
        entry.id,
    )
    return tuple(safe_cell(cell) for cell in cells)
