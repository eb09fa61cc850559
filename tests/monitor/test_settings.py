"""Settings come from the file and the environment; a wrong one is named with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from yuqing.core.errors import FileError, YuqingError
from yuqing.monitor.settings import load_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_file_and_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "yuqing.toml").write_text(
        'data = "here"\n[windows]\n"2018-03" = [2018-02-14, 2018-03-15]\n[crawl]\ndelay = 2.5\n', "utf-8"
    )
    monkeypatch.setenv("YUQING_CRAWL__CONTACT", "desk@example.org")
    settings = load_settings()
    assert settings.store_url == str(Path("here/yuqing.db"))
    assert settings.crawl.delay == 2.5
    assert settings.agent == "yuqing/0.1 (Internet Plus news monitor; +desk@example.org)"
    assert settings.review_windows.get("2018-03").first == date(2018, 2, 14)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[crawl]\ndelay = -1\n", "yuqing.toml:2:1: crawl.delay: Input should be greater than or equal to 0"),
        ("[crawl]\ndeley = 1\n", "yuqing.toml:2:1: crawl.deley: not a setting; known here: contact"),
        ('\ncolour = "red"\n', "yuqing.toml:2:1: colour: not a setting"),
        ('[windows]\n"2018-13" = [2018-02-14, 2018-03-15]\n', "yuqing.toml:2:1: windows.2018-13: not a month; write"),
        ('[windows]\n"2018-03" = [2018-03-15, 2018-02-14]\n', "windows: window 2018-03 ends (2018-02-14) before it"),
        ('[windows]\n"2018-03" = [2018-02-14]\n', "yuqing.toml:2:1: windows.2018-03: List should have at least 2"),
    ],
)
def test_faults(folder: Path, text: str, message: str) -> None:
    (folder / "yuqing.toml").write_text(text, "utf-8")
    with pytest.raises(FileError) as caught:
        load_settings()
    assert message in str(caught.value)


def test_no_toml(folder: Path) -> None:
    (folder / "yuqing.toml").write_text("data = here\n", "utf-8")
    with pytest.raises(YuqingError, match=r"yuqing\.toml.*line 1"):
        load_settings()


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUQING_CRAWL__TIMEOUT", "soon")
    with pytest.raises(FileError, match=r"environment:1:1: crawl\.timeout"):
        load_settings()
