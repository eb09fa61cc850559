"""A whole month in a real Chromium: decided with few keys, added to, written, drafted again, signed, and in Word."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.crawl.web import Web, serve
from tests.web.browser import CHROMIUM, WINDOW, Desk, Served, press, serving

DROPS, ROWS = 22, 46
LEAD = "各地推出平台、签署协议，办事更便利。"

expect.set_options(timeout=20_000)  # a loaded machine is slow, not wrong

pytestmark = [
    pytest.mark.long,
    pytest.mark.browser,
    pytest.mark.xdist_group("demo"),
    pytest.mark.timeout(240),
    pytest.mark.skipif(not Path(CHROMIUM).exists() and not os.environ.get("CI"), reason="Chromium (scripts/system.sh)"),
]


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    """A site that the crawl does not know."""
    with serve() as web:
        web.put("news.example.cn/robots.txt", "", 404)
        text = (
            "3月9日，拉萨市上线“互联网+政务服务”平台，市民可在网上办理三百项事项。平台由市政务办建设，年内覆盖各区县。"
        )
        head = "<html><body><h1>拉萨上线政务平台</h1><p>2018-03-09 来源：拉萨日报</p>"
        page = f"{head}<div><p>{text}</p><p>{text}</p></div></body></html>"
        web.put("news.example.cn/2018-03/09/1.html", page)
        yield web


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory, demo_home: Path, web: Web) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("month") / "home"
    shutil.copytree(demo_home, home)
    with serving(home, YUQING_CRAWL__GATEWAY=str(web.port), YUQING_CRAWL__DELAY="0") as running:
        yield running


@pytest.fixture
def desk(chromium: Browser, month: Served) -> Iterator[Desk]:
    desk = Desk(chromium, month)
    yield desk
    for context in desk.opened:
        context.close()
    assert not desk.faults


def swap(page: Page, key: str) -> None:
    """A key whose answer replaces the issue."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        press(page, key)
    page.wait_for_load_state("networkidle")


def write(page: Page, part: str, text: str) -> None:
    """Put ``text`` into a part of the issue."""
    page.locator(f'[data-part="{part}"]').first.click()
    page.locator(".partform [name=value]").fill(text)
    with page.expect_response(lambda response: "/report/edit" in response.url):
        press(page, "Control+Enter")
    expect(page.locator(f'.part[data-part="{part}"]').first).to_contain_text(text)


def printed(page: Page) -> list[str]:
    """The rows of the tables as the page shows them, in order."""
    return [text.strip() for text in page.locator(".labelled .part.text").all_inner_texts()]


def test_the_issue_is_finished_in_the_page(desk: Desk, month: Served, capsys: pytest.CaptureFixture[str]) -> None:
    page = desk.sit("王敏")
    page.on("dialog", lambda dialog: dialog.accept())
    keys = 0
    # The doubtful ones first: what is to go is dropped one by one, what is left is accepted at once.
    page.goto(f"{month.address}/?window={WINDOW}&sort=unsure")
    total = int(page.locator(".progress .sum td").first.inner_text())
    for number in range(DROPS):
        expect(page.locator(".progress .sum td").first).to_have_text(str(total - number))
        press(page, "d")
        keys += 1
    expect(page.locator(".progress .sum td").first).to_have_text(str(total - DROPS))
    press(page, "A")
    keys += 2  # and Enter for the question whether it is meant
    expect(page.locator(".notice")).to_contain_text(f"已采纳 {total - DROPS} 条")
    with capsys.disabled():
        print(f"\nkeys for {total - DROPS} accepts and {DROPS} drops: {keys}")
    assert len(month.decided("accepted")) >= ROWS
    assert keys < ROWS + DROPS

    page.goto(f"{month.address}/add")
    page.get_by_label("网址", exact=True).fill("http://news.example.cn/2018-03/09/1.html")
    page.get_by_role("button", name="抓来看看").click(timeout=100_000)  # a process of its own fetches
    expect(page.locator(".looked")).to_contain_text("拉萨上线政务平台")
    page.get_by_role("button", name="收下").click()
    expect(page.locator("#item-title")).to_have_text("拉萨上线政务平台")
    press(page, "a")
    expect(page.locator(".notice")).to_contain_text("已采纳")
    page.goto(f"{month.address}/add")
    text = "3月12日，成都市与腾讯签署“互联网+旅游”战略合作协议，共建智慧景区。"
    hand = {"标题": "成都与腾讯签约", "正文": text, "日期": "2018-03-12", "来源": "成都日报"}
    for label, value in hand.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="看看会怎样").click()
    page.get_by_role("button", name="收下").click()
    expect(page.locator("#item-title")).to_have_text("成都与腾讯签约")
    press(page, "a")
    expect(page.locator(".notice")).to_contain_text("已采纳")

    page.goto(f"{month.address}/report?window={WINDOW}")
    expect(page.locator("#issue")).to_contain_text("拉萨")
    expect(page.locator("#issue")).to_contain_text("智慧景区")
    write(page, "lead.province", LEAD)
    write(page, "cover.issue", "2018年第3期（总第27期）")
    group = page.locator(".labelled").filter(has=page.locator(".row:nth-child(2)")).first
    first, second = (text.strip() for text in group.locator(".part.text").all_inner_texts()[:2])
    group.locator(".part.text").nth(1).focus()
    swap(page, "K")
    assert [text.strip() for text in group.locator(".part.text").all_inner_texts()[:2]] == [second, first]
    group.locator(".row").nth(1).drag_to(group.locator(".row").nth(0))
    expect(group.locator(".part.text").first).to_have_text(first)
    swap(page, "u")
    expect(group.locator(".part.text").first).to_have_text(second)
    before = printed(page)
    assert len(before) >= ROWS

    # New rules, new tags: what was written stays, and what the lead rests on is said to have changed.
    rules = month.home / "keywords.yaml"
    rules.write_text(rules.read_text("utf-8").replace("threshold:", "threshold: ", 1), "utf-8")
    page.goto(f"{month.address}/keywords")
    page.get_by_role("button", name="用已保存的规则重新标注").click()
    expect(page.locator("#retagged .done")).to_contain_text("检查")
    gone = next(item for item in month.decided("accepted") if item.article.title == "拉萨上线政务平台")
    page.goto(f"{month.address}/?window={WINDOW}&state=accepted&item={gone.id}")
    page.get_by_role("button", name="退回待审").click()
    expect(page.locator(".notice")).to_contain_text("待审")
    page.goto(f"{month.address}/report?window={WINDOW}")
    expect(page.locator('.part[data-part="lead.province"]')).to_have_text(LEAD)
    expect(page.locator(".stale-note")).to_contain_text("导语（各省）")
    expect(page.locator(".newdraft").first).to_contain_text("新草稿")
    page.get_by_role("button", name="保留我的").first.click()
    expect(page.locator(".stale-note")).to_have_count(0)
    assert [row for row in before if "拉萨" not in row] == printed(page)

    page.get_by_role("button", name="签发").click()
    expect(page.locator(".signed")).to_contain_text("王敏")
    rows = printed(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    book = docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    tables = [table for table in book.tables if table.rows[0].cells[1].text.startswith("相关")]
    cells = [row.cells[1].text for table in tables for row in table.rows[1:]]
    assert [re.sub(r"（来源：.*）$", "", cell).removeprefix("➢ ").strip() for cell in cells] == rows
    texts = [paragraph.text for paragraph in book.paragraphs]
    assert LEAD in texts
    assert "（2018年第3期（总第27期））" in texts
