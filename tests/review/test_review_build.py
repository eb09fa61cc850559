"""Sections, order, cross-listing, clusters and people's decisions."""

from __future__ import annotations

from msgspec.structs import replace

from tests.review.conftest import FORM
from yuqing.core.names import Names
from yuqing.core.records import Item, ReprintCluster, Review
from yuqing.review.report.build import SourceNote, build_report
from yuqing.review.report.form import Form
from yuqing.review.report.records import Entry, Paragraph, Report


def rows(report: Report, section: int) -> dict[str, list[Entry]]:
    return {row.label: list(row.entries) for row in report.sections[section].rows}


def plain(paragraph: Paragraph) -> str:
    return "".join(segment.text for segment in paragraph)


def test_everything_in_its_section(month: list[Item], window) -> None:
    report = build_report(month, window, FORM)
    assert list(rows(report, 0)) == ["教育部", "司法部"]  # in order of protocol, though 司法部 acted first
    assert list(rows(report, 1)) == ["北京市", "山东省", "浙江省"]
    assert list(rows(report, 2)) == ["阿里巴巴", "中国电信"]
    assert [entry.heading for entry in report.summits] == ["“互联网+警务”创新论坛"]
    assert [(topic.name, len(topic.entries)) for topic in report.topics] == [("两会", 1)]
    assert report.sections[2].columns == ("企业", "相关举措")
    assert all(entry.marker == "➢" for found in rows(report, 2).values() for entry in found)


def test_cross_listed_once_counted_once(month: list[Item], window) -> None:
    report = build_report(month, window, FORM)
    (in_province,) = rows(report, 1)["浙江省"]
    (in_enterprise,) = rows(report, 2)["中国电信"]
    assert (in_province.cross_listed, in_enterprise.cross_listed) == (False, True)
    assert in_province.item_ids == in_enterprise.item_ids
    assert "共监测到“互联网+”相关信息7条" in plain(report.summary)


def test_rows_of_a_label_by_date(make_item, window) -> None:
    items = [
        make_item("甲", "3月9日，福州市启用“互联网+”平台。", "2018-03-10", region=("福建省", "福州市")),
        make_item("乙", "2月28日，厦门市启用“互联网+”平台。", "2018-03-12", region=("福建省", "厦门市")),
    ]
    assert [entry.date for entry in rows(build_report(items, window), 1)["福建省"]] == ["2018-02-28", "2018-03-09"]


def test_orders_are_settings(month: list[Item], window) -> None:
    report = build_report(month, window, Form(names=Names(provinces=("浙江省", "北京市"), ministries={"司法部": ()})))
    assert list(rows(report, 1)) == ["浙江省", "北京市", "山东省"]
    assert list(rows(report, 0)) == ["司法部", "教育部"]


def test_an_item_is_in_the_report_of_its_window_even_if_its_page_moved_its_day(make_item, window) -> None:
    items = [
        make_item("甲", "福州市启用“互联网+”平台。", day, region=("福建省",), url=f"http://a.cn/{day}", window=name)
        for day, name in (
            ("2018-02-13", "2018-02"),
            ("2018-02-14", "2018-03"),
            ("2018-03-16", "2018-03"),  # seen with a day of March first; it stands in that queue, and in no other
            ("2018-03-17", "2018-04"),
        )
    ]
    report = build_report(items, window)
    assert sorted(entry.item_ids[0] for entry in report.entries()) == sorted(item.id for item in items[1:3])


def test_irrelevant_and_dropped_stay_out_accepted_comes_in(make_item, window) -> None:
    def item(number: int, **more: object) -> Item:
        return make_item(
            "甲", "福州市启用平台。", "2018-03-02", region=("福建省",), url=f"http://a.cn/{number}", **more
        )

    items = [
        item(1, relevant=False),
        item(2, review=Review(state="dropped")),
        item(3, relevant=False, review=Review(state="accepted")),
        item(4),
    ]
    ids = [entry.item_ids for entry in build_report(items, window).entries()]
    assert sorted(ids) == sorted([(items[2].id,), (items[3].id,)])
    accepted = build_report(items, window, Form(accepted_only=True))
    assert [entry.item_ids for entry in accepted.entries()] == [(items[2].id,)]


def test_reviewed_text_and_sections_go_before_the_draft(month: list[Item], window) -> None:
    moved = replace(
        month[3],
        review=Review(state="accepted", row="3月11日，山东省青岛市推出电子社保卡。", sections=("ministry", "province")),
    )
    report = build_report([moved], window)
    (entry,) = rows(report, 1)["山东省"]
    assert (entry.text, entry.date, entry.state) == ("3月11日，山东省青岛市推出电子社保卡。", "2018-03-11", "accepted")
    assert list(rows(report, 0)) == ["其他"]  # a person put it there; no ministry is tagged


def test_a_cluster_is_one_entry_with_all_links(make_item, window) -> None:
    lead = make_item("甲", "福州市启用“互联网+”平台。", "2018-03-02", region=("福建省",), url="http://fj.gov.cn/1")
    cluster = ReprintCluster(id=lead.id)
    reprint = make_item(
        "甲（转）", "福州市启用“互联网+”平台。", "2018-03-01", region=("福建省",), url="http://sina.cn/1",
        tier="commercial", site="新浪", cluster=ReprintCluster(id=lead.id, lead=False),
    )  # fmt: skip
    (entry,) = build_report([reprint, replace(lead, cluster=cluster)], window).entries()
    assert [link.url for link in entry.links] == ["http://fj.gov.cn/1", "http://sina.cn/1"]
    assert "（另有转载1条，已合并）" in plain(build_report([reprint, replace(lead, cluster=cluster)], window).summary)

    dropped_lead = replace(lead, cluster=cluster, review=Review(state="dropped"))
    assert build_report([reprint, dropped_lead], window).entries() == ()
    chosen = replace(reprint, review=Review(state="accepted"))
    (entry,) = build_report([chosen, dropped_lead], window).entries()
    assert entry.item_ids == (reprint.id,)


def test_leads_name_who_and_what(month: list[Item], window) -> None:
    report = build_report(month, window, FORM)
    ministry = plain(report.sections[0].lead)
    assert "相关举措2条，涉及教育部、司法部等2个部委" in ministry
    assert "出台文件方面，教育部1个部委有相关举措1条" in ministry
    assert "会议部署方面，司法部1个部委有相关举措1条" in ministry
    assert "签署合作方面，浙江1个省（区、市）有相关举措1条" in plain(report.sections[1].lead)


def test_every_number_of_a_drafted_paragraph_counts_its_entries(month: list[Item], window) -> None:
    report = build_report(month, window, FORM)
    known = {entry.id for entry in report.entries()}
    counted = 0
    for paragraph in (report.summary, *(section.lead for section in report.sections)):
        for segment in paragraph:
            if segment.text.isdigit():
                assert segment.refs
                assert set(segment.refs) <= known
                counted += 1
    assert counted > 12
    days = sum(count.count for count in report.days)
    assert days == len([entry for entry in report.entries() if not entry.cross_listed])


def test_an_empty_window_says_so_and_nothing_more(window) -> None:
    report = build_report([], window, FORM)
    assert plain(report.summary) == "2018年2月14日至3月15日，未监测到“互联网+”相关信息。"
    assert plain(report.sections[1].lead) == "本期未监测到地方“互联网+”相关举措。"
    assert "共31个" in plain(report.coverage[0])


def test_coverage_names_silent_and_refused_sources(month: list[Item], window) -> None:
    notes = [SourceNote(name="甲网", state="refused", detail="412"), SourceNote(name="乙网", state="silent")]
    told = [plain(note) for note in build_report(month, window, FORM, sources=notes).coverage]
    assert any("拒绝访问的监测来源共1个：甲网（412）" in note for note in told)
    assert any("无新稿件的监测来源共1个：乙网" in note for note in told)
    assert any("未监测到条目的省（区、市）共28个" in note and "北京" not in note for note in told)


def test_comparison_collapses_reprints(make_item, window) -> None:
    def item(day: str, number: int, phrase: str) -> Item:
        return make_item(
            "甲", f"福州市启用“{phrase}”平台。", day, region=("福建省",), phrases=(phrase,), url=f"http://a.cn/{number}"
        )

    before = [item("2018-02-01", 1, "互联网+教育"), item("2018-02-02", 2, "互联网+税务")]
    before.append(replace(item("2018-02-03", 3, "互联网+教育"), cluster=ReprintCluster(id=before[0].id, lead=False)))
    now = [item("2018-03-01", number, "互联网+教育") for number in (4, 5)] + [item("2018-03-01", 6, "互联网+植树")]
    report = build_report(now, window, before=before)
    assert {(change.name, change.kind, change.before, change.now) for change in report.changes} == {
        ("互联网+教育", "up", 1, 2),
        ("互联网+税务", "gone", 1, 0),
        ("互联网+植树", "new", 0, 1),
    }
    assert "新出现“互联网+植树”（上期0条，本期1条）" in plain(report.summary)
    assert build_report(now, window).changes == ()


def test_stories_of_one_summit_make_one_entry(month: list[Item], make_item, window) -> None:
    second = make_item(
        "又一篇", "3月6日，“互联网+警务”创新论坛在杭州闭幕。", "2018-03-08",
        sections=("summit",), events=("“互联网+警务”创新论坛",), url="http://b.cn/1",
    )  # fmt: skip
    report = build_report([*month, second], window)
    (summit,) = report.summits
    assert summit.item_ids == (month[5].id, second.id)


def test_an_item_without_a_section_is_not_lost(make_item, window) -> None:
    report = build_report([make_item("甲", "某地启用“互联网+”平台。", "2018-03-02", sections=())], window)
    assert len(report.unplaced) == 1
    assert any("1条相关信息未归入以上章节" in plain(note) for note in report.coverage)


def test_order_of_arrival_does_not_matter(month: list[Item], window) -> None:
    assert build_report(month, window, FORM) == build_report(list(reversed(month)), window, FORM)
