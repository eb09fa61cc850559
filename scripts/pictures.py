"""The pictures in the README, made from the demo: the review page in Chromium, and a page of the report.

    python -m scripts.pictures        # writes docs/pictures/review.png and docs/pictures/report.png

Needs what scripts/system.sh installs, and `make setup`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "pictures"
_YUQING = [sys.executable, "-m", "yuqing.monitor.cli"]
_CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
_REPORT_PAGE = 5  # the map of provinces and the first table


def review_picture(home: Path) -> None:
    """The queue with an item open."""
    command = [*_YUQING, "review", "--port", "0", "--window", "2018-03"]
    page_server = subprocess.Popen(command, cwd=home, stdout=subprocess.PIPE, text=True)
    assert page_server.stdout is not None
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+", page_server.stdout.readline())
        assert address
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": 1280, "height": 760}, locale="zh-CN")
            page.goto(address[0])
            page.get_by_label("姓名").fill("王敏")
            page.get_by_role("button", name="开始审核").click()
            page.locator("#work").wait_for()
            page.screenshot(path=OUT / "review.png")
            browser.close()
    finally:
        page_server.terminate()
        page_server.wait(20)


def report_picture(home: Path) -> None:
    """One page of the Word file."""
    docx = home / "out" / "report-2018-03.docx"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{home}/office", "--convert-to", "pdf", docx],
        cwd=home, check=True, capture_output=True,
    )  # fmt: skip
    page = str(_REPORT_PAGE)
    command = ["pdftoppm", "-r", "70", "-f", page, "-l", page, "-singlefile", "-png", "report-2018-03.pdf", "report"]
    subprocess.run(command, cwd=home, check=True)
    shutil.copy(home / "report.png", OUT / "report.png")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for command in (["init"], ["demo", "--data", "data", "--out", "out"]):
            subprocess.run([*_YUQING, *command], cwd=home, check=True, capture_output=True)
        OUT.mkdir(parents=True, exist_ok=True)
        review_picture(home)
        report_picture(home)


if __name__ == "__main__":
    main()
