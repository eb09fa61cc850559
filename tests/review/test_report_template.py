"""The institute's own Word template, and header, footer and page numbers of the built-in form."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt

from yuqing.core.errors import YuqingError
from yuqing.core.records import Item
from yuqing.review.report.build import build_report
from yuqing.review.report.charts import report_charts
from yuqing.review.report.form import Form
from yuqing.review.report.house import House
from yuqing.review.report.records import Report
from yuqing.review.report.render_docx import render_docx


@pytest.fixture
def report(month: list[Item], window) -> Report:
    return build_report(month, window, Form(institute="某某<研究院>&"))


def make_template(path: Path, *paragraphs: str) -> Path:
    """A template as an institute would make it in Word."""
    document = docx.Document()
    style = document.styles.add_style("Heading1x", WD_STYLE_TYPE.PARAGRAPH)
    style.element.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId", "Note")
    document.styles["Heading 1"].font.size = Pt(33)
    document.sections[0].header.paragraphs[0].text = "内部资料　{{ issue }}"
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def test_the_report_goes_into_the_institutes_template(report: Report, tmp_path: Path) -> None:
    path = make_template(
        tmp_path / "house.docx", "{{ institute }}", "{{ title }}——{{ subtitle }}", "{{p contents }}", "{{ preface }}",
        "{{p body }}",
        "某某研究院编印",
    )  # fmt: skip
    made = render_docx(report, report_charts(report), House(template=path))
    book = docx.Document(io.BytesIO(made))
    texts = [paragraph.text for paragraph in book.paragraphs]
    assert book.sections[0].header.paragraphs[0].text == "内部资料　2018年第3期"
    assert texts[0] == "某某<研究院>&"
    assert texts[-1] == "某某研究院编印"
    assert report.preface in texts
    headings = [paragraph for paragraph in book.paragraphs if paragraph.style.style_id == "Heading1"]
    assert [paragraph.text for paragraph in headings][:2] == ["【舆情总结】", report.sections[0].heading]
    assert book.styles["Heading 1"].font.size == Pt(33)  # the institute's look stands
    rows = "".join(cell.text for table in book.tables for row in table.rows for cell in row.cells)
    assert all(entry.text in rows for section in report.sections for row in section.rows for entry in row.entries)
    links = zipfile.ZipFile(io.BytesIO(made)).read("word/_rels/document.xml.rels").decode()
    assert 'Target="http://www.moe.edu.cn/1.html" TargetMode="External"' in links


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (("只有封面",), r"没有 \{\{p body \}\}，报告正文会丢失"),
        (("{{p body }}", "{{ nothing }}"), "nothing"),
        (("{{p body }}", "{{ title"), "没有在同一段里写完"),
        (("{{ title }", "{{p body }}"), "没有在同一段里写完"),
        (("{{ body }}",), r"\{\{p body \}\}"),
        (("正文：{{p body }}",), "单独成段"),
        (("{{p body }}", "{{ title.__class__ }}"), "unsafe"),
    ],
)
def test_a_template_that_cannot_be_filled_says_what_is_wrong(
    report: Report, tmp_path: Path, paragraphs: tuple[str, ...], said: str
) -> None:
    path = make_template(tmp_path / "house.docx", *paragraphs)
    with pytest.raises(YuqingError, match=said):
        render_docx(report, (), House(template=path))


def test_what_is_no_word_file_says_so(report: Report, tmp_path: Path) -> None:
    (tmp_path / "text.docx").write_text("text", "utf-8")
    for name in ("text.docx", "none.docx"):
        with pytest.raises(YuqingError, match="不是可读的 Word 模板"):
            render_docx(report, (), House(template=tmp_path / name))


def test_header_and_footer_stand_in_the_body_whose_pages_count_from_one(report: Report) -> None:
    made = render_docx(report, (), House(header="某某研究院", footer="舆情监测"))
    front, body = docx.Document(io.BytesIO(made)).sections
    assert (front.header.paragraphs[0].text, front.footer.paragraphs[0].text) == ("", "")
    assert (body.header.paragraphs[0].text, body.footer.paragraphs[0].text) == ("某某研究院", "舆情监测　1")
    assert '<w:pgNumType w:start="1"/>' in body._sectPr.xml


def test_quotation_marks_are_set_in_the_chinese_font(report: Report) -> None:
    book = docx.Document(io.BytesIO(render_docx(report, ())))
    marks = [run for paragraph in book.paragraphs for run in paragraph.runs if run.text in ("”", "“")]
    assert marks
    assert {run.style.style_id for run in marks} <= {"WideBody", "WideHead"}
