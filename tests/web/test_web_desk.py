"""Mistakes at the desk, in a real Chromium: what is asked before much is done, what is kept of a text not yet saved,
and what the page says where nothing can be done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.web.browser import CHROMIUM, WINDOW, Desk, Served, press, ready

expect.set_options(timeout=20_000)  # a loaded machine is slow, not wrong

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.xdist_group("demo"),
    pytest.mark.skipif(not Path(CHROMIUM).exists() and not os.environ.get("CI"), reason="Chromium (scripts/system.sh)"),
]


def act(page: Page, key: str) -> None:
    """A key whose answer changes the page."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        press(page, key)
    page.wait_for_load_state("networkidle")


def test_much_at_once_is_asked_about(desk: Desk, served: Served) -> None:
    page = desk.sit("王敏")
    asked: list[str] = []
    answers = [False, True]

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        (dialog.accept if answers[len(asked) - 1] else dialog.dismiss)()

    page.on("dialog", answer)
    page.goto(f"{served.address}/?window={WINDOW}&section=summit")
    press(page, "A")
    expect(page.locator(".notice")).to_have_count(0)
    assert served.decided("accepted") == []
    act(page, "A")
    expect(page.locator(".notice")).to_contain_text("已采纳 5 条")
    assert all("采纳这 5 条" in message for message in asked)
    assert len(asked) == 2
    act(page, "u")
    expect(page.locator(".notice")).to_contain_text("已撤销 5 条")


def test_the_menu_keeps_the_window(desk: Desk, served: Served) -> None:
    page = desk.sit("王敏")
    page.get_by_label("监测期").select_option("2018-02")
    expect(page.locator(".listhead h1")).to_contain_text("2018-02")
    for name in ("关键词", "月度", "报告"):
        page.get_by_label("主菜单").get_by_role("link", name=name).click()
        expect(page.locator("nav [aria-current=page]")).to_have_text(name)
        ready(page)
    expect(page.locator("h1")).to_contain_text("报告 2018-02")


@pytest.fixture
def issue(desk: Desk, served: Served) -> Page:
    """The issue, with every row of the queue."""
    page = desk.sit("王敏")
    page.goto(f"{served.address}/report?window={WINDOW}")
    ready(page)
    draft = page.get_by_role("button", name="连待审草稿一起编")
    if draft.count():
        draft.click()
        expect(page.locator("#issue")).to_be_visible()
        ready(page)
    return page


def open_part(page: Page, part: str) -> None:
    page.locator(f'.part[data-part="{part}"]').first.click()
    expect(page.locator(f'.partform[data-part="{part}"] [name=value]')).to_be_focused()


def value(page: Page) -> str:
    return page.locator(".partform [name=value]").input_value()


def test_what_was_typed_and_not_saved_is_shown_again_and_given_up_only_on_request(issue: Page) -> None:
    for part in ("preface", "cover.institute"):  # a text and a line
        open_part(issue, part)
        before = value(issue)
        issue.locator(".partform [name=value]").fill("没有保存的话")
        issue.reload()
        expect(issue.locator(f'.part[data-part="{part}"].unsaved')).to_be_visible()
        ready(issue)
        open_part(issue, part)
        assert value(issue) == "没有保存的话"
        expect(issue.locator(".partform .restored")).to_be_visible()
        issue.get_by_role("button", name="放弃").click()
        assert value(issue) == before
        issue.locator(".partform [name=value]").fill("又写了一句")
        press(issue, "Escape")  # given up
        expect(issue.locator(".partform")).to_have_count(0)
        expect(issue.locator(".part.unsaved")).to_have_count(0)
        open_part(issue, part)
        assert value(issue) == before
        press(issue, "Escape")
        expect(issue.locator(".partform")).to_have_count(0)
    assert issue.evaluate("Object.keys(localStorage).filter(key => key.startsWith('part:'))") == []


def test_one_part_is_edited_at_a_time(issue: Page) -> None:
    open_part(issue, "preface")
    issue.locator('.part[data-part="summary"]').click()  # nothing was changed: the first form makes way
    expect(issue.locator('.partform[data-part="summary"] [name=value]')).to_be_focused()
    expect(issue.locator(".partform")).to_have_count(1)
    issue.locator(".partform [name=value]").fill("改了一半")
    issue.locator('.part[data-part="preface"]').click()
    expect(issue.locator("#fault")).to_contain_text("还没有保存")
    expect(issue.locator('.partform[data-part="summary"] [name=value]')).to_be_focused()
    expect(issue.locator(".partform")).to_have_count(1)
    press(issue, "Escape")
    expect(issue.locator(".partform")).to_have_count(0)


def test_a_conflict_in_the_issue_loses_no_text_over_a_reload(issue: Page, desk: Desk, served: Served) -> None:
    other = desk.sit("李强")
    other.goto(issue.url)
    for page, text in ((other, "李强写的导语。"), (issue, "王敏写的导语。")):
        ready(page)
        open_part(page, "lead.ministry")
        page.locator(".partform [name=value]").fill(text)
    act(other, "Control+Enter")
    act(issue, "Control+Enter")
    expect(issue.locator(".conflict")).to_contain_text("李强写的导语。")
    issue.reload()
    ready(issue)
    expect(issue.locator('.part[data-part="lead.ministry"]')).to_have_text("李强写的导语。")
    open_part(issue, "lead.ministry")
    assert value(issue) == "王敏写的导语。"
    act(issue, "Control+Enter")
    expect(issue.locator('.part[data-part="lead.ministry"]')).to_have_text("王敏写的导语。")
    for _ in range(2):
        act(issue, "u")


def test_the_page_stays_where_the_analyst_is(issue: Page) -> None:
    issue.once("dialog", lambda dialog: dialog.accept())
    group = issue.locator(".labelled").filter(has=issue.locator(".row:nth-child(3)")).first
    label = group.get_attribute("data-label")
    row = group.locator(".row").nth(1)
    text = row.locator(".part.text").inner_text()

    def stays(key: str) -> None:
        """A key, after which the focus is still in the same label, and in sight."""
        act(issue, key)
        expect(issue.locator(f'.labelled[data-label="{label}"] .part:focus')).to_be_in_viewport()

    for key in ("m", "x"):
        row.locator(".part.text").focus()
        act(issue, key)
        expect(issue.locator(f'.labelled[data-label="{label}"] .part:focus')).to_be_in_viewport()
        expect(issue.locator(".done")).to_contain_text({"m": "已并入上一行", "x": "这一行不印了"}[key])
        stays("u")
        expect(row.locator(".part.text")).to_have_text(text)
    with issue.expect_response(lambda response: "/report/move" in response.url):
        group.get_by_role("button", name=f"{label}下移").click()
    issue.wait_for_load_state("networkidle")
    expect(issue.locator(f'.labelled[data-label="{label}"] .part:focus')).to_be_in_viewport()
    stays("u")


def test_what_is_typed_by_hand_survives_a_reload_and_is_taken_once(desk: Desk, served: Served) -> None:
    page = desk.sit("王敏")
    page.goto(f"{served.address}/add")
    typed = {
        "标题": "拉萨上线平台",
        "正文": "3月9日，拉萨市上线“互联网+政务服务”平台，市民可网上办事。",
        "来源": "某日报",
    }
    for label, text in typed.items():
        page.get_by_label(label, exact=True).fill(text)
    page.reload()
    for label, text in typed.items():
        expect(page.get_by_label(label, exact=True)).to_have_value(text)
    expect(page.locator(".restored")).to_be_visible()
    page.get_by_label("日期", exact=True).fill("2018年3月9日")
    page.get_by_role("button", name="看看会怎样").click()
    expect(page.locator(".looked")).to_contain_text("拉萨上线平台")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/add/keep") else None)
    page.get_by_role("button", name="收下").dblclick()
    expect(page.locator("#item-title")).to_have_text("拉萨上线平台")
    assert len(sent) == 1
    page.goto(f"{served.address}/add")
    expect(page.get_by_label("标题", exact=True)).to_have_value("")


def test_words_not_saved_are_shown_again_and_can_be_given_up(desk: Desk, served: Served) -> None:
    page = desk.sit("王敏")
    page.goto(f"{served.address}/keywords")
    box = page.get_by_label("给政务服务加“互联网+”后的说法")
    box.fill("云上家政、掌上家政")
    box.press("Enter")
    expect(page.locator("#words-table .done")).to_contain_text("还没有保存")
    page.reload()
    for word in ("云上家政", "掌上家政"):
        expect(page.get_by_role("button", name=f"去掉{word}")).to_be_visible()
    expect(page.locator("#rules .restored")).to_contain_text("还没有保存")
    page.get_by_role("button", name="放弃这些改动").click()
    expect(page.get_by_role("button", name="去掉云上家政")).to_have_count(0)
    expect(page.locator("#rules .restored")).to_be_hidden()
    assert "云上家政" not in page.locator("#rules-text").input_value()


def test_what_was_done_and_what_is_doubtful_stays_in_sight(issue: Page) -> None:
    row = issue.locator(".labelled .part.text").nth(30)
    row.click()
    issue.locator(".partform [name=value]").fill("3月9日，九百个平台上线，惠及900万人。")
    act(issue, "Control+Enter")
    expect(issue.locator(".done")).to_be_in_viewport()
    doubt = issue.locator(".issue-bar .doubt")
    expect(doubt).to_contain_text("900万")
    expect(doubt).to_be_in_viewport()
    expect(issue.locator(".part:focus")).to_be_in_viewport()
    act(issue, "u")
    expect(doubt).to_have_count(0)
    issue.get_by_role("link", name="核对全部行").click()
    expect(issue.locator("h1")).to_contain_text("核对")


def test_an_issue_signed_meanwhile_loses_no_text(issue: Page, desk: Desk) -> None:
    chief = desk.sit("李强")
    chief.on("dialog", lambda dialog: dialog.accept())
    chief.goto(issue.url)
    open_part(issue, "summary")
    issue.locator(".partform [name=value]").fill("写到一半的总结")
    chief.get_by_role("button", name="签发").click()
    expect(chief.locator(".signed")).to_be_visible()
    act(issue, "Control+Enter")
    expect(issue.locator(".issue-bar .problem")).to_contain_text("本期已签发，不能再改")
    chief.get_by_role("button", name="退回").click()
    expect(chief.locator(".done")).to_contain_text("已退回")
    issue.reload()
    expect(issue.locator('.part[data-part="summary"].unsaved')).to_be_visible()
    ready(issue)
    open_part(issue, "summary")
    assert value(issue) == "写到一半的总结"
    press(issue, "Escape")
    expect(issue.locator(".partform")).to_have_count(0)
