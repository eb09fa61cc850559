"""keywords check, try, candidates, stats, and the dry run of retag."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from classifiers import classify
from classifiers.candidates import candidates
from classifiers.changes import tag_changes
from classifiers.check import check
from classifiers.explain import explain
from classifiers.rules import Rules, load_rules
from classifiers.stats import Word, stats
from yuqing.core.errors import FileError
from yuqing.core.records import Article, Item, ReprintCluster, SectorTag, Tags


@pytest.fixture
def edit(root: Path, tmp_path: Path):
    """A copy of keywords.yaml with one piece of text replaced."""

    def make(old: str, new: str) -> Path:
        text = (root / "keywords.yaml").read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "keywords.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return make


def item(rules: Rules, number: int, text: str, day: str, *, lead: bool = True) -> Item:
    article = Article(url=f"https://example.org/{number}", title=f"第{number}篇", body=text, published_at=day)
    return Item(
        id=f"i{number}",
        source_id="s",
        source_name="s",
        tier="province-gov",
        fetched_at=f"{day}T08:00:00+08:00",
        window=day[:7],
        content_hash="",
        article=article,
        tags=classify(article, rules),
        cluster=ReprintCluster(id="i1", lead=lead),
    )


def test_the_shipped_file_has_no_fault(root: Path) -> None:
    assert [str(problem) for problem in check(root / "keywords.yaml")] == []


FAULTS = [
    ("  threshold: 3\n", "  threshold: 高\n", "应为数字"),
    ("  threshold: 3\n", "  treshold: 3\n  threshold: 3\n", "不认识的键“treshold”"),
    ("  threshold: 3\n", "  threshold: [3\n", "YAML 语法错误"),
    ("{name: 搜狗, aliases: [搜狗]}", "{nam: 搜狗, aliases: [搜狗]}", "缺少必填的键“name”"),
    ("{name: 搜狗, aliases: [搜狗]}", "{name: 搜狗, aliases: [搜狗，搜狗搜索]}", "全角符号“，”"),
    ("{name: 携程, aliases: [携程]}", "{name: 携程, aliases: [携程, 搜狗]}", "“搜狗”重复：“搜狗”第"),
    ("{name: 搜狗, aliases: [搜狗]}", "{name: 搜狗, aliases: [{any: [搜狗], not: [搜狗]}]}", "永远不会命中"),
    ("{name: 搜狗, aliases: [搜狗]}", '{name: 搜狗, aliases: [{regex: "搜(狗"}]}', "正则表达式写错了"),
    ("{name: 搜狗, aliases: [搜狗]}", '{name: 搜狗, aliases: [{regex: "狗*"}]}', "匹配空串"),
    ("{name: 搜狗, aliases: [搜狗]}", "{name: 搜狗, aliases: [{near: [搜索]}]}", "any 与 regex 必须且只能写一个"),
    ("{name: 搜狗, aliases: [搜狗]}", "{name: 搜狗, aliases: [12345]}", "12345 没有加引号"),
    ("{name: 搜狗, aliases: [搜狗]}", "{name: 搜狗, aliases: [{any: [搜狗, 114]}]}", "114 没有加引号"),
    ("{name: 搜狗, aliases: [搜狗]}", "{name: 搜狗, aliases: [狗]}", "只有一个字"),
    ("{name: 搜狗, aliases: [搜狗]}", "{name: 搜狗, aliases: [合作]}", "太宽"),
    ("{name: 搜狗, aliases: [搜狗]}", "{name: 搜狗, aliases: [{any: [搜狗], scope: [标题]}]}", "不是可用的值"),
    (
        "scope: [title, lead]\n      terms: [战略合作,",
        "scope: [title, lead]\n      terms: [战略合作, 战略合作框架,",
        "覆盖",
    ),
    ("until: 2018-03-17, successor: 农业农村部", "until: 2018-03-17, successor: 农村部", "不在 ministries 名单中"),
    ("  near_miss: 2\n", "  near_miss: 9\n", "near_miss 应不高于 threshold"),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_a_fault_is_told_in_chinese_with_its_line(edit, root: Path, old: str, new: str, message: str) -> None:
    path = edit(old, new)
    problems = check(path)
    lines = (root / "keywords.yaml").read_text(encoding="utf-8")
    expected = lines[: lines.index(old)].count("\n") + 1
    match = [problem for problem in problems if message in problem.message]
    assert match, [str(problem) for problem in problems]
    assert abs(match[0].line - expected) <= 2
    assert match[0].column >= 1


def test_loading_tells_all_faults_at_once(edit) -> None:
    path = edit("{name: 搜狗, aliases: [搜狗]}", '{name: 搜狗, aliases: [{regex: "搜("}, {regex: "狗*"}]}')
    with pytest.raises(FileError) as caught:
        load_rules(path)
    assert len(caught.value.problems) == 2


def test_the_version_follows_the_content(edit, rules: Rules) -> None:
    assert load_rules(edit("  threshold: 3\n", "  threshold: 3  # 门槛\n")).version != rules.version


def test_try_shows_what_made_a_tag_and_why_others_lost(rules: Rules) -> None:
    text = "3月9日，落实教育部有关要求，合肥市推进“互联网＋教育”。腾讯网报道，移动互联网+游戏很热。"
    shown = explain(text, rules, title="合肥新举措", date="2018-03-09")
    assert shown.tags == classify(Article(url="", title="合肥新举措", body=text, published_at="2018-03-09"), rules)
    assert "".join(piece.text for piece in shown.body) == text
    assert ("互联网＋教育", True) in [(piece.text, "互联网+教育" in piece.tags) for piece in shown.body]
    assert shown.verdict.startswith("相关")
    lost = {(one.tag, one.text): one.reason for one in shown.lost}
    assert "引用" in lost["ministry:教育部", "教育部"]
    assert any("移动互联网" in text for _, text in lost)


def test_try_says_how_far_a_near_miss_is(rules: Rules) -> None:
    shown = explain("“互联网+教育”的春天，我看还远。", rules)
    assert not shown.tags.relevant
    assert "差" in shown.verdict


def test_candidates_are_new_phrases_with_counts_and_examples(rules: Rules) -> None:
    items = [
        item(rules, 1, "3月9日，泸水市推出“互联网+草果”项目。", "2018-03-09"),
        item(rules, 2, "3月8日，泸水市推进“互联网+草果”工作。", "2018-03-08"),
        item(rules, 3, "3月8日，泸水市推进“互联网+草果”工作。", "2018-03-08", lead=False),
        item(rules, 4, "3月7日，合肥市推进“互联网+教育”。", "2018-03-07"),
    ]
    (found,) = candidates(items)
    assert (found.phrase, found.count, found.first_seen, found.last_seen) == (
        "互联网+草果",
        2,
        "2018-03-08",
        "2018-03-09",
    )
    assert [example.id for example in found.examples] == ["i2", "i1"]
    assert "草果" in found.examples[0].sentence


def test_stats_count_every_rule_and_mark_the_quiet_ones(rules: Rules) -> None:
    items = [
        item(rules, 1, "3月9日，教育部与腾讯公司签署协议，推进“互联网+教育”。", "2018-03-09"),
        item(rules, 2, "2017年11月9日，财政部印发“互联网+财政”通知。", "2017-11-09"),
    ]
    lines = {(line.kind, line.name): line for line in stats(items, rules, date(2018, 3, 15))}
    assert lines["部委", "教育部"].hits == 1
    assert not lines["部委", "教育部"].quiet
    assert lines["企业", "腾讯"].words == (Word("腾讯公司", 1, 0),)
    assert lines["企业", "腾讯"].precision is None
    assert lines["部委", "财政部"].last_hit == "2017-11-09"
    assert lines["部委", "财政部"].quiet
    assert lines["部委", "水利部"].hits == 0
    assert lines["部委", "水利部"].quiet
    assert lines["领域", "教育"].hits == 1


def test_the_dry_run_tells_added_dropped_and_moved(rules: Rules, edit) -> None:
    article = Article(
        url="", title="", body="3月9日，教育部与搜狗签署协议，推进“互联网+草果”。", published_at="2018-03-09"
    )
    old = classify(article, rules)
    path = edit("synonyms: [现代农业,", "synonyms: [草果, 现代农业,")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{name: 搜狗, aliases: [搜狗]}", "{name: 搜狗网, aliases: [搜狗]}"), encoding="utf-8")
    changes = tag_changes(old, classify(article, load_rules(path)))
    assert ("sector:互联网+草果 → （未收录）", "sector:互联网+草果 → 农业") in changes.moved
    assert ("enterprise:搜狗", "enterprise:搜狗网") in changes.moved
    assert changes.added == ()
    assert changes.dropped == ()
    assert not tag_changes(old, old)


def test_a_new_section_of_an_item_is_a_move_and_a_second_one_an_addition() -> None:
    old = Tags(relevant=True, sections=("province",))
    assert tag_changes(old, replace(old, sections=("summit",))).moved == (("section:province", "section:summit"),)
    assert tag_changes(old, replace(old, sections=("province", "summit"))).added == ("section:summit",)
    more = replace(old, sectors=(SectorTag(name="教育", group="民生服务", phrase="互联网+教育"),))
    assert tag_changes(more, old).dropped == ("sector:互联网+教育 → 教育",)
