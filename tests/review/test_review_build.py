"""Sections, order, cross-listing, clusters and people's decisions."""

from __future__ import annotations

from msgspec.structs import replace

from tests.review.conftest import FORM
from yuqing.core.names import Names
from yuqing.core.records import Evidence, Item, ReprintCluster, Review
from yuqing.review.report.build import SourceNote, build_issue, build_report
from yuqing.review.report.form import Form
from yuqing.review.report.leads import leads
from yuqing.review.report.records import Entry, Paragraph, Report
from yuqing.review.report.summary import summaries


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


def test_a_summits_paragraph_stands_in_a_table_as_its_first_sentence(month: list[Item], window) -> None:
    """What is accepted is one text; a table has rows of one or two sentences."""
    first = "3月10日，“互联网+医疗”论坛在贵阳举行，主题是“共享。共治”。"
    for rest, row in (("会上发布报告。", ""), ("会上发布报告。论坛由省卫生计生委主办。", first)):
        text = first + rest
        review = Review(state="accepted", row=text, sections=("province", "summit"))
        report = build_report([replace(month[0], review=review), *month[1:]], window, FORM)
        rows = [entry.text for table in report.sections for label in table.rows for entry in label.entries]
        assert (row or text) in rows
        assert text in [entry.text for entry in report.summits]
        assert (text in rows) is not bool(row)


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


def acting(item: Item, *kinds: tuple[str, str]) -> Item:
    """``item`` with kinds of action, each with the words of its body that tell of it."""
    evidence = []
    for kind, words in kinds:
        start = item.article.body.index(words)
        evidence.append(
            Evidence(tag=kind, rule=f"action:{kind}", text=words, start=start, end=start + len(words), sentence=words)
        )
    tags = replace(item.tags, actions=tuple(kind for kind, _ in kinds), evidence=tuple(evidence))
    return replace(item, tags=tags)


def test_leads_name_who_and_what(month: list[Item], window) -> None:
    items = [
        acting(month[0], ("出台文件", "印发")),
        acting(month[1], ("会议部署", "召开专题会议")),
        acting(month[2], ("签署合作", "签署智慧信访战略合作协议")),
        *month[3:],
    ]
    issue = build_issue(items, window, FORM)
    ministry = plain(issue.report.sections[0].lead)
    assert ministry.startswith("本期，教育部、司法部推出“互联网+”相关举措，涉及")
    assert "教育部印发或出台相关政策文件，司法部召开会议部署相关工作。" in ministry
    assert "浙江签署协议或达成合作" in plain(issue.report.sections[1].lead)
    assert "条" not in plain(issue.report.sections[1].lead)
    figures = issue.parts["lead.province"].variants[-1]
    assert figures.startswith("本期收录地方“互联网+”相关信息3条，涉及3个省（区、市）。其中，签署合作1条（浙江）")
    assert len(issue.parts["summary"].variants) == 2
    for part in ("summary", "lead.ministry", "lead.province"):
        texts = (issue.parts[part].draft, *issue.parts[part].variants)
        assert len(set(texts)) == len(texts)


def test_a_lead_claims_only_what_a_row_tells(make_item, window) -> None:
    body = (
        "3月2日，湖南省纪委召开“互联网+监督”工作推进会，部署平台建设。\n"
        "此前的材料提到，某地的监督平台已经上线。服务单位若干。"
    )
    item = make_item("湖南部署“互联网+监督”", body, "2018-03-03", region=("湖南省",), phrases=("互联网+监督",))
    item = acting(
        item, ("会议部署", "召开“互联网+监督”工作推进会"), ("平台上线", "平台已经上线"), ("成效发布", "服务单位")
    )
    report = build_report([item], window, FORM)
    lead = plain(report.sections[1].lead)
    assert "湖南召开会议部署相关工作" in lead
    assert "平台" not in lead
    assert report.entries()[0].actions == ("会议部署",)


def test_a_kind_that_a_person_added_counts(month: list[Item], window) -> None:
    item = replace(month[3], tags=replace(month[3].tags, actions=("平台上线",)))  # without evidence of the rules
    assert build_report([item], window, FORM).entries()[0].actions == ("平台上线",)


def test_a_story_under_two_labels_counts_once(make_item, window) -> None:
    item = make_item(
        "联通与阿里巴巴合作", "3月1日，中国联通与阿里巴巴签署“互联网+零售”合作协议。", "2018-03-02",
        sections=("enterprise",), enterprises=("中国联通", "阿里巴巴"), phrases=("互联网+零售",),
    )  # fmt: skip
    issue = build_issue([acting(item, ("签署合作", "签署“互联网+零售”合作协议"))], window, FORM)
    assert len(issue.report.sections[2].rows) == 2
    assert "相关信息1条，涉及2家企业" in issue.parts["lead.enterprise"].variants[-1]
    assert "阿里巴巴、中国联通签署协议或达成合作" in plain(issue.report.sections[2].lead)


def test_every_number_of_a_drafted_paragraph_counts_its_entries(month: list[Item], window) -> None:
    report = build_report(month, window, FORM)
    known = {entry.id for entry in report.entries()}
    counted = 0
    ways = [*summaries(window, report.sections, report.summits, report.entries(), 0, report.sectors, ())]
    ways += [lead for section in report.sections for lead in leads(section.rows, section.key)]
    for paragraph in ways:
        for segment in paragraph:
            if segment.refs:
                assert set(segment.refs) <= known
                counted += 1
            assert segment.refs or not segment.text.isdigit()
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


def test_a_summit_s_heading_has_double_quotation_marks(make_item, window) -> None:
    body = "3月6日，“湖畔论坛暨‘互联网+警务’创新会”在杭州举行，各地公安机关150余人到会。"
    item = make_item("创新会举行", body, "2018-03-06", sections=("summit",), events=("湖畔论坛暨‘互联网+警务’创新会",))
    (summit,) = build_report([item], window).summits
    assert summit.heading == "湖畔论坛暨“互联网+警务”创新会"
    assert "“湖畔论坛暨‘互联网+警务’创新会”在杭州举行" in summit.text


def test_an_item_without_a_section_is_not_lost(make_item, window) -> None:
    report = build_report([make_item("甲", "某地启用“互联网+”平台。", "2018-03-02", sections=())], window)
    assert len(report.unplaced) == 1
    assert any("1条相关信息未归入以上章节" in plain(note) for note in report.coverage)


def test_order_of_arrival_does_not_matter(month: list[Item], window) -> None:
    assert build_report(month, window, FORM) == build_report(list(reversed(month)), window, FORM)


def test_sections_are_called_as_keywords_yaml_calls_them(month: list[Item], window) -> None:
    titles = {"ministry": "部委举措", "summit": "峰会与论坛", "special": "专题"}
    report = build_report(month, window, Form(names=Names(sections=titles)))
    assert [section.heading for section in report.sections] == ["一、部委举措", "二、各省", "三、企业"]
    assert report.headings == {"summit": "四、峰会与论坛"}
