"""Rows in the report's voice, and rows whose sentence alone does not say enough."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from yuqing.core.records import Item, RegionTag
from yuqing.review.draft.rows import draft
from yuqing.review.draft.voice import in_voice, shorten


def first(item: Item) -> str:
    return draft(item)[0].text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("市政务办近日开通“互联网+政务”平台。", "市政务办开通“互联网+政务”平台。"),
        ("为方便群众办事，县医院启用“互联网+医疗”系统。", "县医院启用“互联网+医疗”系统。"),
        ("老街上多了一道风景：“互联网+非遗”展厅揭牌。", "“互联网+非遗”展厅揭牌。"),
        ("市民卡平台正式上线了，市民足不出户就能缴费。", "市民卡平台正式上线。"),
        ("全省推行“互联网+税务”平台，办税再也不用排队，深受好评。", "全省推行“互联网+税务”平台。"),
        ("区长作报告。记者注意到，“互联网+”首次写入报告。", "区长作报告。“互联网+”首次写入报告。"),
        ("5月起，我们安溪县启用“互联网+医疗”平台。", "5月起，安溪县启用“互联网+医疗”平台。"),
        ("省里今年要建一个“互联网+就业”平台。", "省里今年要建“互联网+就业”平台。"),
        # What limits the news, or says what was announced, stays.
        (
            "市里开通“互联网+医保”平台，市民足不出户可备案，但尚未联网结算。",
            "市里开通“互联网+医保”平台，市民可备案，但尚未联网结算。",
        ),
        ("市长宣布：“互联网+政务”平台上线。", None),
        ("为期三天的“互联网+农业”展会开幕。", None),
        ("该县距离最近的“互联网+医院”站点投入使用。", None),
        ("全市推进改革，让市民足不出户享受“互联网+医保”。", None),
    ],
)
def test_in_voice(said: str, told: str | None) -> None:
    assert in_voice(said, report=True) == (told or said)


def test_a_limit_is_not_cut_off() -> None:
    text = "市里启用平台，" + "首批接入医院和药店，" * 14 + "但不支持异地结算。"
    assert shorten(text, 100) == text
    assert shorten(text.replace("但不支持异地结算", "服务时间为全天"), 100).endswith("药店。")


def test_a_day_named_a_sentence_before(make_item) -> None:
    body = "3月6日，老城区一派节日气象。当天，临溪县“互联网+诊疗”专线开通，六家医院接入。"
    item = make_item("临溪县开通专线", body, "2018-03-08", region=("浙江省", "临溪市", "临溪县"))
    made = draft(item)[0]
    assert made.text.startswith("3月6日，浙江省")
    assert "当天" not in made.text
    assert [quote.text[:4] for quote in made.evidence] == ["3月6日", "当天，临"]


def test_no_day_is_taken_from_a_sentence_with_two(make_item) -> None:
    body = "3月5日和3月6日分别下雨、放晴。当天，临溪县“互联网+诊疗”专线开通。"
    assert first(make_item("临溪县开通专线", body, "2018-03-08")).startswith("3月8日消息，")


def test_that_platform_is_named(make_item) -> None:
    body = "开学了，吴溪市“互联网+教研”平台引来许多老师围观。该平台3月6日上线，首批入驻教师214人。"
    made = draft(make_item("教研新事", body, "2018-03-08", region=("浙江省", "吴溪市")))[0]
    assert made.text == "3月6日，浙江省吴溪市“互联网+教研”平台上线，首批入驻教师214人。"
    assert len(made.evidence) == 2


def test_that_platform_of_two_is_not_named(make_item) -> None:
    body = "“互联网+教研”平台和“互联网+阅卷”平台同在一楼。该平台3月6日上线，首批入驻教师214人。"
    assert "互联网+阅卷”平台上线" not in first(make_item("教研新事", body, "2018-03-08"))


def test_a_notice_is_told_by_title_and_signature(make_item) -> None:
    title = "省人民政府办公厅关于印发推进“互联网+水务”工作方案的通知"
    body = (
        "各市、县人民政府：\n《推进“互联网+水务”工作方案》已经同意，现印发给你们，请认真执行。\n"
        "省人民政府办公厅\n2018年2月27日"
    )
    made = draft(make_item(title, body, "2018-03-02", region=("湖北省",)))[0]
    assert made.text == "2月27日，湖北省人民政府办公厅印发《推进“互联网+水务”工作方案》。"
    assert [quote.text[:6] for quote in made.evidence] == ["《推进“互联", "省人民政府办"]


def test_a_document_of_another_month_is_no_news(make_item) -> None:
    title = "关于印发“互联网+水务”工作方案的通知"
    body = "各市、县人民政府：\n现印发给你们，请认真执行。\n湖北省水利厅\n2017年6月27日"
    assert "6月27日" not in first(make_item(title, body, "2018-03-02", region=("湖北省",)))


def test_the_place_is_the_one_the_sentence_names(make_item) -> None:
    item = make_item("两地", "3月6日，邻县的师生远道而来。3月7日，临溪县“互联网+教研”平台上线。", "2018-03-08")
    tags = tuple(
        RegionTag(province=p, city=c, county=k, primary=True)
        for p, c, k in (("浙江省", "东海市", ""), ("江西省", "临江市", "临溪县"))
    )
    item = replace(item, tags=replace(item.tags, regions=tags))
    assert first(item) == "3月7日，江西省临江市临溪县“互联网+教研”平台上线。"


def test_the_first_of_a_district_is_not_made_the_first_of_its_province(make_item) -> None:
    body = "玉岭区政务中心3月6日推出网上办事改革。首批23项审批事项已在“互联网+政务服务”平台上线，群众不用跑腿。"
    item = make_item("网上办事改革", body, "2018-03-08", region=("四川省", "玉岭市", "玉岭区"))
    rows = [made.text for made in draft(item)]
    assert any("首批23项" in row for row in rows)
    assert not [row for row in rows if "四川省首批" in row]


def test_that_prefecture_is_the_one_it_was_heard_in(make_item) -> None:
    body = "记者3月7日从玉岭州教育局获悉，该州“互联网+双语教学”项目已于3月6日启动。"
    item = make_item("双师课堂", body, "2018-03-08", region=("四川省", "成都市"))
    assert first(item) == "3月6日，四川省玉岭州“互联网+双语教学”项目已启动。"


def test_a_list_is_told_by_the_text_that_makes_it_public(make_item) -> None:
    body = "经专家评审，现将“互联网+水务”示范城市名单予以公布，共计21个。\n湖北省水利厅\n2018年2月27日"
    item = make_item("湖北省水利厅公告 2018年第3号", body, "2018-03-02", region=("湖北省",))
    assert first(item) == "2月27日，湖北省水利厅公布“互联网+水务”示范城市名单，共计21个。"


def test_an_enclosed_document_has_its_own_name(make_item) -> None:
    title = "湖北省水利厅关于印发“互联网+水务”收费和建设管理办法的通知"
    body = (
        "宜水、江口等市水利（水务）局：\n我厅制定了《“互联网+水务”管理办法（试行）》，现印发给你们。\n"
        "湖北省水利厅\n2018年2月27日"
    )
    item = make_item(title, body, "2018-03-02", region=("湖北省",))
    assert first(item) == "2月27日，湖北省水利厅印发《“互联网+水务”管理办法（试行）》。"


def test_a_signature_in_chinese_numerals(make_item) -> None:
    title = "湖北省水利厅关于印发“互联网+水务”工作方案的通知"
    body = "各市水利局：\n现将《“互联网+水务”工作方案》印发给你们，望遵照执行。\n湖北省水利厅\n二〇一八年二月二十七日"
    item = make_item(title, body, "2018-03-02", region=("湖北省",))
    assert first(item) == "2月27日，湖北省水利厅印发《“互联网+水务”工作方案》。"


def test_a_notice_says_what_was_decided(make_item) -> None:
    decided = "决定在21个县开展“互联网+水务”试点"
    body = f"宜水、江口市水利局：\n经研究，{decided}，现将有关事项通知如下：\n一、略。\n湖北省水利厅\n2018年2月27日"
    item = make_item("湖北省水利厅关于做好今年试点工作的通知", body, "2018-03-02", region=("湖北省",))
    assert first(item) == (
        "2月27日，湖北省水利厅印发《关于做好今年试点工作的通知》，决定在21个县开展“互联网+水务”试点。"
    )
    item = make_item("试点来了", body, "2018-03-02", region=("湖北省",))
    assert first(item) == "2月27日，湖北省水利厅决定在21个县开展“互联网+水务”试点。"


@pytest.mark.parametrize(
    ("title", "body", "told"),
    [
        (
            "湖北省水利厅关于举办“互联网+水务”培训的通知",
            "宜水、江口、临溪市水利（水务）局：\n定于近期举办培训。\n湖北省水利厅\n2018年2月27日",
            "2月27日，湖北省水利厅印发《关于举办“互联网+水务”培训的通知》。",
        ),
        # Without a signature only the day of publication is known.
        (
            "湖北省水利厅 湖北省财政厅关于推进“互联网+水务”的意见",
            "为推进水务工作，现提出如下意见：一、略。",
            "3月2日消息，湖北省水利厅、湖北省财政厅印发《关于推进“互联网+水务”的意见》。",
        ),
        (
            "湖北省水利厅印发关于推进“互联网+水务”的意见",
            "为推进水务工作，现提出如下意见：一、略。",
            "3月2日消息，湖北省水利厅印发《关于推进“互联网+水务”的意见》。",
        ),
        (
            "湖北省人民政府关于同意在江口市设立“互联网+水务”试点的批复",
            "江口市人民政府：\n你市的请示收悉。现批复如下：一、同意。\n湖北省人民政府\n2018年2月27日",
            "2月27日，湖北省人民政府批复同意在江口市设立“互联网+水务”试点。",
        ),
        (
            "水利部令2018年第6号",
            "《“互联网+水务”管理规定》已经部务会议通过，现予公布，自5月1日起施行。\n部长 某某\n2018年2月27日",
            "2月27日，水利部公布《“互联网+水务”管理规定》。",
        ),
    ],
)
def test_documents_of_other_forms(make_item, title: str, body: str, told: str) -> None:
    region = ("湖北省",) if "湖北" in title else ()
    assert first(make_item(title, body, "2018-03-02", region=region)) == told
