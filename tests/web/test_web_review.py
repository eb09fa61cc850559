"""The queue and the decisions: what an analyst sees, what the store then holds, and nothing lost on the way."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable

import docx
import lxml.html
import openpyxl
import pytest

from tests.web.conftest import WINDOW, Page, make
from yuqing.core.records import Item, Review
from yuqing.monitor.publish.report import Wanted, report_of
from yuqing.monitor.workspace import Workspace
from yuqing.review.report.render_sheet import render_csv, render_xlsx, safe_cell


def cards(html: str) -> list[str]:
    """The titles in the queue."""
    return [node.text_content() for node in lxml.html.fromstring(html).cssselect(".card .title")]


def review_of(page: Page, item: Item) -> Review:
    found = page.space.store.get(item.id)
    assert found is not None
    return found.review


def test_the_queue_holds_each_story_once_and_only_what_is_on_the_subject(page: Page) -> None:
    html = page.get()
    assert cards(html) == [
        "贵阳签署合作协议",
        "成都上线便民平台",
        "教育部部署“互联网+教育”试点",
        "杭州市印发工作方案",
    ]
    assert "2 篇" in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sector=教育", ["教育部部署“互联网+教育”试点"]),
        ("province=四川省", ["成都上线便民平台"]),
        ("ministry=教育部", ["教育部部署“互联网+教育”试点"]),
        ("section=enterprise", ["贵阳签署合作协议"]),
        ("source=people", ["杭州市印发工作方案"]),
        ("heat=2", ["杭州市印发工作方案"]),
        ("rel=low", ["某县举办运动会"]),
        ("state=accepted", []),
        ("q=预约挂号", ["成都上线便民平台"]),
        ("q=互联网%2B教育&province=四川省", []),
        ("heat=x&page=-3&state=pending&sector=医疗", ["成都上线便民平台"]),
    ],
)
def test_filters(page: Page, query: str, expected: list[str]) -> None:
    assert cards(page.get(f"/?{query}")) == expected


def test_a_facet_counts_what_choosing_it_would_show(page: Page) -> None:
    tree = lxml.html.fromstring(page.get("/?province=四川省"))
    counts = {
        a.text_content().split()[0]: a.text_content().split()[1] for a in tree.cssselect("[data-fold=province] li a")
    }
    assert counts == {"浙江省": "1", "四川省": "1", "贵州省": "1"}


def test_the_item_shows_evidence_drafts_cluster_and_links(page: Page, items: list[Item]) -> None:
    tree = lxml.html.fromstring(page.get(f"/?item={items[0].id}"))
    assert [mark.text_content() for mark in tree.cssselect("article mark.ev")] == ["互联网+政务服务"]
    drafts = [node.text_content() for node in tree.cssselect(".draft span")]
    assert drafts[0].startswith("3月8日，")
    assert tree.cssselect("#row")[0].value == drafts[0]
    assert len(tree.cssselect(".draft")) >= 2
    assert "杭州方案（转载）" in tree.cssselect(".family")[0].text_content()
    links = {a.text_content(): a.get("href") for a in tree.cssselect(".detail .meta a")}
    assert links["原文链接"] == items[0].article.url


def test_a_decision_is_stored_with_who_and_when_and_leads_to_the_next(page: Page, items: list[Item]) -> None:
    html = page.decide(items[3], "accept", row="3月10日，成都市上线“互联网+医疗”便民平台。", note="好")
    found = review_of(page, items[3])
    assert (found.state, found.by, found.note, found.version) == ("accepted", "王敏", "好", 1)
    assert found.at.endswith("+08:00")
    assert found.row == "3月10日，成都市上线“互联网+医疗”便民平台。"
    tree = lxml.html.fromstring(html)
    assert tree.cssselect("#item-title")[0].text_content() == "教育部部署“互联网+教育”试点"
    assert "成都上线便民平台" not in cards(html)
    sums = [cell.text_content().strip() for cell in tree.cssselect(".progress .sum td")]
    assert sums == ["3", "1", "0"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?window=2018-13", "“2018-13”不是监测期"),
        ("/report?window=２０１８-03", "不是监测期"),
        ("/search?text=x&window=2018", "“2018”不是监测期"),
        ("/search?text=x&since=2018-02-29", "“2018-02-29”不是日期"),
        ("/search?text=x&state=nothing", "没有“nothing”这种取值"),
        ("/runs/20180101-000000", "没有编号为“20180101-000000”的运行"),
        ("/items/none/archived", "库里没有这一条"),
        ("/nowhere", "没有这个页面"),
        ("/report/download.pdf", "没有这种格式"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(page: Page, address: str, said: str) -> None:
    answer = page.client.get(address)
    assert answer.status_code in (400, 404)
    (told,) = re.findall(r'<p class="problem" role="alert">([^<]*)</p>', html.unescape(answer.text))
    assert said in told
    assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", told)


def test_a_page_that_does_not_exist_shows_the_first(page: Page) -> None:
    opened = re.compile(r'aria-current="true">\s*<span class="title">([^<]*)')
    first = opened.findall(page.get(f"/?window={WINDOW}"))
    assert len(first) == 1
    for number in ("0", "-1", "００", "x"):
        assert opened.findall(page.get(f"/?window={WINDOW}&page={number}")) == first


def test_undo_brings_back_what_was_and_is_itself_in_the_history(page: Page, items: list[Item]) -> None:
    page.decide(items[3], "save", row="第一稿。")
    page.decide(items[3], "drop", version=1, note="重复")
    page.post(f"/items/{items[3].id}/restore?", {"version": "2", "to": "1"})
    found = review_of(page, items[3])
    assert (found.state, found.row, found.version) == ("pending", "第一稿。", 3)
    assert [entry.state for entry in page.space.store.history(items[3].id)] == ["pending", "dropped", "pending"]
    page.post(f"/items/{items[3].id}/restore?", {"version": "3", "to": "0"})
    assert review_of(page, items[3]).row == ""


def test_a_conflict_shows_both_versions_and_writes_neither_over_the_other(
    open_page: Callable[[str], Page], items: list[Item]
) -> None:
    first, second = open_page("王敏"), open_page("李强")
    first.decide(items[3], "accept", row="王敏写的一句。")
    html = second.decide(items[3], "drop", row="李强写的一句。", note="李强的理由")
    conflict = lxml.html.fromstring(html).cssselect(".conflict")[0].text_content()
    for said in ("王敏 的版本", "王敏写的一句。", "李强写的一句。", "李强的理由", "已采纳", "已剔除"):
        assert said in conflict
    assert review_of(first, items[3]).by == "王敏"
    version = lxml.html.fromstring(html).cssselect("#decision [name=version]")[0].get("value")
    second.decide(items[3], "drop", version=int(version), row="李强写的一句。")
    assert [entry.by for entry in first.space.store.history(items[3].id)] == ["王敏", "李强"]
    undone = first.post(f"/items/{items[3].id}/restore?", {"version": "1", "to": "0"})
    assert "别人刚改过这一条" in undone
    assert review_of(first, items[3]).by == "李强"


def test_sections_move_only_with_a_reason_and_cross_list(page: Page, items: list[Item]) -> None:
    html = page.decide(items[3], "accept", sections=["province", "enterprise"])
    assert "请在“备注/理由”里写明理由" in html
    assert "checked" in lxml.html.tostring(
        lxml.html.fromstring(html).cssselect("[value=enterprise]")[0], encoding="unicode"
    )
    assert review_of(page, items[3]).version == 0
    page.decide(items[3], "accept", sections=["province", "enterprise"], note="也是企业的事")
    assert review_of(page, items[3]).sections == ("province", "enterprise")
    assert "请至少保留一个栏目" in page.decide(items[4], "accept", sections=[])
    assert "入报文字是空的" in page.decide(items[4], "accept", row=" ")


def test_a_row_that_says_more_than_the_article_is_marked(page: Page, items: list[Item]) -> None:
    page.decide(items[3], "save", row="3月10日，成都市上线“互联网+医疗”平台，覆盖880家医院。")
    assert "“880家”与原文不符" in page.get(f"/?item={items[3].id}")


def test_a_broken_form_is_refused_in_chinese(page: Page, items: list[Item]) -> None:
    assert "表单不完整" in page.post(f"/items/{items[3].id}/decide", {"action": "burn", "version": "0"}, 400)
    assert "没有第 7 版" in page.post(f"/items/{items[3].id}/restore", {"version": "0", "to": "7"}, 400)
    page.post("/items/none/decide", {"action": "accept", "version": "0"}, 404)


def test_the_name_is_asked_once(open_page: Callable[[str], Page], items: list[Item]) -> None:
    nobody = open_page("")
    assert nobody.client.get("/").headers["location"] == "/name"
    nobody.post("/name", {"name": "  "})
    nobody.post("/name", {"name": "赵 一"}, 303)
    nobody.decide(items[3], "drop")
    assert review_of(nobody, items[3]).by == "赵 一"


def test_other_processes_decisions_show_after_a_new_reading(page: Page, items: list[Item]) -> None:
    page.get()
    page.space.store.set_review(items[3].id, Review(state="dropped", by="别人"), 0)
    page.client.app.state.shared.queue_cache.read(WINDOW)  # type: ignore[attr-defined]
    assert "成都上线便民平台" not in cards(page.get())


def test_the_report_follows_the_decisions_and_takes_what_was_accepted_below_the_threshold(
    page: Page, items: list[Item]
) -> None:
    page.decide(items[0], "accept", row="3月8日，杭州市政府印发《“互联网+政务服务”工作方案》。")
    page.decide(items[2], "drop")
    page.decide(items[5], "accept", row="3月11日，某县运动会开幕。", sections=["province"], note="领导要求")
    book = docx.Document(io.BytesIO(page.client.get("/report/download.docx").content))
    tables = [table for table in book.tables if table.rows[0].cells[1].text.startswith("相关")]
    rows = [row.cells[1].text for table in tables for row in table.rows[1:]]
    assert sorted(rows) == ["3月11日，某县运动会开幕。", "3月8日，杭州市政府印发《“互联网+政务服务”工作方案》。"]
    everything = page.client.get("/report/download.md?scope=all").text
    assert "运动会" in everything
    assert "成都" in everything
    assert "教育部印发" not in everything
    table = list(csv.DictReader(io.StringIO(page.client.get("/report/download.csv").content.decode("utf-8-sig"))))
    assert [(line["栏目"], line["举措"], line["审核"]) for line in table] == [
        ("浙江省", "", "已采纳"),
        ("浙江省", "", "已采纳"),
    ]
    for kind in ("html", "json", "xlsx", "csv"):
        answer = page.client.get(f"/report/download.{kind}")
        assert answer.headers["content-disposition"] == f'attachment; filename="report-2018-03.{kind}"'
        assert len(answer.content) > 200
    assert page.client.get("/report/download.exe").status_code == 400
    assert page.client.get("/report/download.docx?window=../../etc").status_code == 400


def test_the_preview_says_what_is_accepted(page: Page, items: list[Item]) -> None:
    assert "还没有采纳的条目" in page.get("/report")
    page.decide(items[0], "accept", row="3月8日，杭州市政府印发方案。")
    assert "已采纳 1 条，待审 3 条" in page.get("/report")
    assert "3月8日，杭州市政府印发方案。" in page.get("/report/preview")
    assert "成都" not in page.get("/report/preview")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝", " ="])
def test_cells_that_a_spreadsheet_would_run_are_neutralised(space: Workspace, start: str) -> None:
    evil = start + 'HYPERLINK("http://x.example/","点我")'
    assert not safe_cell(evil).lstrip().startswith(("=", "+", "-", "@", "＝"))
    space.store.put([item := make("恶意", "3月9日，某市上线“互联网+政务服务”平台。")])
    space.store.set_review(item.id, Review(state="accepted", row=evil, sections=("province",)), 0)
    report = report_of(space, WINDOW, Wanted(accepted_only=True))
    table = list(csv.reader(io.StringIO(render_csv(report).decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(report))).active
    assert sheet is not None
    cells = [str(cell.value or "") for row in sheet.iter_rows() for cell in row] + [
        cell for row in table for cell in row
    ]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "＝"))]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_runs_and_archive(page: Page, items: list[Item]) -> None:
    assert "还没有采集过" in page.get("/runs")
    run = page.space.ledger.start("crawl <b>all</b>", {})
    page.space.ledger.finish(run, "failed", "磁盘已满")
    html = page.get("/runs")
    assert "失败" in html
    assert "磁盘已满" in html
    assert "<b>all" not in html
    assert "磁盘已满" in page.get(f"/runs/{run}")
    assert page.client.get("/runs/none").status_code == 400
    assert "存档里没有找到这一页" in page.get(f"/items/{items[0].id}/archived")


def test_an_empty_queue_says_why(page: Page, items: list[Item]) -> None:
    def said(address: str) -> str:
        return " ".join(lxml.html.fromstring(page.get(address)).cssselect(".detail .empty")[0].text_content().split())

    assert said("/?q=没有这样的词") == "没有符合条件的条目（全期待审 4 条）。清除筛选"
    assert "2030-01 还没有条目" in said("/?window=2030-01")
    for item in (items[0], *items[2:5]):
        page.decide(item, "drop")
    assert said("/").startswith("2018-03 的 4 条已全部审完：采纳 0 条，剔除 4 条。")


def test_a_member_that_was_accepted_speaks_for_its_cluster(page: Page, items: list[Item]) -> None:
    page.decide(items[1], "accept", row="转载的一句。")
    assert "杭州方案（转载）" in cards(page.get("/?state=accepted"))
    assert "杭州市印发工作方案" not in cards(page.get("/?state=all"))
