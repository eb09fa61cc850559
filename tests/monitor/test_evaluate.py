"""Decisions as labels: what `yuqing evaluate` counts, and what `keywords stats` says of each rule."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from classifiers import classify
from classifiers.scoring import Scores
from classifiers.stats import RuleHits, stats
from tests.monitor.conftest import new_home, yuqing
from yuqing.core.errors import YuqingError
from yuqing.core.facets import labels_of
from yuqing.core.records import Article, Item, Labels, Review, SectorTag
from yuqing.core.urls import item_id
from yuqing.monitor.publish.evaluate import evaluate_files, evaluate_reviews, write_rows
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace

SCHOOL = SectorTag(name="教育", group="民生服务", phrase="互联网+教育")


@pytest.fixture
def space(tmp_path: Path, root: Path) -> Iterator[Workspace]:
    home = new_home(tmp_path, root)
    opened = Workspace(Settings(data=home / "data", keywords=home / "keywords.yaml", sources=home / "sources.yaml"))
    yield opened
    opened.close()


def put(space: Workspace, name: str, body: str, day: str = "2018-03-09") -> Item:
    """An item of the store, tagged by the rules."""
    article = Article(url=f"http://www.example.gov.cn/{name}.html", title=name, body=body, published_at=day)
    item = Item(
        id=item_id(article.url),
        source_id="nobody",
        source_name="某网",
        tier="commercial",
        fetched_at=f"{day}T08:00:00+08:00",
        window="2018-03",
        content_hash=name,
        article=article,
        tags=classify(article, space.rules),
    )
    space.store.put([item])
    return item


def accept(space: Workspace, item: Item, labels: Labels | None = None) -> None:
    """As the page does it: with the tags that stood in the form."""
    review = Review(
        state="accepted",
        row="一行。",
        sections=item.tags.sections,
        labels=labels or labels_of(item.tags),
        by="王敏",
    )
    space.store.set_review(item.id, review, 0)


@pytest.fixture
def month(space: Workspace) -> dict[str, Item]:
    """A month in which people corrected, confirmed, dropped for two reasons, and left some alone."""
    items = {
        "好": put(space, "好", "3月9日，教育部印发通知，推进“互联网+教育”。"),
        "漏": put(space, "漏", "3月9日，合肥市上线“互联网+旅游”平台，腾讯公司与市政府签署协议。"),
        "误": put(space, "误", "3月9日，财政部与腾讯公司签署协议，推进“互联网+教育”。"),
        "无关": put(space, "无关", "3月9日，教育部召开会议，部署“互联网+教育”工作。"),
        "重复": put(space, "重复", "3月9日，水利部印发通知，推进“互联网+水利”。"),
        "未审": put(space, "未审", "3月9日，交通运输部印发通知，推进“互联网+交通”。"),
    }
    assert all(item.tags.relevant for item in items.values())
    accept(space, items["好"])
    said = labels_of(items["漏"].tags)
    accept(space, items["漏"], replace(said, sectors=(*said.sectors, SCHOOL), ministries=("教育部",)))
    accept(space, items["误"], replace(labels_of(items["误"].tags), ministries=(), enterprises=("腾讯",)))
    space.store.set_review(items["无关"].id, Review(state="dropped", reason="irrelevant", by="王敏"), 0)
    space.store.set_review(items["重复"].id, Review(state="dropped", reason="duplicate", by="王敏"), 0)
    space.store.set_review(items["未审"].id, Review(labels=Labels(), note="改了一半", by="王敏"), 0)
    return items


def counts(scores: Scores, facet: str) -> tuple[int, int, int, int]:
    count = scores.counts[facet]
    return count.texts, count.right, count.wrong, count.missed


def test_only_what_was_decided_is_a_label(space: Workspace, month: dict[str, Item]) -> None:
    found = evaluate_reviews(space, ())
    seen = found.windows["2018-03"]
    assert (seen.relevant, seen.reviewed, seen.accepted) == (6, 5, 3)
    assert seen.dropped == {"irrelevant": 1, "duplicate": 1}
    assert {row["title"] for row in found.rows} == {"好", "漏", "误", "无关"}
    assert counts(found.scores, "relevance") == (4, 3, 1, 0)
    assert counts(found.scores, "sectors") == (3, 3, 0, 1)  # 互联网+教育 was added by hand to one
    assert counts(found.scores, "ministries") == (3, 1, 1, 1)
    assert counts(found.scores, "provinces")[0] == 3  # nobody judged the places of what was dropped
    wrong = {(one.case.article.title, one.facet): (one.wrong, one.missed) for one in found.scores.differences}
    assert wrong["误", "ministries"] == (("财政部",), ())
    assert wrong["漏", "ministries"] == ((), ("教育部",))
    assert wrong["无关", "relevance"] == (("yes",), ())
    assert ("好", "sectors") not in wrong


def test_the_present_rules_are_judged_not_the_tags_of_old_ones(space: Workspace, month: dict[str, Item]) -> None:
    before = evaluate_reviews(space, ()).scores.counts["enterprises"]
    path = space.settings.keywords
    text = path.read_text("utf-8")
    assert "name: 腾讯\n" in text
    path.write_text(text.replace("name: 腾讯\n", "name: 腾讯集团\n", 1), "utf-8")
    after = Workspace(space.settings)
    try:
        count = evaluate_reviews(after, ("2018-03",)).scores.counts["enterprises"]
    finally:
        after.close()
    assert before.wrong == before.missed == 0
    assert count.wrong == count.missed == before.right == 2


def test_a_decision_without_tags_judges_relevance_and_sections_only(space: Workspace) -> None:
    item = put(space, "旧", "3月9日，教育部印发通知，推进“互联网+教育”。")
    space.store.set_review(item.id, Review(state="accepted", row="一行。", sections=("province",), by="王敏"), 0)
    found = evaluate_reviews(space, ())
    assert counts(found.scores, "relevance") == (1, 1, 0, 0)
    assert counts(found.scores, "sections") == (1, 0, 1, 1)
    assert counts(found.scores, "ministries") == (0, 0, 0, 0)


def test_nothing_reviewed_is_said(space: Workspace) -> None:
    put(space, "新", "3月9日，教育部印发通知，推进“互联网+教育”。")
    with pytest.raises(YuqingError, match="还没有可作标注的审核结果"):
        evaluate_reviews(space, ())


def test_the_rows_written_give_the_same_scores(space: Workspace, month: dict[str, Item], tmp_path: Path) -> None:
    found = evaluate_reviews(space, ())
    write_rows(found.rows, tmp_path / "gold" / "gold_2018-03.jsonl")
    again = evaluate_files(space, [tmp_path / "gold" / "gold_2018-03.jsonl"])
    assert again.scores.counts == found.scores.counts
    assert again.texts == 4
    (tmp_path / "bad.jsonl").write_text('{"id": "a"}\n', "utf-8")
    with pytest.raises(YuqingError, match=r"bad\.jsonl:1"):
        evaluate_files(space, [tmp_path / "bad.jsonl"])


def test_the_command_prints_the_table_and_writes_the_rows(
    space: Workspace, month: dict[str, Item], tmp_path: Path
) -> None:
    space.close()
    shown = yuqing(tmp_path, "evaluate", "--window", "2018-03", "--out", "gold.jsonl", "--differences")
    assert "相关条目 6，已审 5：采纳 3，剔除 2（与主题无关 1，重复 1）" in shown
    assert "误标 财政部" in shown
    rows = [json.loads(line) for line in (tmp_path / "gold.jsonl").read_text("utf-8").splitlines()]
    assert {row["title"]: row["labels"] for row in rows}["无关"] == {"relevant": False}
    table = yuqing(tmp_path, "evaluate", "--gold", "gold.jsonl")
    assert [line for line in shown.splitlines() if "│" in line] == [line for line in table.splitlines() if "│" in line]
    yuqing(tmp_path, "evaluate", "--gold", "gold.jsonl", "--window", "2018-03", code=2)
    listed = yuqing(tmp_path, "keywords", "stats")
    assert "未审" in listed
    assert "准确率" in listed


def test_each_rule_is_told_what_people_kept_of_it_worst_first(space: Workspace, month: dict[str, Item]) -> None:
    lines = stats(space.store.scan(), space.rules, date(2018, 3, 15))
    by_name = {(line.kind, line.name): line for line in lines}

    def of(kind: str, name: str) -> tuple[int, ...]:
        line: RuleHits = by_name[kind, name]
        return line.hits, line.reviewed, line.kept, line.removed, line.irrelevant, line.missed

    assert of("部委", "财政部") == (1, 1, 0, 1, 0, 0)
    assert of("部委", "教育部") == (2, 2, 1, 0, 1, 1)
    assert of("领域", "教育") == (3, 3, 2, 0, 1, 1)
    assert of("企业", "腾讯") == (2, 2, 2, 0, 0, 0)
    assert of("部委", "水利部") == (1, 1, 0, 0, 0, 0)  # dropped as a repetition: says nothing of the rule
    assert by_name["部委", "水利部"].precision is None
    assert by_name["部委", "交通运输部"].reviewed == 0
    assert by_name["领域", "教育"].words[0].wrong == 1
    assert (lines[0].kind, lines[0].name, lines[0].precision) == ("部委", "财政部", 0.0)
    judged = [line.precision for line in lines if line.precision is not None]
    assert judged == sorted(judged)
    assert all(line.precision is None for line in lines[len(judged) :])


def test_a_signal_against_relevance_is_right_in_what_people_dropped(space: Workspace) -> None:
    body = "3月9日，教育部印发通知，推进“互联网+教育”。应聘者请投递简历。"
    taken, dropped = put(space, "采纳", body), put(space, "剔除", body)
    accept(space, taken)
    space.store.set_review(dropped.id, Review(state="dropped", reason="irrelevant", by="王敏"), 0)
    lines = {(line.kind, line.name): line for line in stats(space.store.scan(), space.rules, date(2018, 3, 15))}
    against, speaking_for = lines["信号", "招聘启事"], lines["信号", "互联网+短语"]
    assert (against.kept, against.removed, against.irrelevant, against.precision) == (1, 1, 0, 0.5)
    assert (speaking_for.kept, speaking_for.removed, speaking_for.irrelevant) == (1, 0, 1)
