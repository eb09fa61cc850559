"""The tab 关键词: faults placed, nothing written that is broken, nobody's edit lost, comments and line ends kept."""

from __future__ import annotations

from collections.abc import Callable

import lxml.html
import pytest

from classifiers.rules import load_rules
from tests.web.conftest import WINDOW, Page, ticks
from yuqing.core.records import Item
from yuqing.core.yamlfile import file_version

COMMENT = "# 王敏：三月起按新名称统计\n"


def text_and_base(page: Page) -> tuple[str, str]:
    """The rules as the editor has them."""
    form = lxml.html.fromstring(page.get("/keywords")).get_element_by_id("rules")
    text = form.cssselect("textarea")[0].text.removeprefix("\n")  # as a browser reads it
    return text, form.cssselect("[name=base]")[0].get("value")


def test_the_editor_holds_the_file(page: Page) -> None:
    text, base = text_and_base(page)
    path = page.space.settings.keywords
    assert text == path.read_text("utf-8")
    assert base == file_version(path)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("settings: [", "YAML 语法错误"),
        ("sectorz: []\n", "不认识的键"),
        ("sectors: [{name: 教育}]\nsectors: []\n", "同一个键写了两次"),
    ],
)
def test_a_fault_is_placed_and_nothing_is_saved(page: Page, broken: str, said: str) -> None:
    text, base = text_and_base(page)
    before = page.space.settings.keywords.read_bytes()
    spoilt = text + broken
    line = spoilt.count("\n", 0, spoilt.index(broken)) + 1
    checked = page.post("/keywords/check", {"text": spoilt})
    assert said in checked
    assert "keywords.yaml:" in checked
    if "sectorz" in broken:
        assert f"keywords.yaml:{line}:1" in checked
    assert "没有保存" in page.post("/keywords/save", {"text": spoilt, "base": base, "anyway": "yes"})
    assert page.space.settings.keywords.read_bytes() == before
    for tool in ("try", "dry-run"):
        assert "规则有错误" in page.post(f"/keywords/{tool}", {"text": spoilt, "tried": "x"})


def test_saving_keeps_comments_and_the_old_version_and_shows_the_diff(page: Page) -> None:
    text, base = text_and_base(page)
    path = page.space.settings.keywords
    old = path.read_bytes()
    html = page.post("/keywords/save", {"text": COMMENT + text.replace("\n", "\r\n"), "base": base})
    assert "已保存" in html
    assert [node.text for node in lxml.html.fromstring(html).cssselect(".diff .add")] == [f"+{COMMENT}"]
    assert path.read_bytes() == COMMENT.encode() + old
    assert (page.space.settings.rules_dir / f"keywords-{base}.yaml").read_bytes() == old
    assert file_version(path) in html
    assert "没有改动" in page.post("/keywords/save", {"text": COMMENT + text, "base": file_version(path)})


def test_windows_line_ends_and_mark_stay(page: Page) -> None:
    path = page.space.settings.keywords
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    old = path.read_bytes()
    text, base = text_and_base(page)
    assert "已保存" in page.post("/keywords/save", {"text": text + COMMENT, "base": base})
    assert path.read_bytes() == old + COMMENT.encode().replace(b"\n", b"\r\n")


def test_a_file_that_changed_meanwhile_is_not_overwritten(open_page: Callable[[str], Page]) -> None:
    first, second = open_page("王敏"), open_page("李强")
    text, base = text_and_base(first)
    assert "已保存" in first.post("/keywords/save", {"text": COMMENT + text, "base": base})
    html = second.post("/keywords/save", {"text": "# 李强的改动\n" + text, "base": base})
    assert "已被改动" in html
    assert "李强的改动" in html
    assert first.space.settings.keywords.read_text("utf-8").startswith(COMMENT)


def test_hints_need_a_tick(page: Page) -> None:
    text, base = text_and_base(page)
    word = text.index("synonyms: [") + len("synonyms: [")
    hinted = text[:word] + "，全角, " + text[word:]
    assert "有提示没有处理" in page.post("/keywords/save", {"text": hinted, "base": base})
    assert file_version(page.space.settings.keywords) == base
    assert "已保存" in page.post("/keywords/save", {"text": hinted, "base": base, "anyway": "yes"})


def test_trying_a_text_uses_the_rules_in_the_editor(page: Page) -> None:
    text, _ = text_and_base(page)
    tried = "3月9日，教育部印发《关于开展“互联网+教育”试点的通知》。<b>"
    html = page.post("/keywords/try", {"text": text, "tried": tried, "title": "教育部部署试点", "date": "2018-03-09"})
    tree = lxml.html.fromstring(html)
    assert html.count("相关：") == 1
    assert "教育部" in [mark.text for mark in tree.cssselect("mark")]
    assert "<b>" not in html
    assert "不是日期" in page.post("/keywords/try", {"text": text, "tried": tried, "date": "昨天"})


def test_a_dry_run_shows_examples_and_writes_nothing_and_applying_keeps_reviews(page: Page, items: list[Item]) -> None:
    text, base = text_and_base(page)
    page.decide(items[3], "accept")
    before = {item.id: item.tags for item in page.space.store.scan()}
    html = page.post("/keywords/dry-run", {"text": text, "window": WINDOW})
    assert f"检查 {len(items)} 条" in html
    assert "将变动（没有写入）" in html
    assert "贵阳签署合作协议" in html
    assert {item.id: item.tags for item in page.space.store.scan()} == before
    assert file_version(page.space.settings.keywords) == base
    assert "已变动" in page.post("/keywords/apply", {"window": WINDOW})
    after = page.space.store.get(items[3].id)
    assert after is not None
    assert after.tags.rules == load_rules(page.space.settings.keywords).stamp
    renamed = page.post("/keywords/dry-run", {"text": text.replace("{name: 医疗, ", "{name: 医卫, "), "window": WINDOW})
    assert "领域 互联网+医疗：医疗 → （未收录）" in renamed
    assert after.review.state == "accepted"


def test_the_rules_that_people_corrected_most_come_first(page: Page, items: list[Item]) -> None:
    assert "还没有审过的条目" in page.get(f"/keywords/rule-stats?window={WINDOW}", fragment=True)
    page.decide(items[3], "drop", reason="irrelevant")
    page.decide(items[2], "accept")
    form = ticks(items[4]) | {"tag.sector": "", "tag.enterprise": "中国联通"}
    page.decide(items[4], "accept", note="标签判断有误", **form)
    rows = lxml.html.fromstring(page.get(f"/keywords/rule-stats?window={WINDOW}", fragment=True)).cssselect("tbody tr")
    told = [[" ".join(cell.text_content().split()) for cell in row.cssselect("th, td")] for row in rows]
    assert {row[0]: row[1:7] for row in told} == {
        "领域 医疗": ["0%", "1 / 1", "0", "0", "1", "0"],
        "领域 旅游": ["0%", "1 / 1", "0", "1", "0", "0"],
        "企业 中国联通": ["—", "0 / 0", "0", "0", "0", "1"],
        "领域 教育": ["100%", "1 / 1", "1", "0", "0", "0"],
    }
    assert told[0][7] == "互联网+医疗 1/1"
    assert told[-1][0] == "领域 教育"
    page.space.settings.keywords.write_text("settings: [", "utf-8")
    assert "规则有错误" in page.get(f"/keywords/rule-stats?window={WINDOW}", fragment=True)
