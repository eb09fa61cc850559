"""The word tables of the tab 关键词: words come and go, every other byte of the file stays."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.web.conftest import Page
from yuqing.core.errors import UsageError
from yuqing.review.web.keyword_entries import written_condition, written_record
from yuqing.review.web.keyword_words import PARTS, add_entry, add_record, add_word, records, remove_word

RULES = """# 头注
sectors:
  - {name: 教育, synonyms: [学校, 校园], terms: []}  # 教育类
  - name: 医疗
    synonyms:  # 医疗的说法
      - 医院
      - {any: [诊疗], not: [诊疗器械]}
      # 以上常用
ministries:
  - {name: 外交部}
  - name: 教育部
    kind: 组成部门

relevance:
  signals:
    - name: 上线
      terms: [上线, "开通"]
"""


def words(text: str, part: str, name: str) -> dict[str, tuple[str, ...]]:
    (found,) = [one for one in records(text, part) if one.name == name]
    return {one.field: one.words for one in found.lists}


@pytest.mark.parametrize(
    ("part", "name", "field", "word", "line"),
    [
        ("sectors", "教育", "synonyms", "课堂", "  - {name: 教育, synonyms: [学校, 校园, 课堂], terms: []}  # 教育类"),
        (
            "sectors",
            "教育",
            "terms",
            "智慧校园",
            "  - {name: 教育, synonyms: [学校, 校园], terms: [智慧校园]}  # 教育类",
        ),
        ("sectors", "医疗", "synonyms", "5G: 诊室", '      - "5G: 诊室"'),
        ("ministries", "外交部", "aliases", "外交", "  - {name: 外交部, aliases: [外交]}"),
        ("ministries", "教育部", "aliases", "教部", "    aliases: [教部]"),
        ("signals", "上线", "terms", "启用", '      terms: [上线, "开通", 启用]'),
    ],
)
def test_a_word_is_added_and_taken_out_again(part: str, name: str, field: str, word: str, line: str) -> None:
    changed = add_word(RULES, part, name, field, word)
    assert line in changed.splitlines()
    assert words(changed, part, name)[field][-1] == word
    gone = set(RULES.splitlines()) - set(changed.splitlines())
    assert len(gone) <= 1  # the line itself, when the list stands on it
    back = remove_word(changed, part, name, field, word)
    assert word not in words(back, part, name)[field]
    if field in dict(PARTS)[part][1] and words(RULES, part, name)[field]:
        assert back == RULES


@pytest.mark.parametrize(("name", "field", "word"), [("教育", "synonyms", "学校"), ("教育", "synonyms", "校园")])
def test_any_word_of_a_list_can_go(name: str, field: str, word: str) -> None:
    changed = remove_word(RULES, "sectors", name, field, word)
    assert words(changed, "sectors", name)[field] == tuple(w for w in ("学校", "校园") if w != word)


def test_the_only_word_of_a_block_goes_and_the_rest_stays() -> None:
    changed = remove_word(RULES, "sectors", "医疗", "synonyms", "医院")
    assert "- {any: [诊疗], not: [诊疗器械]}" in changed
    assert "- 医院" not in changed


def test_what_does_not_fit_is_refused() -> None:
    for part, name, field, word in (
        ("sectors", "教育", "synonyms", "学校"), ("sectors", "无", "synonyms", "x"), ("x", "教育", "synonyms", "x"),
        ("sectors", "教育", "group", "x"), ("sectors", "教育", "synonyms", " "),
    ):  # fmt: skip
        with pytest.raises(UsageError):
            add_word(RULES, part, name, field, word)
    with pytest.raises(UsageError):
        remove_word(RULES, "sectors", "教育", "synonyms", "没有")
    with pytest.raises(UsageError, match="有错误"):
        records("sectors: [", "sectors")


def test_every_list_of_the_real_file_takes_a_word_and_stays_yaml(root: Path) -> None:
    text = (root / "keywords.yaml").read_text("utf-8")
    for part, (_, fields) in PARTS.items():
        for record in records(text, part)[::25]:
            for field in fields:
                changed = add_word(text, part, record.name, field, "测试用词")
                assert "测试用词" in words(changed, part, record.name)[field]
                assert len(changed) - len(text) < 60  # nothing else was laid out anew
                YAML(typ="safe", pure=True).load(changed) if part == "signals" else None


def form(**given: str | list[str]) -> Callable[[str], list[str]]:
    return lambda key: [found] if isinstance(found := given.get(key, ""), str) else found


def test_a_new_record_goes_behind_the_one_chosen_and_comments_stay() -> None:
    entry = written_record("sectors", form(name="养老", group="民生", synonyms="康养、托老", terms="智慧养老"))
    changed = add_record(RULES, "sectors", entry, "教育")
    line = "  - {name: 养老, group: 民生, synonyms: [康养, 托老], terms: [智慧养老]}"
    assert changed == RULES.replace("# 教育类\n", f"# 教育类\n{line}\n")
    signal = written_record(
        "signals", form(name="促销", weight="-2.5", scope=["lead", "title", "x"], terms="1元购 秒杀")
    )
    changed = add_record(changed, "signals", signal, "")
    assert changed.endswith('    - {name: 促销, weight: -2.5, scope: [title, lead], terms: ["1元购", 秒杀]}\n')
    assert [one.name for one in records(changed, "signals")] == ["上线", "促销"]


def test_an_entry_with_conditions_is_written_shown_and_taken_out() -> None:
    entry = written_condition(form(any="开通 启用", near="平台", within="8", word="yes", **{"not": "开通仪式"}))
    assert entry == "{any: [开通, 启用], near: [平台], within: 8, not: [开通仪式], word: true}"
    changed = add_entry(RULES, "signals", "上线", "terms", entry)
    (found,) = records(changed, "signals")
    assert found.lists[0].conditions == (entry,)
    assert remove_word(changed, "signals", "上线", "terms", entry) == RULES
    (_, medical) = records(RULES, "sectors")
    assert medical.lists[0].conditions == ("{any: [诊疗], not: [诊疗器械]}",)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: written_condition(form()), "二者选一"),
        (lambda: written_condition(form(any="甲", regex="乙")), "二者选一"),
        (lambda: written_condition(form(any="甲", within="八")), "要写数字"),
        (lambda: written_record("ministries", form(name="某部")), "请写类别"),
        (lambda: written_record("signals", form(name="x", weight="1" * 9)), "要写数字"),
        (lambda: written_record("none", form(name="x")), "没有这一部分"),
        (lambda: add_record(RULES, "sectors", "{name: x}", "无"), "没有叫"),
    ],
)
def test_a_form_that_makes_no_entry_says_why(make: Callable[[], str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        make()


def test_a_record_and_a_condition_from_the_page(page: Page) -> None:
    text = page.space.settings.keywords.read_text("utf-8")
    given = {"text": text, "part": "enterprises", "name": "某云", "aliases": "某云科技", "after": "腾讯"}
    shown = page.post("/keywords/record", given)
    changed = html.unescape(re.search(r'id="words-changed"[^>]*>(.*?)</textarea>', shown, re.S)[1])
    assert "  - {name: 某云, aliases: [某云科技]}" in changed.splitlines()
    assert "已经有“某云”了" in page.post("/keywords/record", {**given, "text": changed})
    where = {"text": changed, "part": "enterprises", "record": "某云", "field": "products", "any": "云盘"}
    shown = html.unescape(page.post("/keywords/condition", {**where, "near": "推出"}))
    assert "{name: 某云, aliases: [某云科技], products: [{any: [云盘], near: [推出]}]}" in shown
    broken = page.post("/keywords/condition", {**where, "any": "", "regex": "("})
    assert 'data-fold="new-condition" open' in broken  # and nothing has to be written again
    assert 'name="regex" value="("' in broken
    assert 'role="alert"' in broken
    assert "words-changed" not in broken
    assert "不能带条件" in page.post(
        "/keywords/condition", {"text": text, "part": "sectors", "record": "教育", "field": "synonyms", "any": "x"}
    )


def test_a_word_added_in_the_page_is_tried_and_saved(page: Page) -> None:
    text = page.space.settings.keywords.read_text("utf-8")
    form = {"text": text, "part": "sectors", "name": "教育", "field": "synonyms"}
    assert "去掉" in page.post("/keywords/words", {"text": text, "part": "sectors"})
    shown = page.post("/keywords/word", {**form, "add": "云上学堂"})
    changed = html.unescape(re.search(r'id="words-changed"[^>]*>(.*?)</textarea>', shown, re.S)[1])
    assert "云上学堂" in changed
    assert '<span class="add">' in shown
    tried = page.post(
        "/keywords/try", {"text": changed, "title": "某市推进“互联网+云上学堂”", "tried": "试点。", "date": ""}
    )
    assert "（教育）" in tried
    base = re.search(r'name="base" value="([^"]+)"', page.get("/keywords"))[1]
    assert "已保存" in page.post("/keywords/save", {"text": changed, "base": base, "anyway": "yes"})
    assert "云上学堂" in page.space.settings.keywords.read_text("utf-8")
