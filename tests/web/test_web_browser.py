"""The page in a real Chromium over the demo's data, served by `yuqing review`: what the analyst does in a month.

Any error or warning on the browser's console fails the test that caused it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.web.browser import CHROMIUM, WINDOW, Desk, Served, press, ready
from yuqing.core.yamlfile import file_version
from yuqing.review.draft.voice import for_table

DECIDED = 16  # of the 72 stories

expect.set_options(timeout=20_000)  # a loaded machine is slow, not wrong

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("demo"),
    pytest.mark.skipif(not Path(CHROMIUM).exists() and not os.environ.get("CI"), reason="Chromium (scripts/system.sh)"),
]


def send(page: Page, key: str) -> None:
    """A key, and the answer of the server."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        press(page, key)
    expect(page.locator(".notice, .problem, .conflict").first).to_be_visible()


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window, once the style sheet is there."""
    page.wait_for_load_state("load")
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def title(page: Page) -> Locator:
    return page.locator("#item-title")


def sentences(path: Path) -> tuple[list[str], str]:
    """The cells of the report's tables, and its whole text."""
    book = docx.Document(str(path))
    tables = [table for table in book.tables if table.rows[0].cells[1].text.startswith("相关")]
    cells = [row.cells[1].text for table in tables for row in table.rows[1:]]
    return cells, "\n".join([*cells, *(paragraph.text for paragraph in book.paragraphs)])


def test_the_whole_month_from_the_queue_to_the_word_file(desk: Desk, served: Served, tmp_path: Path) -> None:
    page = desk.sit("王敏")
    total = int(page.locator(".progress .sum td").first.inner_text())
    assert total > 50
    moved = ""
    for number in range(DECIDED):
        expect(page.locator(".progress .sum td").first).to_have_text(str(total - number))
        if number % 4 == 1:
            send(page, "d")
        elif number == 2:
            press(page, "2")
            send(page, "a")
        elif number == 4:
            press(page, "e")
            page.keyboard.type("（本刊注）")
            press(page, "Escape")
            send(page, "a")
        elif number == 6:
            moved = title(page).inner_text()
            for number, name in ((2, "各省"), (3, "企业")):  # two keys for a section
                if not page.get_by_label(name, exact=True).is_checked():
                    press(page, "s")
                    press(page, str(number))
            send(page, "a")
        else:
            send(page, "a")
    expect(page.locator(".progress .sum td").first).to_have_text(str(total - DECIDED))
    accepted = served.decided("accepted", "王敏")
    stored = {item.review.row for item in accepted}
    dropped = served.decided("dropped", "王敏")
    assert len(accepted) + len(dropped) == DECIDED
    assert sum("（本刊注）" in row for row in stored) == 1
    crossed = next(item for item in accepted if item.article.title == moved)
    assert {"province", "enterprise"} <= set(crossed.review.sections)

    page.get_by_label("主菜单").get_by_role("link", name="报告").click()
    expect(page.locator("#issue")).to_contain_text("（本刊注）")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    path = tmp_path / download.value.suggested_filename
    assert path.name == f"report-{WINDOW}.docx"
    download.value.save_as(path)
    cells, text = sentences(path)
    in_tables = [item for item in accepted if {"ministry", "province", "enterprise"} & set(item.review.sections)]
    lines = {line.lstrip("➢ ") for cell in cells for line in parts(cell)}
    rows = {for_table(one.review.row) if "summit" in one.review.sections else one.review.row for one in in_tables}
    assert rows <= lines
    told = [row for row in stored if row not in text]
    merged = {item.review.row for item in accepted if set(item.review.sections) == {"summit"}}
    assert set(told) <= merged  # stories of one summit make one paragraph
    assert not [item.article.title for item in dropped if item.review.row in text]
    assert lines <= rows | {item.review.row for item in served.decided("accepted")}  # nothing else got in


def parts(cell: str) -> list[str]:
    """The lines of a table cell without their sources."""
    return [re.sub(r"（来源：.*）$", "", line).strip() for line in cell.split("\n") if line.strip()]


def test_keys_undo_and_text_that_was_not_sent(desk: Desk, served: Served) -> None:
    page = desk.sit("赵一")
    first = title(page).inner_text()
    press(page, "j")
    expect(title(page)).not_to_have_text(first)
    press(page, "k")
    expect(title(page)).to_have_text(first)
    send(page, "d")
    expect(title(page)).not_to_have_text(first)
    send(page, "u")
    expect(title(page)).to_have_text(first)
    expect(page.locator(".notice")).to_contain_text("已撤销")
    expect(page.locator("#live")).to_contain_text("已撤销")
    expect(page.locator(".history li")).to_have_count(2)
    press(page, "e")
    page.keyboard.type("没有发出的字")
    page.reload()
    expect(page.locator(".restored")).to_be_visible()
    assert page.locator("#row").input_value().endswith("没有发出的字")
    page.get_by_role("button", name="放弃").click()
    assert not page.locator("#row").input_value().endswith("没有发出的字")
    assert served.item(first).review.row == ""
    press(page, "/")
    page.keyboard.type("平台")
    press(page, "Enter")
    expect(page.locator(".listhead .on")).to_have_text("检索排序")
    expect(page.locator("#q")).to_have_value("平台")
    expect(page.locator("#q")).not_to_be_focused()  # so that the next key decides, and is not typed
    page.go_back()
    expect(page.locator("#q")).to_have_value("")


def test_the_page_says_when_it_hears_keys(desk: Desk) -> None:
    page = desk.sit("钱七")
    held: list[Route] = []
    page.route("**/static/review.js", lambda route: held.append(route))
    page.goto(desk.served.address, wait_until="commit")
    name = title(page).inner_text()
    assert page.locator("html[data-ready]").count() == 0
    held[0].continue_()
    press(page, "j")
    expect(title(page)).not_to_have_text(name)


def test_two_people_edit_one_item_and_both_see_both_versions(desk: Desk, served: Served) -> None:
    first, second = desk.sit("孙二"), desk.sit("李强")
    name = title(first).inner_text()
    assert title(second).inner_text() == name
    first.locator("#row").fill("王敏写的一句。")
    first.locator("#row").blur()
    send(first, "a")
    second.locator("#row").fill("李强写的一句。")
    second.locator("#row").blur()
    send(second, "d")
    conflict = second.locator(".conflict")
    expect(conflict).to_contain_text("王敏写的一句。")
    expect(conflict).to_contain_text("李强写的一句。")
    assert served.item(name).review.row == "王敏写的一句。"
    second.goto(f"{served.address}/?window={WINDOW}&state=all&item={served.item(name).id}")  # as after a reload
    ready(second)
    expect(second.locator("#row")).to_have_value("李强写的一句。")
    expect(second.locator(".restored")).to_be_visible()
    send(second, "d")
    expect(second.locator(".notice")).to_contain_text("已剔除")
    second.get_by_role("link", name=re.compile(r"^已剔除 \d+$")).click()
    second.wait_for_load_state("networkidle")
    second.locator(".card", has_text=name).click()
    second.wait_for_load_state("networkidle")  # the item may stand there already: its old buttons go with the answer
    expect(title(second)).to_have_text(name)
    expect(second.locator(".history")).to_contain_text("王敏写的一句。")
    with second.expect_response(lambda response: response.request.method == "POST"):
        second.get_by_role("button", name="恢复到这一版").first.click()
    expect(second.locator(".notice")).to_contain_text("已采纳")
    assert served.item(name).review.row == "王敏写的一句。"
    writers = [entry.by for entry in served.store.history(served.item(name).id)]
    assert writers[-3:] == ["孙二", "李强", "李强"]


def test_tags_are_corrected_with_the_keyboard_and_the_report_follows(desk: Desk, served: Served) -> None:
    page = desk.sit("周三")
    name = title(page).inner_text()
    first = page.get_by_role("group", name="领域标签").get_by_role("checkbox").first
    gone = first.get_attribute("value")
    has = page.get_by_role("checkbox", name="农业").count()  # the first of the queue, whatever was decided before
    added = "旅游" if has else "农业"
    press(page, "t")
    buttons = page.locator("#decision .buttons").bounding_box()
    shown = page.locator("#decision .labels label").first.bounding_box()
    assert buttons
    assert shown
    assert shown["y"] + shown["height"] <= buttons["y"]  # its number can be seen
    press(page, "t")
    expect(page.get_by_label("加领域")).to_be_focused()
    page.keyboard.type("殡葬")
    press(page, "Enter")  # no such sector: it stays in the field, and nothing is sent
    expect(page.get_by_label("加领域")).to_have_value("殡葬")
    page.get_by_label("加领域").fill(added)
    press(page, "Enter")
    expect(page.get_by_role("checkbox", name=f"{added} 人工")).to_be_checked()
    expect(page.locator("#live")).to_have_text(f"已加上 {added}")
    page.get_by_label("加地区").fill("云南省/昆明市")
    page.get_by_label("加地区").press("Enter")
    first.uncheck()
    page.get_by_label("加地区").blur()
    page.get_by_label("备注/理由").fill("标签有遗漏")
    page.get_by_label("备注/理由").blur()
    send(page, "a")
    expect(page.locator(".notice")).to_contain_text("已采纳")
    labels = served.item(name).review.labels
    assert labels is not None
    assert added in [tag.name for tag in labels.sectors]
    assert gone not in [tag.name for tag in labels.sectors]
    assert ("云南省", "昆明市") in [(region.province, region.city) for region in labels.regions]
    page.goto(f"{served.address}/?state=accepted&province=云南省&sector={added}")
    expect(page.locator(".card", has_text=name)).to_be_visible()
    page.locator(".card", has_text=name).click()
    expect(title(page)).to_have_text(name)
    expect(page.locator(".history")).to_contain_text("标签有遗漏")
    send(page, "u")
    assert served.item(name).review.labels is None
    send(page, "x")
    assert served.item(name).review.reason == "irrelevant"
    send(page, "u")


def test_an_older_answer_does_not_take_the_place_of_a_newer_one(desk: Desk, served: Served) -> None:
    page = desk.sit("郑八")
    name = title(page).inner_text()
    send(page, "a")
    page.goto(f"{served.address}/?state=accepted")
    card = page.locator(".card", has_text=name)
    address = f"{served.address}{card.get_attribute('href')}"
    page.goto(address)
    expect(title(page)).to_have_text(name)
    held: list[Route] = []
    page.route(lambda url: url == address or "/restore" in url, lambda route: held.append(route))
    with page.expect_request(address) as asked:
        card.click()
    with page.expect_request(lambda request: request.method == "POST"):
        press(page, "u")
    held[0].continue_()
    asked.value.response()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")  # were it shown, by now
    held[1].continue_()
    expect(page.locator(".notice")).to_contain_text("已撤销")
    page.unroute_all()
    page.get_by_role("link", name="已采纳").first.click()  # and the next question is answered as ever
    expect(page.locator(".notice")).to_have_count(0)


@pytest.mark.long
def test_a_change_of_the_rules_and_its_dry_run(desk: Desk, served: Served) -> None:
    page = desk.sit("王敏")
    page.get_by_role("link", name="关键词").click()
    expect(page.get_by_label("给政务服务加“互联网+”后的说法")).to_be_visible()
    ready(page)
    page.get_by_label("给政务服务加“互联网+”后的说法").fill("云上家政")
    press(page, "Enter")
    expect(page.locator("#words-table .done")).to_contain_text("还没有保存")
    expect(page.locator("#effect .done")).to_contain_text("条标签将变动")  # tried at once on the window
    page.get_by_text("全文（yaml）").click()
    rules, path = page.locator("#rules-text"), served.home / "keywords.yaml"
    text, before = rules.input_value(), file_version(path)
    rules.fill(text + "sectorz: []\n")
    page.get_by_role("button", name="检查并看改动").click()
    expect(page.locator("#checked")).to_contain_text("不认识的键“sectorz”")
    page.get_by_role("button", name=re.compile(r"keywords\.yaml:\d+:1")).click()
    assert page.evaluate("getSelection().toString()") == "sectorz: []"

    rules.fill(re.sub(r"threshold: [\d.]+", "threshold: 20", text, count=1))
    page.get_by_role("textbox", name="标题").fill("某市上线平台")
    page.get_by_role("textbox", name="正文").fill("某市上线“互联网+旅游”平台。")
    page.get_by_role("button", name="试一试").click()
    expect(page.locator("#tried")).to_contain_text("主题差")
    page.get_by_role("button", name="试算（不写入）").click()
    expect(page.locator("#retagged")).to_contain_text("将变动（没有写入）")
    gone = page.locator("#retagged details", has_text="相关").first
    gone.locator("summary").click()
    expect(gone.locator("li").first).to_be_visible()
    assert file_version(path) == before

    rules.fill("# 王敏的说明\n" + text)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#checked .done")).to_contain_text("已保存")
    expect(page.locator("#checked .diff .add").first).to_contain_text("王敏的说明")
    assert page.locator("#version").inner_text() == file_version(path) != before
    assert path.read_text("utf-8") == "# 王敏的说明\n" + text
    assert (served.home / "data" / "rules" / f"keywords-{before}.yaml").exists()
    saved = page.locator("#version").inner_text()
    rules.fill("# 第二次\n" + rules.input_value())
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#version")).not_to_have_text(saved)
    assert path.read_text("utf-8").startswith("# 第二次\n")


def test_a_telephone_shows_list_then_item_and_nothing_sticks_out(desk: Desk) -> None:
    page = desk.sit("王敏", 390, 844)
    expect(page.locator(".detail")).to_be_hidden()
    page.locator(".card").nth(1).click()
    expect(title(page)).to_be_visible()
    expect(page.locator(".list")).to_be_hidden()
    expect(page.get_by_text("再按数字").first).to_be_hidden()  # a telephone has no keys to press
    assert fits(page)
    page.get_by_label("加地区").fill("新疆维吾尔自治区/克孜勒苏柯尔克孜自治州")
    page.get_by_label("加地区").press("Enter")
    assert fits(page)
    with page.expect_popup() as popup:
        page.get_by_role("link", name="存档副本").click()
    expect(popup.value.locator("article")).to_be_visible()
    expect(popup.value.locator("pre.source")).to_contain_text("<html")
    assert fits(popup.value)
    page.get_by_role("link", name="返回列表").click()
    expect(page.locator(".list")).to_be_visible()
    page.goto(f"{desk.served.address}/?q=没有这样的词")
    expect(page.locator(".list .empty")).to_contain_text("没有符合条件的条目")
    page.locator(".list .empty").get_by_role("link", name="清除筛选").click()
    expect(page.locator(".card").first).to_be_visible()
    for name in ("报告", "关键词", "采集", "审核"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.locator("nav [aria-current=page]")).to_have_text(name)
        assert fits(page), name


def test_every_control_has_a_name(desk: Desk) -> None:
    page = desk.sit("王敏")
    for address in ("/", "/report", "/keywords", "/runs"):
        page.goto(desk.served.address + address, wait_until="domcontentloaded")
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, iframe")]
            .filter(e => !(e.textContent.trim() || e.ariaLabel || e.title || (e.labels && e.labels.length)))
            .map(e => e.outerHTML)"""
        )
        assert nameless == [], address
