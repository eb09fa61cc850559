"""Words that look like a tag and are none, each in a sentence of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers import classify
from classifiers.rules import Rules, load_rules
from yuqing.core.records import Article, Tags


def tags_of(rules: Rules, text: str, day: str = "2018-03-12", title: str = "") -> Tags:
    return classify(Article(url="", title=title, body=text, published_at=day), rules)


def primary(tags: Tags) -> set[str]:
    return {region.province for region in tags.regions if region.primary}


NO_MINISTRY = [
    "3月9日，省教育部门推进“互联网+教育”，全省中小学接入同一平台。",
    "3月9日，市公安部门上线“互联网+公安”平台，市民可在网上办理户政业务。",
    "3月9日，县民政部门启动“互联网+养老”服务，老人在家就能下单助餐。",
    "3月9日，交通运输部门发布“互联网+交通”出行提示。",
    "3月9日，全市公安部署“互联网+”便民举措，各派出所同步开通自助机。",
    "3月9日，市里根据《国务院关于积极推进“互联网+”行动的指导意见》制定实施方案。",
    "3月9日，落实教育部、财政部有关要求，全县启动“互联网+教育”试点。",
    "3月9日，我校“互联网+教学”项目入选教育部公布的示范名单。",
    "3月9日，教育部直属高校共同举办“互联网+”创业沙龙，学生踊跃报名。",
    "3月9日，该平台由教育部认定的科研团队开发，采用“互联网+课堂”模式。",
    "美国司法部宣布起诉一家科技公司，指控其滥用市场地位。",
    "据教育部印发的通知要求，各校陆续开设“互联网+”课程。",
    "3月9日，国家税务总局厦门市税务局发布“互联网+税务”服务清单。",
    "3月9日，国家能源局华东监管局举办“互联网+”智慧能源座谈。",
    "3月9日，市司法局推出“互联网+调解”平台。司法部有关同志前来调研时给予肯定。",
    "3月9日，某县税务局开通“互联网+税务”窗口。税务总局近年来持续推进便民办税。",
]


@pytest.mark.parametrize("text", NO_MINISTRY)
def test_a_ministry_that_only_is_mentioned_does_not_act(rules: Rules, text: str) -> None:
    assert tags_of(rules, text).ministries == ()


NO_ENTERPRISE = [
    "警方提醒市民谨防电信诈骗，不要轻信陌生来电。",
    "中国电信设备商纷纷布局海外市场，推出新一代基站产品。",
    "这条光缆将两座海岛联通起来，并推出“互联网+海洋牧场”服务。",
    "浙江上线中国移动微法院，当事人用手机就能立案。",
    "移动互联网应用发布数量再创新高，移动支付走进菜市场。",
    "西藏阿里地区启动“互联网+医疗”援助，专家远程会诊。",
    "炉温达到一百度左右时，工人启动冷却系统。",
    "百度百科介绍，该镇始建于明代，现推进“互联网+旅游”。",
    "据腾讯网报道，该市将推出“互联网+交通”系统。",
    "来源：腾讯 3月9日，合肥市启动“互联网+政务服务”改革。",
    "农户种植小米两千亩，通过电商平台推出礼盒装。",
    "北京东城区启动“互联网+养老”服务。",
    "广东京东方项目正式启动，建设新型显示产线。",
    "市民使用支付宝、微信扫码乘车，享受“互联网+交通”便利。",
    "该指数的权重股为阿里巴巴、腾讯、百度、京东，昨日集体下跌。",
    "市民可关注微信公众号办理“互联网+社保”业务。",
    "武汉市与中国电子签署协议，推进互联网+政务服务。",
    "阿里巴巴、腾讯、百度等企业代表参加座谈，市长介绍“互联网+”规划。",
]


@pytest.mark.parametrize("text", NO_ENTERPRISE)
def test_a_word_that_looks_like_a_company_is_none(rules: Rules, text: str) -> None:
    assert tags_of(rules, text).enterprises == ()


ACTORS = [
    ("3月9日，阿里巴巴旗下钉钉推出“互联网+校园”产品。", (), ("阿里巴巴",)),
    ("3月9日，湖南联通携手长沙市教育局建设“互联网+教育”云平台。", (), ("中国联通",)),
    ("3月9日，常州移动发布“互联网+植树”小程序。", (), ("中国移动",)),
    ("3月9日，中国移动通信集团与教育部签署协议，推进“互联网+教育”。", ("教育部",), ("中国移动",)),
    (
        "3月9日，国家发展改革委、工业和信息化部、公安部联合印发“互联网+”工程通知。",
        ("国家发展改革委", "工业和信息化部", "公安部"),
        (),
    ),
    (
        "3月9日，工信部会同人社部、卫计委等部门召开会议，部署“互联网+”工作。",
        ("工业和信息化部", "人力资源社会保障部"),
        (),
    ),
    ("记者从商务部获悉，商务部将开展“互联网+流通”行动计划。", ("商务部",), ()),
    ("3月9日，国家文物局局长表示，将启动“互联网+中华文明”行动。", ("国家文物局",), ()),
    ("3月9日，由浙江省经信委与腾讯公司主办的“互联网+”论坛在杭州召开。", (), ("腾讯",)),
    ("3月9日，最高法发布司法解释，明确互联网法院审理案件的范围。", ("最高人民法院",), ()),
]


@pytest.mark.parametrize(("text", "ministries", "enterprises"), ACTORS)
def test_actors_are_found_by_any_of_their_names(
    rules: Rules, text: str, ministries: tuple[str, ...], enterprises: tuple[str, ...]
) -> None:
    tags = tags_of(rules, text)
    assert (tags.ministries, tags.enterprises) == (ministries, enterprises)


REFORMS = [
    ("2017-06-20", "农业部印发通知，推进“互联网+”现代农业。", "农业部"),
    ("2018-05-20", "农业部印发通知，推进“互联网+”现代农业。", "农业部"),
    ("2019-06-20", "农业部印发通知，推进“互联网+”现代农业。", "农业农村部"),
    ("2019-06-20", "农业农村部印发通知，推进“互联网+”农产品出村。", "农业农村部"),
    ("2017-06-20", "国家卫计委发布“互联网+医疗”服务规范。", "国家卫生计生委"),
    ("2020-06-20", "国家卫生健康委员会发布“互联网+医疗”服务规范。", "国家卫生健康委"),
    ("2020-06-20", "银保监会发布互联网保险业务监管办法。", "中国银保监会"),
    ("2024-06-20", "银保监会发布互联网保险业务监管办法。", "金融监管总局"),
    ("2024-06-20", "国家数据局印发“互联网+”数据要素行动通知。", "国家数据局"),
    ("2017-06-20", "国务院扶贫办启动“互联网+”社会扶贫工作。", "国务院扶贫办"),
    ("2024-06-20", "国家乡村振兴局启动“互联网+”帮扶活动。", "农业农村部"),
]


@pytest.mark.parametrize(("day", "text", "name"), REFORMS)
def test_a_ministry_goes_by_its_name_of_the_day(rules: Rules, day: str, text: str, name: str) -> None:
    assert tags_of(rules, text, day).ministries == (name,)


def test_a_body_named_as_former_does_not_act(rules: Rules) -> None:
    assert tags_of(rules, "原农业部印发的文件已经废止。", "2019-06-20").ministries == ()


def test_what_happened_years_ago_is_background(rules: Rules) -> None:
    text = "2015年7月，国务院印发“互联网+”行动指导意见。如今，合肥市的“互联网+教育”已覆盖全部学校。"
    assert tags_of(rules, text, "2018-03-12").ministries == ()


def test_a_year_does_not_reach_beyond_its_sentence(rules: Rules) -> None:
    text = "2019年，上海等五省市试点“互联网+护理”。江西九江一家医院的护士每周上门两次。"
    assert primary(tags_of(rules, text, "2023-05-12")) == {"江西省"}


IRRELEVANT = [
    "工业互联网+高端装备两大赛道受到机构青睐，多只个股涨停。",
    "移动互联网 + 大数据成为年轻人聊天的热词。",
    "互联网+概念股早盘冲高回落，收盘跌幅超过百分之三。",
    "招聘互联网+产品经理，月薪两万起，五险一金，简历投递至邮箱。",
    "限时优惠，互联网+营销课程扫码领取，咨询热线全天在线。",
    "李某任某公司互联网+事业部总监，日前因病去世。",
    "派出所民警劝阻一起诈骗，老人差点用手机银行向骗子转账。",
]


@pytest.mark.parametrize("text", IRRELEVANT)
def test_texts_that_say_it_and_are_no_news_of_it(rules: Rules, text: str) -> None:
    tags = tags_of(rules, text)
    assert not tags.relevant, tags.reasons
    assert tags.sections == ()
    assert tags.sectors == ()


RELEVANT = [
    "3月9日，杭州互联网法院公开审理首起电商合同案。",
    "3月9日，南宁市一网通办平台上线，企业开办当天办结。",
    "3月9日，青岛市人社局发出首张电子社保卡。",
    "3月9日，郑州地铁启用互联网售票机，乘客扫码取票。",
    "3月9日，浙江省“最多跑一次”改革推出三十条新举措。",
    "3月9日，银川市首家互联网医院正式开通，患者在线复诊。",
    "3月9日，海口市推行不见面审批，企业足不出户办结。",
]


@pytest.mark.parametrize("text", RELEVANT)
def test_news_of_it_that_never_say_it(rules: Rules, text: str) -> None:
    assert "互联网+" not in text
    tags = tags_of(rules, text)
    assert tags.relevant, (tags.score, tags.reasons)
    assert tags.sections == ("province",)


PLACES = [
    ("3月9日，吉林大学举办“互联网+教学”研讨，专家来自各地。", "吉林省", False),
    ("3月9日，吉林市政府推出“互联网+旅游”冰雪季活动。", "吉林省", True),
    ("3月9日，天津市河北区启动“互联网+家政”服务。", "河北省", False),
    ("3月9日，江苏银行推出“互联网+供应链金融”产品。", "江苏省", False),
    ("3月9日，青海省海南州启动“互联网+医疗”项目。", "海南省", False),
    ("北京时间3月9日，火箭发射成功，互联网+航天服务上线。", "北京市", False),
    ("3月9日，上海市南京路步行街启用“互联网+商圈”导览。", "江苏省", False),
    ("3月9日，青海省河南蒙古族自治县开展“互联网+教育”支教。", "河南省", False),
]


@pytest.mark.parametrize(("text", "province", "expected"), PLACES)
def test_places_inside_other_names(rules: Rules, text: str, province: str, expected: bool) -> None:
    assert (province in primary(tags_of(rules, text))) is expected


def test_an_exclusion_holds_for_its_own_tag_only(tmp_path: Path, root: Path) -> None:
    text = (root / "keywords.yaml").read_text(encoding="utf-8")
    path = tmp_path / "keywords.yaml"
    path.write_text(
        text.replace("name: 华为, aliases: [{any: [华为]}]", "name: 华为, aliases: [{any: [华为], not: [中兴通讯]}]"),
        encoding="utf-8",
    )
    sentence = "3月9日，华为、中兴通讯与教育部签署协议，推进“互联网+教育”。"
    tags = tags_of(load_rules(path), sentence)
    assert tags.enterprises == ("中兴通讯",)
    assert tags.ministries == ("教育部",)
    assert [sector.phrase for sector in tags.sectors] == ["互联网+教育"]
    assert tags.relevant


NOT_ON_IT = [
    "3月9日，教育部举办家庭医生主题宣传活动，市教育局组织各校参加。",
    "3月9日，市政府召开座谈会，省医药部门推进短缺药品保供，完善信息化储备。",
    "3月9日，小米新款手机开售，网上预约量超过百万台。",
    "新型轿车3月9日发布，配备车载互联网系统。",
]


@pytest.mark.parametrize("text", NOT_ON_IT)
def test_public_bodies_that_act_are_no_news_of_it_by_themselves(rules: Rules, text: str) -> None:
    assert not tags_of(rules, text).relevant


ON_IT = [
    "3月9日，县公安局推出“互联网+反诈”平台，民警在线劝阻诈骗转账。",
    "3月9日，市总工会发布“互联网+工会”服务包，职工扫码领取体检券。",
    "3月9日，县就业局举办“互联网+招聘”专场，月薪五千元以上岗位过半，求职者在线投递简历。",
    "3月9日，市公交集团推出手机乘车码。",
    "3月9日，市法院开通网上送达、在线缴纳诉讼费功能。",
]


@pytest.mark.parametrize("text", ON_IT)
def test_services_and_job_fairs_are_not_taken_for_ads_or_crime(rules: Rules, text: str) -> None:
    assert tags_of(rules, text).relevant


def test_a_meeting_on_the_eve_of_a_fair_is_not_the_fair(rules: Rules) -> None:
    text = "3月9日，中国数字博览会在南宁开幕前夕，广西大数据发展局推出政务服务APP。"
    assert tags_of(rules, text).sections == ("province",)


def test_a_verb_behind_the_closed_quotation_names_no_sector(rules: Rules) -> None:
    assert tags_of(rules, "3月9日，嘉宾围绕数字经济与“互联网+”展开对话。").sectors == ()
