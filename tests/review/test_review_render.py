"""The report's files: structure, safety, the same bytes again."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from pathlib import Path

import docx
import lxml.html
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.table import Table
from lxml import etree
from msgspec.structs import replace

from tests.review.conftest import NAMES
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.records import Item, Review
from yuqing.review.report import write
from yuqing.review.report.build import build_report
from yuqing.review.report.charts import Bars, Tiles, report_charts
from yuqing.review.report.coverage import SourceNote
from yuqing.review.report.diff import diff_reports
from yuqing.review.report.form import Form
from yuqing.review.report.records import Report, Shown
from yuqing.review.report.render_docx import render_docx
from yuqing.review.report.render_html import render_html
from yuqing.review.report.render_json import SCHEMA_FILE, read_report, render_json, schema
from yuqing.review.report.render_md import render_md
from yuqing.review.report.write import render

ALL = Shown(appendix=True, versions=True)
HOSTILE = "<script>alert(1)</script>\"'&|`*_[x](javascript:alert(1))\x00\x0b\x1f\u202e"


@pytest.fixture
def report(month: list[Item], window) -> Report:
    form = Form(institute="某某研究院", contacts=("联系人：某某", "电话：010-00000000"), shown=ALL, names=NAMES)
    return build_report(month, window, form, before=month[:2], versions={"keywords": "abc123"})


@pytest.fixture
def hostile(make_item, window) -> Report:
    """A report whose every text tries to break out of its format."""
    item = make_item(
        HOSTILE, f"福州市启用“互联网+”平台{HOSTILE}。", "2018-03-02",
        sections=("province", "enterprise", "summit", "special"),
        region=("福建省", "福州市"), enterprises=(HOSTILE,), events=(HOSTILE,), topics=(HOSTILE,), phrases=(HOSTILE,),
        url="javascript:alert(1)", site=HOSTILE,
    )  # fmt: skip
    form = Form(institute=HOSTILE, preface=HOSTILE, contacts=(HOSTILE,), shown=ALL, names=NAMES)
    return build_report([item], window, form, before=[], versions={HOSTILE: HOSTILE})


@pytest.fixture
def word(report: Report, tmp_path: Path):
    path = tmp_path / "report.docx"
    path.write_bytes(render_docx(report, ()))
    return docx.Document(str(path))


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_docx_has_the_form(word, report: Report) -> None:
    headings = [p.text for p in word.paragraphs if p.style.name.startswith("Heading 1")]
    assert headings == [
        "【舆情总结】",
        "一、国家部委“互联网+”政策落实情况",
        "二、全国各省“互联网+”政策落实情况",
        "三、电信运营商及互联网相关企业参与情况",
        "四、相关峰会",
        "五、“两会”专题",
        "附一、与上期比较",
        "附二、覆盖说明",
        "联系人",
    ]
    ministry, province, enterprise = word.tables[:3]
    assert cells(ministry)[0] == ["国家部委", "相关举措", "链接"]
    assert cells(province)[0] == ["地区", "相关政策", "链接"]
    assert cells(enterprise)[0] == ["企业", "相关举措"]
    assert cells(ministry)[1] == ["教育部", report.sections[0].rows[0].entries[0].text, "http://www.moe.edu.cn/1.html"]
    assert all(row[1].startswith("➢ ") for row in cells(enterprise)[1:])
    assert word.paragraphs[0].text == "《“互联网+”发展情况\n舆情监测》"


def test_docx_repeats_table_headers_and_links_for_real(word) -> None:
    for table in word.tables[:3]:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    targets = {rel.target_ref for rel in word.part.rels.values() if rel.is_external}
    assert "http://www.moe.edu.cn/1.html" in targets
    used = {link.get(qn("r:id")) for link in word.element.body.iter(qn("w:hyperlink"))} - {None}
    assert used == {key for key, rel in word.part.rels.items() if rel.is_external}


def test_docx_contents_point_at_headings(word) -> None:
    body = word.element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    lines = [p for p in word.paragraphs if p.style.name.startswith("toc")]
    anchors = [p._p.find(qn("w:hyperlink")).get(qn("w:anchor")) for p in lines]
    assert len(anchors) == 11  # nine chapters, one summit, one topic
    assert set(anchors) <= marks
    fields = "".join(node.text for node in body.iter(qn("w:instrText")))
    assert all(f"PAGEREF {anchor}" in fields for anchor in anchors)
    assert word.settings.element.find(qn("w:updateFields")) is not None


def test_docx_sets_chinese_fonts(word) -> None:
    def east(style: str) -> str:
        return word.styles[style].element.rPr.rFonts.get(qn("w:eastAsia"))

    assert (east("Normal"), east("Heading 1"), east("Table Head")) == ("仿宋", "黑体", "黑体")
    runs = list(word.element.body.iter(qn("w:t")))
    assert runs
    assert all(t.getparent().rPr.rFonts.get(qn("w:hint")) == "eastAsia" for t in runs)
    fonts = next(part.blob for part in word.part.package.iter_parts() if str(part.partname).endswith("fontTable.xml"))
    assert b"FangSong" in fonts


def test_docx_numbers_its_pages_from_the_body_on(word) -> None:
    front, body = word.sections
    assert "PAGE" not in front.footer._element.xml
    assert "PAGE" in body.footer._element.xml


def test_docx_of_hostile_text_opens_without_control_characters(hostile: Report, tmp_path: Path) -> None:
    path = tmp_path / "hostile.docx"
    path.write_bytes(render_docx(hostile, ()))
    word = docx.Document(str(path))
    text = "".join(node.text or "" for node in word.element.body.iter(qn("w:t")))
    assert "<script>" in text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", text)
    assert not [rel for rel in word.part.rels.values() if rel.is_external]  # javascript: is no link


def test_html_of_hostile_text_runs_and_loads_nothing(hostile: Report) -> None:
    page = lxml.html.fromstring(render_html(hostile, ()).decode())
    assert page.xpath("//script | //iframe | //object | //link | //@onerror | //@onclick") == []
    assert [url for url in page.xpath("//@href | //@src") if not url.startswith(("#", "http"))] == []
    assert "<script>alert(1)</script>" in page.text_content()
    assert "\u202e" not in page.text_content()


def test_html_numbers_lead_to_their_entries(report: Report) -> None:
    page = lxml.html.fromstring(render_html(report, ()).decode())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    numbers = page.xpath("//a[@class='n']")
    assert len(numbers) > 12
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        assert link.get("href")[1:] in ids
    total = numbers[0]
    (listed,) = page.xpath(f"//dt[@id='{total.get('href')[1:]}']/following-sibling::dd[1]")
    assert total.text == str(len(listed.findall("a"))) == "7"


def test_html_shows_charts_as_text_of_the_page(report: Report) -> None:
    page = lxml.html.fromstring(render_html(report, report_charts(report)).decode())
    assert page.xpath("//figcaption/text()") == ["各领域条目数", "各省（区、市）条目数", "每日条目数（按报道日期）"]
    assert page.xpath("//img") == []
    sectors, provinces, days = page.xpath("//figure/*[local-name() = 'svg']")
    assert "互联网+人社1条" in sectors.get("aria-label")
    assert "互联网+人社" in sectors.xpath("./*[local-name() = 'text']/text()")
    assert {"北京", "西藏"} <= set(provinces.xpath("./*[local-name() = 'text']/text()"))
    assert len(days.xpath("./*[local-name() = 'rect']")) == sum(count.count > 0 for count in report.days)


def test_hostile_names_stay_text_in_charts(hostile: Report) -> None:
    drawn = render_html(hostile, (Bars(HOSTILE, HOSTILE, ((HOSTILE, 2),)),)).decode()
    assert lxml.html.fromstring(drawn).xpath("//figure//script | //figure//a") == []
    file = zipfile.ZipFile(io.BytesIO(render_docx(hostile, (Bars(HOSTILE, HOSTILE, ((HOSTILE, 2),)),))))
    for name in file.namelist():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(file.read(name))
    sheet = openpyxl.load_workbook(io.BytesIO(file.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx"))).active
    assert sheet["A2"].value.startswith("<script>")


def test_docx_charts_can_be_edited_in_word(report: Report) -> None:
    """Each chart: a drawing with a unique id and words, a chart part, and a workbook with the figures it shows."""
    charts = report_charts(report)
    file = zipfile.ZipFile(io.BytesIO(render_docx(report, charts)))
    body = etree.fromstring(file.read("word/document.xml"))
    names = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart", **body.nsmap}
    targets = _targets(file, "word/_rels/document.xml.rels")
    types = etree.fromstring(file.read("[Content_Types].xml"))
    kinds = {part.get("PartName"): part.get("ContentType") for part in types}
    drawings = body.xpath("//*[local-name() = 'docPr']")
    assert len({drawing.get("id") for drawing in drawings}) == len(drawings) == 2
    bars = [chart for chart in charts if isinstance(chart, Bars)]
    for chart, drawing in zip(bars, drawings, strict=True):
        assert drawing.get("descr") == chart.alt
        shown = drawing.getparent().xpath(".//c:chart", namespaces=names)[0]
        part = targets[shown.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")]
        assert kinds[f"/word/{part}"].endswith("drawingml.chart+xml")
        space = etree.fromstring(file.read(f"word/{part}"))
        values = space.xpath("//c:val//c:v/text()", namespaces=names)
        assert [int(value) for value in values] == [count for _, count in chart.points]
        (external,) = space.xpath("/c:chartSpace/c:externalData/@r:id", namespaces=names)
        book = _targets(file, f"word/charts/_rels/{part.removeprefix('charts/')}.rels")[external]
        sheet = openpyxl.load_workbook(io.BytesIO(file.read("word/" + book.removeprefix("../")))).active
        assert [(row[0], row[1]) for row in sheet.iter_rows(min_row=2, values_only=True)] == list(chart.points)
        reference = space.xpath("//c:cat//c:f/text()", namespaces=names)[0]
        assert reference == f"{sheet.title}!$A$2:$A${len(chart.points) + 1}"


def test_docx_map_is_a_table_that_says_its_numbers(report: Report) -> None:
    (tiles,) = (chart for chart in report_charts(report) if isinstance(chart, Tiles))
    word = docx.Document(io.BytesIO(render_docx(report, (tiles,))))
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    assert {f"{tile.name}\n{tile.count}" if tile.count else tile.name for tile in tiles.tiles} <= cells


def _targets(file: zipfile.ZipFile, rels: str) -> dict[str, str]:
    return {found.get("Id"): found.get("Target") for found in etree.fromstring(file.read(rels))}


def test_md_and_json_are_the_same_again(month: list[Item], window, report: Report) -> None:
    form = Form(institute="某某研究院", contacts=("联系人：某某", "电话：010-00000000"), shown=ALL, names=NAMES)
    again = build_report(month[::-1], window, form, before=month[:2], versions={"keywords": "abc123"})
    assert render_md(again) == render_md(report)
    assert render_json(again) == render_json(report)


def test_md_shows_hostile_text_literally(hostile: Report) -> None:
    text = render_md(hostile).decode()
    assert not re.search(r"(?<!\\)<script", text)
    assert "](javascript:" not in text.replace("\\]", "")
    table = [line for line in text.splitlines() if line.startswith("| 福建省")]
    assert len(re.findall(r"(?<!\\)\|", table[0])) == 4


def test_md_has_a_table_line_for_every_entry(report: Report) -> None:
    text = render_md(report).decode()
    for section in report.sections:
        for row in section.rows:
            assert f"| {row.label} |" in text
    assert "[教育部](<http://www.moe.edu.cn/1.html>)" in text


def test_json_comes_back_and_keeps_to_its_schema(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(render_json(report))
    assert read_report(path) == report
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema()
    described = set(json.loads(schema())["$defs"]["Report"]["properties"])
    assert set(json.loads(path.read_bytes())) == described


@pytest.mark.parametrize("content", [b"{}", b"no json", b"\xff\xfe", b'{"format": 1}'])
def test_a_file_that_is_no_report_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(content)
    with pytest.raises(YuqingError, match=r"r\.json"):
        read_report(path)


def test_without_a_comparison_there_is_one_appendix(month: list[Item], window) -> None:
    alone = build_report(month, window, Form(shown=ALL, names=NAMES), versions={"keywords": "abc123"})
    for kind, made in render(alone, ["html", "md"]).items():
        text = made.decode()
        assert "附、覆盖说明" in text, kind
        assert "附二" not in text, kind
        assert "关键词表：abc123" in text, kind


def test_diff_names_what_changed(month: list[Item], window, report: Report) -> None:
    reviewed = replace(month[0], review=replace(month[0].review, state="accepted", row="3月9日，教育部印发通知。"))
    new = build_report([reviewed, *month[2:]], window, versions={"keywords": "def456"})
    told = diff_reports(report, new)
    assert "版本 关键词表：abc123 → def456" in told
    assert any(line.startswith("删除 一、国家部委“互联网+”政策落实情况 司法部") for line in told)
    assert any(line.startswith("改写") and line.endswith("→ 3月9日，教育部印发通知。") for line in told)
    states = [
        build_report([replace(month[0], review=Review(state=state)), *month[1:]], window)
        for state in ("pending", "accepted")
    ]
    (told,) = diff_reports(*states)
    assert told.startswith("状态 一、国家部委 教育部：待审 → 已采纳，")
    assert diff_reports(report, report) == []


def test_files_are_written_in_the_order_asked(report: Report, tmp_path: Path) -> None:
    paths = write.write_report(report, tmp_path / "new" / "out", ["md", "json"])
    assert [path.name for path in paths] == ["report-2018-03.md", "report-2018-03.json"]
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == sorted(path.name for path in paths)


def test_an_unknown_format_writes_nothing(report: Report, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="pdf"):
        write.write_report(report, tmp_path / "out", ["md", "pdf"])
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_an_error(report: Report, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, not a folder")
    with pytest.raises(YuqingError, match="cannot be written"):
        write.write_report(report, tmp_path / "out", ["md"])


def test_a_failed_write_leaves_the_old_file(report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = write.write_report(report, tmp_path, ["md"])
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(YuqingError, match="No space left"):
        write.write_report(report, tmp_path, ["md"])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_deliverable_has_neither_appendix_nor_versions_but_says_what_nobody_reviewed(
    month: list[Item], window
) -> None:
    notes = [SourceNote(name="甲网", state="refused", detail="412")]
    report = build_report(month, window, before=month[:2], versions={"keywords": "abc123"}, sources=notes)
    made = render(report, ["html", "md", "docx"])
    for text in (made["html"].decode(), made["md"].decode(), words(made["docx"])):
        assert "7条尚未经人工审核" in re.sub("<[^>]+>", "", text)
        for left_out in ("附一", "覆盖说明", "甲网", "abc123"):
            assert left_out not in text
    assert b"abc123" in render(report, ["json"])["json"]


def words(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
