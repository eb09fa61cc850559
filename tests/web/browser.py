"""A running `yuqing review` over what one run of the demo left, and people in front of it in a real Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from indexer.open import open_store
from indexer.store import Store
from tests import demo_run
from tests.pieces import missing
from yuqing.core.records import Item

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WINDOW = "2018-03"


@dataclass(frozen=True)
class Served:
    """A running review page, the folder it works in, and its store."""

    address: str
    home: Path
    store: Store

    def decided(self, state: str, by: str = "") -> list[Item]:
        """The items of the window in a state, and last written by a person."""
        found = (item for item in self.store.scan(window=WINDOW) if item.review.state == state)
        return [item for item in found if by in ("", item.review.by)]

    def item(self, title: str) -> Item:
        """The lead with a title."""
        return next(item for item in self.store.scan(window=WINDOW) if item.article.title == title)


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """What one run of the demo left; whoever writes there takes a copy."""
    return demo_run.demo_home(tmp_path_factory.getbasetemp(), root)


@contextmanager
def serving(home: Path, **environment: str) -> Iterator[Served]:
    """The command `yuqing review` in the folder ``home``."""
    process = subprocess.Popen(
        [sys.executable, "-m", "yuqing.monitor.cli", "review", "--port", "0"],
        cwd=home,
        env={**os.environ, "YUQING_DATA": "data", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    store = open_store(str(home / "data" / "yuqing.db"))
    try:
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, line + process.stdout.read()
        yield Served(found[0], home, store)
    finally:
        store.close()
        process.terminate()
        printed = process.communicate(timeout=20)[0]
    assert "Traceback" not in printed, printed
    assert "Error" not in printed


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, demo_home: Path) -> Iterator[Served]:
    """The page on what one run of the demo left; each test's people have names of their own."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(demo_home, home)
    with serving(home) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        missing("Chromium", "scripts/system.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def ready(page: Page) -> None:
    """Wait until the page hears keys and its forms answer in place.

    After a click that leads to another page, wait for something of that page first: the page left is ready too.
    """
    page.wait_for_selector("html[data-ready]", state="attached")


def press(page: Page, key: str) -> None:
    """A key, as a person presses it once the page is there; before that it may be lost, as on any page."""
    ready(page)
    page.keyboard.press(key)


@dataclass
class Desk:
    """Opens browsers of different people and notes what their consoles complain of."""

    browser: Browser
    served: Served
    faults: list[str] = field(default_factory=list)
    opened: list[BrowserContext] = field(default_factory=list)

    def sit(self, name: str, width: int = 1280, height: int = 800) -> Page:
        """The queue of a person who has given the name."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        context.set_default_timeout(30_000)  # a loaded machine is slow, not wrong
        self.opened.append(context)
        page = context.new_page()
        page.on("console", lambda m: self.faults.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(self.served.address)
        page.get_by_label("姓名").fill(name)
        page.get_by_role("button", name="开始审核").click()
        expect(page.locator("#work")).to_be_visible()
        ready(page)
        return page


@pytest.fixture
def desk(chromium: Browser, served: Served) -> Iterator[Desk]:
    desk = Desk(chromium, served)
    yield desk
    for context in desk.opened:
        context.close()
    assert not desk.faults
