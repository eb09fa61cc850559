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
    pytest.mark.xdist_group("browser"),
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
