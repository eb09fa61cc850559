"""Draft rows on articles of each kind."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from yuqing.core.records import Evidence, Item
from yuqing.review.draft.consistency import unsupported
from yuqing.review.draft.rows import draft, draft_paragraph


def first(item: Item) -> str:
    return draft(item)[0].text


def test_ministry_document(month: list[Item]) -> None:
    row = draft(month[0])[0]
    assert row.text == "3月9日，教育部印发《关于举办第四届“互联网+”创新大赛的通知》，对大赛作出安排。"
    assert (row.kind, row.date_start, row.actor) == ("event", date(2018, 3, 9), "教育部")
    (quote,) = row.evidence
    assert month[0].article.body[quote.start : quote.end] == quote.text
    assert quote.text.startswith("教育部9日印发")


def test_yesterday_and_the_province_in_front(month: list[Item]) -> None:
    row = draft(month[3])[0]
    assert row.text == "3月12日，山东省青岛市人社局召开通气会，正式推出“互联网+人社”电子社保卡。"
    assert row.actor == "山东省青岛市人社局"


def test_vague_day_becomes_the_report(month: list[Item]) -> None:
    row = draft(month[4])[0]
    assert row.text == "3月5日消息，北京市首个健康通平台在延庆区正式启用，提供“互联网+医疗服务”。"
    assert row.kind == "report"


def test_span(month: list[Item]) -> None:
    row = draft(month[5])[0]
    assert row.text.startswith("3月5日-6日，阿里巴巴钉钉主办的“互联网+警务”创新论坛在杭州举办。")
    assert (row.date_start, row.date_end) == (date(2018, 3, 5), date(2018, 3, 6))


@pytest.mark.parametrize(
    ("body", "day", "region", "expected"),
    [
        (
            "本报讯（记者 赵某 通讯员 钱某）2月24日上午9时，由德州市人才中心主办的“互联网+”招聘会正式启动。",
            "2018-02-25",
            ("山东省", "德州市"),
            "2月24日，由山东省德州市人才中心主办的“互联网+”招聘会正式启动。",
        ),
        (
            "日前，六安市印发《关于贯彻落实〈安徽省政务服务办法〉的意见》，明确“互联网+政务服务”目标。",
            "2018-02-24",
            ("安徽省", "六安市"),
            "2月24日消息，安徽省六安市印发《关于贯彻落实〈安徽省政务服务办法〉的意见》，明确“互联网+政务服务”目标。",
        ),
        (
            "2月24日，省长主持召开会议，审议《2018年“互联网+政务服务”要点》。",
            "2018-02-27",
            ("安徽省",),
            "2月24日，安徽省省长主持召开会议，审议《2018年“互联网+政务服务”要点》。",
        ),
        (
            "3月5日至6日，省农业厅举办“互联网+”办公业务培训。",
            "2018-03-08",
            ("四川省",),
            "3月5日-6日，四川省农业厅举办“互联网+”办公业务培训。",
        ),
        (
            "为推进国土绿化，太原“互联网+全民植树”启动仪式12日在迎泽公园举办。",
            "2018-03-12",
            ("山西省", "太原市"),
            "3月12日，山西省太原“互联网+全民植树”启动仪式在迎泽公园举办。",
        ),
        (
            "记者3月12日从广东省林业厅获悉，广东义务植树已经走进“互联网+”时代。",
            "2018-03-13",
            ("广东省",),
            "3月12日消息，广东义务植树已经走进“互联网+”时代。",
        ),
        (
            "记者3月9日从青屿商业集团股份有限公司获悉，公司与腾讯公司达成战略合作，共建“互联网+零售”平台。",
            "2018-03-09",
            ("山东省",),
            "3月9日消息，青屿商业集团股份有限公司与腾讯公司达成战略合作，共建“互联网+零售”平台。",
        ),
        (
            "记者从武汉市民政局获悉，该局3月9日起在全市推开“互联网+居家养老”。",
            "2018-03-09",
            ("湖北省", "武汉市"),
            "3月9日消息，湖北省武汉市民政局3月9日起在全市推开“互联网+居家养老”。",
        ),
        (
            "福建省公证机构启用网上办证系统，市民足不出户就能申请公证，推进“互联网+公证”。",
            "2018-03-08",
            ("福建省",),
            "3月8日消息，福建省公证机构启用网上办证系统，市民能申请公证，推进“互联网+公证”。",
        ),
        (
            "当地人社部门从3月5日起试行“互联网+资格认证”。",
            "2018-03-09",
            ("安徽省", "阜阳市"),
            "3月9日消息，安徽省当地人社部门从3月5日起试行“互联网+资格认证”。",
        ),
        (
            "四川广播电视台3月6日与腾讯公司签订协议，推进“电视+互联网”融合。",
            "2018-03-07",
            ("四川省",),
            "3月6日，四川广播电视台与腾讯公司签订协议，推进“电视+互联网”融合。",
        ),
        (
            "武汉市政务办将于3月20日上线“互联网+政务”平台。",
            "2018-03-12",
            ("湖北省", "武汉市"),
            "3月12日消息，湖北省武汉市政务办将于3月20日上线“互联网+政务”平台。",
        ),
        (
            "3月9日，历下区产业互联网联盟在山东省济南市成立。",
            "2018-03-12",
            ("山东省", "济南市", "历下区"),
            "3月9日，历下区产业互联网联盟在山东省济南市成立。",
        ),
        (
            "由武汉大学主办的互联网论坛3月8日至15日举办。",
            "2018-03-09",
            ("湖北省", "武汉市"),
            "3月8日-15日，由武汉大学主办的互联网论坛举办。",
        ),
        (
            "3月7日，全区交通管理会议在银川召开，部署今年任务。会议提出，要深化互联网交通管理平台应用。",
            "2018-03-07",
            ("宁夏回族自治区",),
            "3月7日，宁夏回族自治区全区交通管理会议在银川召开，部署今年任务。会议提出，要深化互联网交通管理平台应用。",
        ),
        (
            "2017年12月30日，哈尔滨市启用“互联网+教育”平台。",
            "2018-01-03",
            ("黑龙江省", "哈尔滨市"),
            "2017年12月30日，黑龙江省哈尔滨市启用“互联网+教育”平台。",
        ),
    ],
)
def test_province_rows(make_item, body: str, day: str, region: tuple[str, ...], expected: str) -> None:
    assert first(make_item("无关标题", body, day, region=region)) == expected


def test_title_of_a_document_is_not_touched_by_the_place(make_item) -> None:
    item = make_item(
        "上海改革",
        "2月22日，上海宣布施行《深化本市社会投资审批改革办法》，建立互联网联审平台。",
        "2018-02-23",
        region=("上海市",),
    )
    assert "《深化本市社会投资审批改革办法》" in first(item)


def test_short_title_becomes_the_full_one(make_item) -> None:
    body = (
        "省政府出台《关于促进“互联网+医疗”发展的实施意见》（以下简称《意见》）。\n"
        "3月2日，省卫生计生委召开会议部署落实《意见》，推进“互联网+医疗”平台建设。"
    )
    item = make_item("省卫生计生委部署“互联网+医疗”", body, "2018-03-03", region=("福建省",))
    assert first(item) == (
        "3月2日，福建省卫生计生委召开会议部署落实《关于促进“互联网+医疗”发展的实施意见》，推进“互联网+医疗”平台建设。"
    )


def test_the_sentence_with_the_phrase_joins_the_act(make_item) -> None:
    body = "中国联通近日与教育部续签战略合作协议。双方将继续合作，共同探索互联网＋教育。公司负责人表示满意。"
    item = make_item(
        "联通与教育部续签", body, "2018-02-16", sections=("ministry",), ministries=("教育部",), phrases=("互联网+教育",)
    )
    assert first(item) == ("2月16日消息，中国联通与教育部续签战略合作协议。双方将继续合作，共同探索“互联网+教育”。")


def test_speech_and_background_give_way_to_the_act(make_item) -> None:
    body = (
        "“互联网+政务服务改变了生活。”市民王某说。\n据了解，近年来全市信息化投入不断加大。\n"
        "3月8日，龙岩市公证处启用网上办证系统，推进“互联网+公证”。"
    )
    assert first(make_item("龙岩启用网上办证", body, "2018-03-09", region=("福建省", "龙岩市"))).startswith(
        "3月8日，福建省龙岩市公证处"
    )


def test_several_candidates_without_repeats(month: list[Item]) -> None:
    rows = [row.text for row in draft(month[3])]
    assert 2 <= len(rows) <= 4
    assert len(set(rows)) == len(rows)


def test_every_draft_stands_in_its_article(month: list[Item]) -> None:
    for item in month:
        allowed = [name for region in item.tags.regions for name in (region.province, region.city, region.county)]
        for row in draft(item):
            assert unsupported(row.text, item.article, filter(None, allowed)) == []


def test_undated_article_has_no_draft(make_item) -> None:
    assert draft(make_item("标题", "某市印发通知。", "", region=("福建省",))) == ()


def test_body_without_sentence_falls_back_to_the_title(make_item) -> None:
    item = make_item("福建启动“互联网+税务”试点工作", "图片新闻", "2018-03-02", region=("福建省",))
    assert first(item) == "3月2日消息，福建启动“互联网+税务”试点工作。"


def test_paragraph_of_a_summit(month: list[Item]) -> None:
    made = draft_paragraph(month[5])
    assert made is not None
    assert made.text == (
        "3月5日-6日，阿里巴巴钉钉主办的“互联网+警务”创新论坛在杭州举办。150余名代表参加。与会者分享了心得。"
    )
    assert len(made.evidence) == 3


def test_a_paragraph_is_no_notice_board(make_item) -> None:
    body = "3月9日，“互联网+教育”论坛在贵阳召开。联系人：教育处。与会者讨论了在线课堂。特此通知。"
    item = make_item("“互联网+教育”论坛在贵阳召开", body, "2018-03-09", events=("“互联网+教育”论坛",))
    made = draft_paragraph(item)
    assert made is not None
    assert made.text.endswith("与会者讨论了在线课堂。")
    assert "联系人" not in made.text


def test_a_place_that_acts_goes_before_a_scene(make_item) -> None:
    body = (
        "开学第一天，家长王某用手机看到了孩子学校食堂的切菜间。芜湖市市场监管局在全市214所学校食堂安装摄像头1300个，"
        "洗消画面实时上传，家长扫码即可查看。"
    )
    item = make_item("“互联网+明厨亮灶”进校园", body, "2018-09-02", region=("安徽省", "芜湖市"))
    assert draft(item)[0].text.startswith("9月2日消息，安徽省芜湖市市场监管局在全市214所学校食堂安装摄像头")


def test_the_mark_of_a_digest_is_no_part_of_a_row(make_item) -> None:
    item = make_item("要目", "【北京】北京市民政局推出“互联网+殡葬服务”，价格公开。", "2018-09-02", region=("北京市",))
    assert draft(item)[0].text == "9月2日消息，北京市民政局推出“互联网+殡葬服务”，价格公开。"


def test_a_page_of_short_news_is_drafted_from_the_story_on_the_subject(make_item) -> None:
    body = (
        "工业利润增长\n国家统计局6月27日公布，前五个月工业企业利润同比增长16.5%，增速加快。\n"
        "自助终端进小区\n吴溪市人社局本周在六个小区放置社保自助终端，推行“互联网+社保”。\n"
        "南方多地降雨\n受低空切变影响，未来三天有大到暴雨。"
    )
    item = make_item("要闻速览", body, "2018-06-28", region=("江苏省", "吴溪市"))
    spot = body.index("互联网+")
    seen = Evidence(tag="relevant", rule="relevance:互联网+短语", text="互联网+", start=spot, end=spot + 4, sentence="")
    item = replace(item, tags=replace(item.tags, evidence=(*item.tags.evidence, seen)))
    assert draft(item)[0].text.startswith("6月28日消息，江苏省吴溪市人社局本周在六个小区放置社保自助终端")
