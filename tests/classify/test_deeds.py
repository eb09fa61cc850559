"""What counts as an act: who does something now, and what is only said, planned, past or somebody else's."""

from __future__ import annotations

import pytest

from classifiers.rules import Rules
from tests.classify.conftest import tags_of


@pytest.mark.parametrize("opens", ["开市", "开张", "落成"])
def test_a_place_that_opens_is_an_act(opens: str, rules: Rules) -> None:
    assert tags_of(rules, f"江西省崇义县的橘子坐上了冷链车。县里的“互联网+刺葡萄”交易中心{opens}。").sections == (
        "province",
    )


@pytest.mark.parametrize(
    "body",
    [
        "某市民政局局长在接受采访时表示，“互联网+养老”前景广阔，但人才短缺。",
        "工业和信息化部赛迪研究院一位专家认为，“互联网+制造”仍处于起步期。",
        "小说《云上稻田》9日在南昌首发，写的是“互联网+扶贫”的故事。",
        "网传南昌将取消“互联网+医疗”报销，南昌市医保局9日辟谣：不实。",
    ],
)
def test_what_is_said_written_or_denied_is_no_news(body: str, rules: Rules) -> None:
    assert not tags_of(rules, body).relevant


@pytest.mark.parametrize(
    "body",
    [
        "“互联网+菜篮子”9日落地江西南昌，三百个社区可下单。",
        "“互联网+托育”昨天走进江西南昌一百个社区。",
        "合作社做的“互联网+蜜橘”小程序9日被江西省南丰县农业农村局收编，三百家合作社进驻。",
    ],
)
def test_what_comes_to_a_place_or_is_done_by_its_body_is_news(body: str, rules: Rules) -> None:
    assert tags_of(rules, body).sections == ("province",)


@pytest.mark.parametrize(
    "body",
    [
        "一片果园里装着六百个探头。这是江西省南丰县农业农村局“互联网+蜜橘”示范园，果农在手机上给树浇水。",
        "江西省南丰县把村医的听诊器接上了网，“互联网+听诊”设备9日调试完毕。",
        "江西南丰县的“互联网+蜜橘”9日拿到首笔海外订单。",
        "南丰的橘子一天之间进了三百个群。江西省南丰县供销社的“互联网+蜜橘”直采9日开团。",
    ],
)
def test_what_a_body_has_is_its_act(body: str, rules: Rules) -> None:
    assert tags_of(rules, body).sections == ("province",)


@pytest.mark.parametrize(
    "body",
    [
        "贵州一位网店店主9日收到儿子的录取通知书，他说，没有“互联网+”就没有今天。",
        "海南一名干部因违规插手“互联网+监管”项目招标，9日被开除党籍。",
    ],
)
def test_what_happens_to_a_person_is_no_act_of_the_place(body: str, rules: Rules) -> None:
    assert not tags_of(rules, body).relevant


def test_an_office_that_leads_is_an_act_of_its_place(rules: Rules) -> None:
    lead = "六辆直播车9日开进江西南丰的橘园。县电商办牵头的“互联网+蜜橘”行动将持续到腊月。主播换了三拨。果农递上茶水。"
    assert tags_of(rules, lead + "一位果农说，橘子不甜也白搭。").sections == ("province",)


def test_several_departments_act_without_their_names(rules: Rules) -> None:
    assert tags_of(rules, "五部门9日联合印发方案，推进“互联网+助残”。").relevant


def test_what_a_delegate_proposes_is_no_act_of_his_place(rules: Rules) -> None:
    body = "全国人大代表、贵州湄潭一位村支书9日建议，推广“互联网+茶园”。"
    assert not tags_of(rules, body).relevant
    assert tags_of(rules, "贵州湄潭县9日宣布，推广“互联网+茶园”。").relevant


@pytest.mark.parametrize(
    "body",
    [
        "甘肃、青海的患者如今在贵州遵义也能网上取号，遵义市9日开通“互联网+取号”。",
        "北京专家9日走进贵州正安，为当地开通“互联网+取号”。",
        "作为国家卫生健康委确定的试点，贵州遵义市9日开通“互联网+取号”。",
        "教育部、财政部去年联合印发方案。贵州遵义市9日宣布，两百所学校接入“互联网+食堂”。",
    ],
)
def test_it_happens_where_the_others_come_to(body: str, rules: Rules) -> None:
    tags = tags_of(rules, body)
    assert [region.province for region in tags.regions if region.primary] == ["贵州省"]
    assert tags.sections == ("province",)


def test_what_began_last_year_and_goes_on_is_news(rules: Rules) -> None:
    tags = tags_of(rules, "画面那头，南昌的老师挥了挥手。贵州省赫章县教育局从去年起开设“互联网+书法”课，本周又添两校。")
    assert tags.sections == ("province",)
    assert [region.province for region in tags.regions if region.primary] == ["贵州省"]


def test_a_bureau_is_no_clause_about_the_province(rules: Rules) -> None:
    body = "国家医保局9日在安徽芜湖召开现场会，推广“互联网+医保”。来自十个省的代表看了结算中心。"
    assert tags_of(rules, body).sections == ("ministry",)


def test_what_somebody_brings_up_is_no_subject(rules: Rules) -> None:
    body = "副市长9日参加清扫街道，歇脚时，有人聊起“互联网+环卫”，大家笑了。"
    assert not tags_of(rules, body).relevant
    assert tags_of(rules, body.replace("有人聊起", "市城管局开通了")).relevant


def test_what_somebody_is_reported_to_say_is_no_first_person(rules: Rules) -> None:
    body = "9日，苏州市总工会开通“互联网+普惠”服务。工会主席说，我们想让送餐员歇歇脚。"
    assert not any("第一人称" in reason for reason in tags_of(rules, body).reasons)
    said = tags_of(rules, body, title="我们想让送餐员歇歇脚")
    assert not any("第一人称" in reason for reason in said.reasons)
    assert not tags_of(rules, "公司年会上，老板说，我们明年要举办“互联网+团建”大会。").relevant


EARLIER = [
    "此前，教育部、工业和信息化部曾就相关工作下发通知。",
    "早在2015年，国务院就印发了指导意见。",
    "近年来，国务院、教育部多次发文，鼓励各地探索。",
    "去年，教育部、财政部联合部署校园安全行动。",
    "教育部、财政部前年联合印发过校园安全方案。",
    "教育部2018年部署过校园安全行动。",
]


@pytest.mark.parametrize("sentence", EARLIER)
@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
def test_what_a_central_body_did_earlier_is_background(sentence: str, first: bool, rules: Rules) -> None:
    news = "6月8日，南昌市红谷滩区市场监管局上线“互联网+食安”平台，三百家后厨可在手机上看。"
    tags = tags_of(rules, sentence + news if first else news + sentence)
    assert tags.ministries == ()
    assert tags.actions == ("平台上线",)
    assert [region.province for region in tags.regions if region.primary] == ["江西省"]


@pytest.mark.parametrize(
    "text",
    [
        "6月8日，一家公司完成融资，“互联网+家装”受到关注。此前，工业和信息化部曾就相关工作下发通知。",
        "教授认为，“互联网+监管”要靠真数据。下一步，有关部门还将赴上海、江苏学习经验。",
    ],
)
def test_background_and_trips_are_no_deeds(text: str, rules: Rules) -> None:
    assert not tags_of(rules, text).relevant


def test_what_something_has_followed_since_is_background(rules: Rules) -> None:
    text = "自国务院印发“互联网+”指导意见以来，药店触网加快。6月8日，泰州市市场监管局上线“互联网+药店”平台。"
    assert tags_of(rules, text).ministries == ()
