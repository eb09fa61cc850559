"""The issue in the page: every part edited in place, conflicts, undo, and files that say what the page says."""

from __future__ import annotations

import html
import io
import json
import re

import docx
import pytest

from tests.web.conftest import WINDOW, Page, make
from yuqing.core.records import Item
from yuqing.monitor.publish.report import make_report, report_of
from yuqing.review.issue.parts import scope_of


@pytest.fixture
def desk(page: Page, items: list[Item]) -> Page:
    """A page whose window has four accepted items."""
    for item in items[:1] + items[2:5]:
        page.decide(item, "accept", row=f"{item.article.title}。")
    return page


def form_of(page: Page, part: str) -> dict[str, str]:
    """The fields of a part's form as the page gives it."""
    text = page.get(f"/report/part?window={WINDOW}&part={part}", fragment=True)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    return {name: html.unescape(value) for name, value in fields.items()}


def edit(page: Page, part: str, value: str, form: dict[str, str] | None = None) -> str:
    return page.post(f"/report/edit?window={WINDOW}", {**(form or form_of(page, part)), "value": value})


def key_of(page: Page, words: str, section: str = "") -> str:
    """The row that says ``words``."""
    found = re.findall(r'data-part="text\.([^"]+)"[^>]*>([^<]*)<', page.get("/report"))
    return next(key for key, text in found if words in text and key.startswith(section))


def test_the_page_shows_the_issue_and_an_edit_goes_into_every_file(desk: Page) -> None:
    row = key_of(desk, "成都")
    edit(desk, "lead.province", "各地推出了平台。")
    shown = edit(desk, f"text.{row}", "3月10日，成都市推出平台。")
    assert "已改：行文字（各省）" in shown
    for kind in ("html", "md", "json", "xlsx", "csv", "docx"):
        made = desk.client.get(f"/report/download.{kind}").content
        if kind == "docx":
            book = docx.Document(io.BytesIO(made))
            cells = "".join(cell.text for table in book.tables for line in table.rows for cell in line.cells)
            text = cells + "".join(paragraph.text for paragraph in book.paragraphs)
        elif kind == "xlsx":
            continue
        else:
            text = made.decode("utf-8-sig")
        assert "3月10日，成都市推出平台。" in text, kind
        assert kind == "csv" or "各地推出了平台。" in text, kind
    report = report_of(desk.space, WINDOW)  # as `yuqing report` makes it: what the page prints, and only that
    assert {entry.state for entry in report.entries()} == {"accepted"}
    assert "3月10日，成都市推出平台。" in [entry.text for entry in report.entries()]


def test_a_paragraph_can_be_said_in_another_of_the_drafted_ways(desk: Page) -> None:
    form = desk.get(f"/report/part?window={WINDOW}&part=lead.province", fragment=True)
    ways = [html.unescape(text).strip() for text in re.findall(r"用这种写法</button> ([^<]*)</p>", form)]
    assert len(ways) >= 1
    assert ways[-1].startswith("本期收录地方“互联网+”相关信息3条")
    shown = edit(desk, "lead.province", ways[-1])
    assert html.escape(ways[-1], quote=False) in html.unescape(shown)
    form = desk.get(f"/report/part?window={WINDOW}&part=lead.province", fragment=True)
    sources = {text: refs.split() for refs, text in re.findall(r'data-refs="([^"]*)">([^<]*)<', form)}
    assert len(sources["3"]) == 3  # written by hand, the count still leads to its rows
    assert all(f'id="row-{ref}"' in shown for refs in sources.values() for ref in refs)
    assert (
        "程序草稿"
        not in desk.get(f"/report/part?window={WINDOW}&part=lead.province", fragment=True).partition("</textarea>")[0]
    )


def test_a_text_that_is_too_long_is_refused_not_cut(desk: Page, items: list[Item]) -> None:
    for part, most in (("summary", 8000), ("contacts", 8000), ("cover.institute", 200), ("chapter.province", 200)):
        form = {**form_of(desk, part), "value": "长" * (most + 1)}
        assert f"最多 {most} 个字" in desk.post(f"/report/edit?window={WINDOW}", form, code=400)
    row = key_of(desk, "成都")
    halves = {"key": row, "first": "长" * 8001, "second": "短"}
    assert "最多 8000 个字" in desk.post(f"/report/split?window={WINDOW}", halves, code=400)
    assert desk.space.store.edits(scope_of(WINDOW)) == {}
    refused = desk.decide(items[5], "accept", row="长" * 4001)
    assert "入报文字有 4001 个字，最多 4000 个字" in refused
    assert "长" * 4001 in refused
    assert "最多 1000 个字" in desk.post(f"/items/{items[0].id}/comment", {"text": "长" * 1001}, code=400)


def test_what_is_written_into_a_row_is_compared_with_its_articles(desk: Page, items: list[Item]) -> None:
    warning = "与原文核对，请"
    assert warning not in desk.decide(items[0], "accept", version=1, row="3月8日，杭州市政府印发工作方案。")
    accepted = desk.decide(items[0], "accept", version=2, row="3月8日，杭州市政府印发900项工作方案。")
    assert "刚采纳的这一条与原文核对" in accepted
    assert "900" in accepted[accepted.index(warning) :].partition("</p>")[0]

    chengdu, hangzhou = key_of(desk, "成都", "province"), key_of(desk, "杭州", "province")
    assert warning not in edit(desk, f"text.{chengdu}", "3月10日，成都市上线便民平台，市民可在线预约挂号。")
    shown = edit(desk, f"text.{chengdu}", "3月10日，成都市上线便民平台，600万市民可在线预约挂号。")
    assert "刚改的这一行与原文核对" in shown
    form = desk.get(f"/report/part?window={WINDOW}&part=text.{chengdu}", fragment=True)
    assert "600万" in form[form.index(warning) :].partition("</p>")[0]
    checked = desk.get(f"/report/check?window={WINDOW}")
    listed = re.findall(r'<li><a href="([^"]+)">([^<]*)</a>\s*<p class="doubt">([^<]*)', checked)
    assert [(text[:3], "600万" in doubt, "900" in doubt) for _, text, doubt in listed] == [
        ("3月8", False, True),
        ("3月1", True, False),
    ]
    anchor = listed[1][0].partition("#")[2]
    assert f'id="{anchor}"' in desk.get("/report")
    desk.decide(items[0], "accept", version=3, row="3月8日，杭州市政府印发工作方案。")
    edit(desk, f"text.{chengdu}", "3月10日，成都市上线便民平台。")
    assert "行都没有发现原文没有的说法" in desk.get(f"/report/check?window={WINDOW}")
    edit(desk, f"merge.{hangzhou}", chengdu, {"part": f"merge.{hangzhou}", "version": "0"})
    both = "3月8日，杭州市政府印发工作方案；3月10日，成都市上线“互联网+医疗”便民平台。"
    assert warning not in edit(desk, f"text.{chengdu}", both)  # each half is in the article of one of the two rows
    assert warning in edit(desk, f"text.{chengdu}", both.replace("8日", "7日"))


def test_an_unedited_window_is_drafted_whole_by_the_command(page: Page, items: list[Item]) -> None:
    page.decide(items[0], "accept")
    assert {entry.state for entry in report_of(page.space, WINDOW).entries()} == {"accepted", "pending"}


def test_two_people_at_one_paragraph(desk: Page, open_page) -> None:
    other = open_page("李强")
    theirs, mine = form_of(other, "summary"), form_of(desk, "summary")
    edit(other, "summary", "李强写的总结。", theirs)
    refused = edit(desk, "summary", "王敏写的总结。", mine)
    assert "李强 刚改过这一处" in refused
    assert "李强写的总结。" in refused
    assert "王敏写的总结。</textarea>" in refused
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', refused))
    edit(desk, "summary", "两人合写的总结。", {**mine, "version": again["version"]})
    history = desk.space.store.edit_history(scope_of(WINDOW))
    assert [(one.by, one.value) for one in history] == [("李强", "李强写的总结。"), ("王敏", "两人合写的总结。")]


def test_rows_move_merge_split_hide_and_come_back_by_undo(desk: Page) -> None:
    def rows() -> list[tuple[str, list[str]]]:
        table = report_of(desk.space, WINDOW).sections[1]
        return [(row.label, [entry.text for entry in row.entries]) for row in table.rows]

    before = rows()
    chengdu, hangzhou = key_of(desk, "成都", "province"), key_of(desk, "杭州", "province")
    steps = [
        ("/report/move", {"key": chengdu, "to": hangzhou}),
        ("/report/move", {"key": hangzhou, "to": "up"}),
        ("/report/move", {"section": "province", "key": "贵州省", "to": "up"}),
        ("/report/edit", {"part": f"merge.{chengdu}", "value": hangzhou, "version": "0"}),
        ("/report/split", {"key": hangzhou, "first": "杭州印发方案，", "second": "年内实现网上办理。"}),
        ("/report/edit", {"part": f"hide.{hangzhou}~2", "value": "yes", "version": "0"}),
    ]
    states = [before]
    for address, data in steps:
        desk.post(f"{address}?window={WINDOW}", data)
        states.append(rows())
    assert [label for label, _ in states[3]] == ["贵州省", "浙江省"]
    assert len(dict(states[1])["浙江省"]) == 2
    assert dict(states[5])["浙江省"] == ["杭州印发方案，", "年内实现网上办理。"]
    assert dict(states[6])["浙江省"] == ["杭州印发方案，"]
    listed = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", desk.get(f"/report/history?window={WINDOW}")))
    for told in (
        "不印（各省） 年内实现网上办理。 不印",
        "并入上一行（各省） 成都上线便民平台。 并入另一行",
        "贵州省、浙江省",
    ):
        assert told in listed
    assert not re.search("[0-9a-f]{12}", listed)  # no ids
    for state in states[-2::-1]:  # undo goes back step by step, and never forward again
        shown = desk.get("/report")
        found = re.search(r'data-act="undo".*?hx-vals=\'([^\']*)\'', shown, re.S)
        assert found
        desk.post(f"/report/undo?window={WINDOW}", json.loads(html.unescape(found[1])))
        assert rows() == state
    assert 'data-act="undo"' not in desk.get("/report")
    assert rows() == before
    assert "撤销" in desk.get(f"/report/history?window={WINDOW}")


def test_an_edit_survives_a_new_draft_and_says_when_its_facts_changed(desk: Page) -> None:
    edit(desk, "lead.province", "各地推出了平台。")
    assert "所据的事实后来变了" not in desk.get("/report")
    more = make("拉萨上线平台", "3月13日，拉萨市上线“互联网+政务服务”平台。", "2018-03-13", province="西藏自治区")
    desk.space.store.put([more])
    desk.post(f"/keywords/apply?window={WINDOW}", {"window": WINDOW})
    desk.decide(
        desk.space.store.get(more.id), "accept", row="3月13日，拉萨市上线平台。", sections=["province"], note="核对"
    )
    shown = desk.get("/report")
    assert "各地推出了平台。" in shown
    assert "所据的事实后来变了" in shown
    draft = re.search(r'class="newdraft".*?</div>', shown, re.S)
    assert draft
    assert "西藏" in draft[0]
    keep = json.loads(html.unescape(re.search(r"hx-vals='([^']*)'>保留我的", shown)[1]))
    assert "所据的事实后来变了" not in desk.post(f"/report/edit?window={WINDOW}", keep)


def test_forms_that_are_not_ours_are_refused(desk: Page) -> None:
    for data in ({"part": "nothing"}, {"part": "cover.x", "version": "0"}, {"part": "summary", "version": "²"}):
        assert "表单不完整" in desk.post(f"/report/edit?window={WINDOW}", {"value": "x", **data}, code=400)
    assert "刷新页面" in desk.post(f"/report/move?window={WINDOW}", {"key": "x", "to": "up"}, code=400)
    chengdu, ministry = key_of(desk, "成都", "province"), key_of(desk, "教育部", "ministry")
    for data, said in (
        ({"key": chengdu, "to": ministry}, "只能移到同一章里"),
        ({"key": ministry, "to": "up"}, "已在最前"),
        ({"key": "教育部", "section": "ministry", "to": "down"}, "已在最后"),
    ):
        assert said in desk.post(f"/report/move?window={WINDOW}", data, code=400)


def test_what_is_written_cannot_break_out(desk: Page, tmp_path) -> None:
    evil = "<script>alert(1)</script>\"'&\x00\u202e"
    shown = edit(desk, "preface", evil)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown
    assert all(path.stat().st_size for path in make_report(desk.space, WINDOW, tmp_path))
