"""What people write into the issue: rows, order, texts; what happens to it when the drafts change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from indexer.embedded import EmbeddedStore
from indexer.store import EditConflictError
from yuqing.core.errors import YuqingError
from yuqing.core.records import Edit, Item, ReprintCluster, Review
from yuqing.core.times import Window
from yuqing.review.issue.finish import Issue, plain
from yuqing.review.issue.parts import IssueEdits, in_order
from yuqing.review.issue.signoff import correct, report_hash, sign, sign_off, take_back
from yuqing.review.report.build import build_issue
from yuqing.review.report.records import Entry, Report
from yuqing.review.report.render_json import render_json
from yuqing.review.report.write import render

MakeIssue = Callable[..., Issue]


@pytest.fixture
def issue(month: list[Item], window: Window) -> MakeIssue:
    """The month's issue with edits: part → value, or part → (value, basis)."""

    def make(edits: dict[str, str | tuple[str, str]] | None = None, items: list[Item] | None = None) -> Issue:
        given = {part: value if isinstance(value, tuple) else (value, "") for part, value in (edits or {}).items()}
        by_part = {
            part: Edit(scope="issue:2018-03", part=part, value=value, basis=basis, by="王敏", version=1)
            for part, (value, basis) in given.items()
        }
        return build_issue(items or month, window, edits=IssueEdits(by_part))

    return make


def rows(report: Report, section: int = 1) -> dict[str, list[Entry]]:
    return {row.label: list(row.entries) for row in report.sections[section].rows}


def key_of(issue: Issue, words: str, section: str = "") -> str:
    """The id of the entry that says ``words``."""
    found = [e.id for e in issue.report.entries() if words in e.text + e.heading and e.id.startswith(section)]
    assert found, words
    return found[0]


def test_texts_replace_drafts_and_the_drafts_stay_at_hand(issue: MakeIssue) -> None:
    row = key_of(issue(), "青岛市")
    edits = {
        "summary": "总结。", "preface": "前言。", "lead.province": "地方导语。",
        f"text.{row}": "3月13日，青岛市启用社保卡。",
        "cover.issue": "2018年第3期（总第9期）", "contacts": "联系人：李\n电话：1\n", "chapter.summit": "四、峰会",
        "chapter.province": "二、各省", "show.charts": "no", "topic.两会": "全国两会",
    }  # fmt: skip
    made = issue(edits)
    report = made.report
    assert (plain(report.summary), report.preface, plain(report.sections[1].lead)) == ("总结。", "前言。", "地方导语。")
    assert rows(report)["山东省"][0].text == "3月13日，青岛市启用社保卡。"
    assert (report.cover.issue, report.contacts) == ("2018年第3期（总第9期）", ("联系人：李", "电话：1"))
    assert (report.sections[1].heading, report.headings["summit"]) == ("二、各省", "四、峰会")
    assert (report.shown.charts, report.topics[0].name) == (False, "全国两会")
    assert made.parts["summary"].draft.startswith("2018年2月14日至3月15日")
    assert made.parts[f"text.{row}"].edited
    for name, text in render(report, ["html", "md"]).items():
        for edited in ("总结。", "地方导语。", "青岛市启用社保卡", "四、峰会", "“全国两会”专题"):
            assert edited in text.decode(), (name, edited)


def test_an_edit_is_outdated_when_the_facts_under_it_change(
    issue: MakeIssue, month: list[Item], make_item: Callable[..., Item]
) -> None:
    before = issue()
    lead, row = before.parts["lead.province"], before.parts[f"text.{key_of(before, '青岛市')}"]
    edits = {p.key: ("我写的。", p.basis) for p in (lead, row, before.parts["lead.ministry"], before.parts["preface"])}
    assert issue(edits).stale == []
    more = make_item("长沙", "3月2日，长沙市启用“互联网+停车”平台。", "2018-03-02", region=("湖南省", "长沙市"))
    after = issue(edits, [*month, more])
    assert [part.key for part in after.stale] == ["lead.province"]
    assert after.parts["lead.province"].text == "我写的。"  # what was written stays, with the new draft beside it
    assert "湖南" in after.parts["lead.province"].draft
    changed = [
        replace(one, article=replace(one.article, body=one.article.body.replace("青岛市", "烟台市")), content_hash="x")
        if "青岛市" in one.article.body
        else one
        for one in month
    ]
    after = issue(edits, changed)
    assert {part.key for part in after.stale} == {"lead.province", row.key}
    assert "烟台市" in after.parts[row.key].draft


def test_a_reworded_row_asks_for_no_new_lead(issue: MakeIssue) -> None:
    before = issue()
    lead = before.parts["lead.province"]
    row = key_of(before, "青岛市")
    assert issue({lead.key: ("导语。", lead.basis), f"text.{row}": "改过的一行。"}).stale == []


def test_order_of_labels_and_rows(issue: MakeIssue, month: list[Item], make_item: Callable[..., Item]) -> None:
    more = make_item("济南", "3月1日，济南市启用“互联网+停车”平台。", "2018-03-01", region=("山东省", "济南市"))
    items = [*month, more]
    first, second = (entry.id for entry in rows(issue(items=items).report)["山东省"])
    edits = {"order.province": json.dumps(["浙江省", "山东省"]), "order.province/山东省": json.dumps([second, first])}
    report = issue(edits, items).report
    assert list(rows(report)) == ["北京市", "浙江省", "山东省"]  # a label that the order does not name keeps its place
    assert [entry.id for entry in rows(report)["山东省"]] == [second, first]


@pytest.mark.parametrize(
    ("names", "wanted", "ordered"),
    [
        ("abc", "", "abc"),
        ("abc", "cba", "cba"),
        ("abcd", "ca", "cdab"),  # b and d follow the ones before them
        ("ab", "xb", "ab"),
        ("abc", "bb", "abc"),
    ],
)
def test_in_order(names: str, wanted: str, ordered: str) -> None:
    assert "".join(in_order(names, wanted)) == ordered


def test_a_new_label_moves_a_row_and_the_lead_follows(issue: MakeIssue) -> None:
    row = key_of(issue(), "青岛市")
    made = issue({f"label.{row}": "浙江省"})
    assert [len(found) for found in rows(made.report).values()] == [1, 2]
    assert "山东" not in plain(made.report.sections[1].lead)
    assert [count.name for count in made.report.provinces] == ["北京市", "浙江省"]


def test_two_rows_become_one_with_both_links_and_come_apart_again(issue: MakeIssue) -> None:
    drafted = issue().report
    target, other = rows(drafted)["山东省"][0], rows(drafted)["北京市"][0]
    made = issue({f"merge.{other.id}": target.id, f"text.{target.id}": "山东、北京推出平台。"})
    (merged,) = rows(made.report)["山东省"]
    assert merged.links == (*target.links, *other.links)
    assert merged.item_ids == (*target.item_ids, *other.item_ids)
    assert "北京市" not in rows(made.report)
    assert [one.entry.id for one in made.arranged.merged[target.id]] == [other.id]
    assert rows(issue({f"merge.{other.id}": ""}).report) == rows(drafted)


def test_rows_that_point_at_each_other_or_at_none_stand_for_themselves(issue: MakeIssue) -> None:
    drafted = issue().report
    a, b = rows(drafted)["山东省"][0].id, rows(drafted)["北京市"][0].id
    assert rows(issue({f"merge.{a}": b, f"merge.{b}": a}).report) == rows(drafted)
    assert rows(issue({f"merge.{a}": "province-000000000000"}).report) == rows(drafted)


def test_a_row_split_in_two(issue: MakeIssue) -> None:
    row = key_of(issue(), "青岛市")
    made = issue({f"text.{row}": "前一句。", f"split.{row}": "后一句。", f"text.{row}~2": "后一句改。"})
    assert [(entry.id, entry.text) for entry in rows(made.report)["山东省"]] == [
        (row, "前一句。"),
        (f"{row}~2", "后一句改。"),
    ]


def test_listed_in_a_further_section_and_left_out_of_one(issue: MakeIssue) -> None:
    row = key_of(issue(), "青岛市")
    made = issue({f"also.{row}": "enterprise"})
    key = f"enterprise-{row.partition('-')[2]}"
    (added,) = [entry for found in rows(made.report, 2).values() for entry in found if entry.id == key]
    assert (added.cross_listed, added.marker) == (True, "➢")
    assert len([entry for entry in made.report.entries() if not entry.cross_listed]) == 7  # counted once
    hidden = issue({f"also.{row}": "enterprise", f"hide.{row}": "yes"})
    assert "山东省" not in rows(hidden.report)
    (moved,) = [entry for entry in hidden.report.entries() if entry.id == key]
    assert not moved.cross_listed  # it counts where it stands now
    assert [one.entry.id for one in hidden.arranged.left_out] == [row]


def test_what_is_in_no_section_can_be_listed(issue: MakeIssue, month: list[Item], make_item: Callable) -> None:
    more = make_item("无栏", "3月2日，长沙市启用“互联网+停车”平台。", "2018-03-02", sections=(), region=("湖南省",))
    (alone,) = issue(items=[*month, more]).report.unplaced
    made = issue({f"also.{alone.id}": "province"}, [*month, more])
    assert made.report.unplaced == ()
    assert [entry.text for entry in rows(made.report)["湖南省"]] == [alone.text]


def test_edits_follow_a_row_to_its_new_section_and_to_the_reprint_that_speaks_for_it(
    issue: MakeIssue, month: list[Item]
) -> None:
    row = key_of(issue(), "青岛市")
    edits = {f"text.{row}": "我的话。", f"merge.{row}": key_of(issue(), "延庆")}
    item = next(one for one in month if "青岛市" in one.article.body)
    retagged = replace(item, tags=replace(item.tags, sections=("enterprise",), enterprises=("腾讯",)))
    made = issue({f"text.{row}": "我的话。"}, [retagged if one is item else one for one in month])
    assert [entry.text for entry in rows(made.report, 2)["腾讯"]] == ["我的话。"]
    reprint = replace(
        item,
        id="f" * 32,
        article=replace(item.article, url="http://www.example.cn/reprint.html"),
        cluster=ReprintCluster(id=item.id, lead=False),
        review=Review(state="accepted"),
    )
    lead = replace(item, cluster=ReprintCluster(id=item.id, lead=True))
    made = issue(edits, [*(lead if one is item else one for one in month), reprint])
    (target,) = rows(made.report)["北京市"]
    assert len(target.links) == 3
    assert made.arranged.lost == ()


def test_edits_of_a_row_that_is_gone_are_told_and_come_back_with_it(issue: MakeIssue, month: list[Item]) -> None:
    row = key_of(issue(), "青岛市")
    rest = [one for one in month if "青岛市" not in one.article.body]
    made = issue({f"text.{row}": "我的话。"}, rest)
    assert [(edit.part, edit.value) for edit in made.arranged.lost] == [(f"text.{row}", "我的话。")]
    assert rows(issue({f"text.{row}": "我的话。"}).report)["山东省"][0].text == "我的话。"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    with closing(EmbeddedStore(tmp_path / "store.sqlite")) as opened:
        yield opened


def test_a_signed_issue_is_frozen_with_its_hash(issue: MakeIssue, store: EmbeddedStore) -> None:
    report = issue({"preface": "前言。"}).report
    signed = sign(store, report, "主编")
    assert (signed.report, signed.sha256, signed.edit.by) == (report, report_hash(report), "主编")
    correct(store, signed, "第2页“12家”应为“11家”。", "王敏")
    again = sign_off(store, "2018-03")
    assert again is not None
    assert again.printed.corrections == ("第2页“12家”应为“11家”。",)
    assert (again.sha256, report_hash(again.printed)) == (signed.sha256, signed.sha256)
    assert "更正" in render(again.printed, ["md"])["md"].decode()
    assert render_json(again.report) == render_json(report)
    take_back(store, again, "主编")
    assert sign_off(store, "2018-03") is None
    with pytest.raises(EditConflictError):
        take_back(store, again, "别人")
    assert sign(store, issue({"preface": "改后的前言。"}).report, "主编").corrections == ()


def test_a_signed_issue_that_was_tampered_with_is_not_printed(issue: MakeIssue, store: EmbeddedStore) -> None:
    sign(store, issue().report, "主编")
    (data,) = store._db.execute("SELECT data FROM edits").fetchone()
    store._db.execute("UPDATE edits SET data = ?", (data.replace("青岛市".encode(), "烟台市".encode()),))
    with pytest.raises(YuqingError, match="校验值不符"):
        sign_off(store, "2018-03")
