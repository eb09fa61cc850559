"""A rule that would take hours is named by the check and switched off by the crawl; SIGTERM ends everything soon."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from classifiers.check import check
from tests.crawl.web import Wild
from tests.operate.conftest import HOST, Home, article, until
from yuqing.core.pattern_form import beginnings, is_ambiguous
from yuqing.core.patterns import Pattern, is_bounded, slowness

SLOW = [
    "(网+)+$",
    "互联网(.{0,200}){8}结束",
    r"(\w+\s?)*$",
    "(?:网*)*结",
    "([一-鿿]+)*。",
    "(?=(网+)+$)网",
    "(网{1,20}){1,20}$",
    "(?:(?:网)+)+结",
    "(a|a)*b",
    ".*.*.*.*.*x",
]
QUICK = ["(?:人大|政协)[一-鿿]{2,8}(?:团|代表团)", "第.{1,3}届", r"互联网\+[^,。;]{0,8}(?:总监|经理)", "(?:甲{2}乙){3}"]
END = 10  # seconds in which every process of ours has ended


@pytest.mark.parametrize("regex", SLOW)
def test_a_slow_rule_is_known_by_its_form_or_by_trial(regex: str) -> None:
    assert slowness(regex)
    assert not is_bounded(regex)
    pattern = Pattern(regex)
    for text in ("互联网" + "网" * 3000 + "!", "互联网" + "a" * 3000 + "!", "网a1 " * 4000 + "!", "a" * 3000 + "c"):
        pattern.spans(text)  # comes back
    assert pattern.off


@pytest.mark.parametrize("regex", QUICK)
def test_a_quick_rule_is_matched_at_once(regex: str) -> None:
    assert is_bounded(regex)
    assert not slowness(regex)


@pytest.mark.parametrize(
    ("regex", "begins"),
    [
        ("(?<!移动)(?<!车载)互联网(?!安全)[一-鿿]{0,8}?(?:平台|医院)", {"互联网"}),
        ("(?<=部、)发改委|发改委(?=和)", {"发改委"}),
        ("第十[一-鿿]届全国人大|全国(?:人大|政协)十[一-鿿]届", {"第十", "全国"}),
        ("(?:哈|哈哈)+哈", set()),
        ("哈哈", {"哈哈"}),
        ("(?i:app)上线|app停用", set()),
        ("^互联网|平台$", {"互联网", "平台"}),
        ("(?:|互联网)平台", set()),
    ],
)
def test_a_rule_found_by_the_word_it_begins_with_finds_what_re_finds(regex: str, begins: set[str]) -> None:
    text = (
        "互联网医院与移动互联网医院、车载互联网医院、互联网安全平台、互联网健康平台;教育部、发改委和发改委与发改委;"
        "第十三届全国人大、全国政协十三届;哈哈哈哈哈;APP上线app上线app停用;互联网互联网医院上线平台"
    )
    assert beginnings(regex) == begins
    pattern = Pattern(regex)
    spans = [match.span() for match in re.finditer(regex, text)]
    assert pattern.spans(text) == spans
    if pattern.begins:
        starts = [at for at in range(len(text)) if text.startswith(tuple(pattern.begins), at)]
        assert pattern.spans_from(text, starts) == spans
    assert spans


@pytest.mark.parametrize("regex", ["(?:[一-鿿]{2,8}、)*等", "[一-鿿]+平台", "互联网.*?平台", "(?:甲|乙)+丙"])
def test_a_rule_without_end_that_is_quick_finds_what_re_finds(regex: str) -> None:
    assert not is_ambiguous(regex)
    text = "近日教育、卫生、交通、等甲乙甲丙，互联网教育平台上线。\n互联网医疗平台" * 5
    pattern = Pattern(regex)
    assert pattern.spans(text) == [match.span() for match in re.finditer(regex, text)]
    assert not pattern.off


def test_the_shipped_rules_need_no_bound(root: Path) -> None:
    assert not [fault for fault in check(root / "keywords.yaml") if "极慢" in fault.message]


def slow_rule(home: Home) -> None:
    file = home.path / "keywords.yaml"
    text = file.read_text("utf-8")
    assert "  signals:\n" in text
    slow = "  signals:\n  - name: 慢\n    weight: 1\n    terms:\n    - regex: '(网+)+$'\n"
    file.write_text(text.replace("  signals:\n", slow, 1), "utf-8")


def test_check_names_it_and_a_try_comes_back(home: Home) -> None:
    slow_rule(home)
    said = home.run("keywords", "check", code=2)
    assert re.search(r"keywords\.yaml:\d+:\d+: 正则表达式“\(网\+\)\+\$”可能极慢", said)
    assert "相关" in home.run("keywords", "try", "互联网" + "网" * 3000 + "!")


def test_a_crawl_switches_it_off_names_it_and_goes_on(home: Home) -> None:
    slow_rule(home)
    home.articles(3)
    home.web.put(f"{HOST}/a/1.html", article(1).replace("编号1", "网" * 3000 + "!"))
    said = home.run("crawl").replace("\n", " ")
    assert "the rule /(网+)+$/ took too long for" in said
    assert "indexed" in said
    assert "规则 /(网+)+$/ 太慢" in home.run("alerts", "list")
    file = home.path / "keywords.yaml"
    file.write_text(file.read_text("utf-8").replace("(网+)+$", "网网$"), "utf-8")
    assert "太慢" not in home.run("alerts", "list")


def hang(connection: socket.socket) -> None:
    time.sleep(30)


def of_ours(home: Home) -> list[int]:
    """The processes that work in the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.readlink(entry / "cwd") == str(home.path):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def begun_crawl(home: Home) -> subprocess.Popen[bytes]:
    home.articles(2)
    home.web.pages[f"{HOST}/a/1.html"] = Wild(hang)
    process = home.start("crawl")
    until(lambda: home.web.hits[f"{HOST}/a/1.html"], "the page that never comes")
    return process


def begun_schedule(home: Home) -> subprocess.Popen[bytes]:
    home.articles(2)
    home.web.pages[f"{HOST}/a/1.html"] = Wild(hang)
    home.settings("[[schedule]]\nname = 'c'\ncron = '* * * * *'\ncommand = ['crawl']\n")
    process = home.start("schedule", "run", YUQING_CLOCK_AHEAD=str(60 - time.time() % 60))
    until(lambda: (home.path / "data" / "schedule.pid").exists(), "the scheduler")
    return process


def begun_review(home: Home) -> subprocess.Popen[bytes]:
    process = home.start("review", "--port", "0")
    until(lambda: b"Review page" in (home.path / "stdout").read_bytes(), "the page")
    return process


def begun_try(home: Home) -> subprocess.Popen[bytes]:
    slow_rule(home)
    process = home.start("keywords", "try", "互联网" + "网" * 3000 + "!")
    until(lambda: len(of_ours(home)) > 1, "the process of the rule")
    return process


@pytest.mark.long
@pytest.mark.parametrize("begin", [begun_crawl, begun_schedule, begun_review, begun_try])
def test_sigterm_ends_every_process_of_ours(home: Home, begin: Callable[[Home], subprocess.Popen[bytes]]) -> None:
    process = begin(home)
    process.send_signal(signal.SIGTERM)
    process.wait(END)
    until(lambda: not of_ours(home), "the end of all", 3)
    assert "Traceback" not in home.log
