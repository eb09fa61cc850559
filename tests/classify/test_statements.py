"""Who acts, what is news, and where one story ends: the kinds of statements, each by an example of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers import classify
from classifiers.explain import explain
from classifiers.rules import Rules, load_rules
from classifiers.stories import stories
from classifiers.verdicts import ROWS, Reason
from yuqing.core.records import Article, Tags


@pytest.fixture(scope="module")
def rules(root: Path) -> Rules:
    return load_rules(root / "keywords.yaml")


def tags_of(rules: Rules, body: str, title: str = "", day: str = "2020-06-09") -> Tags:
    return classify(Article(url="", title=title, body=body, published_at=day), rules)


MENTIONS = {
    Reason.SOURCE: "来源：教育部",
    Reason.PART_OF_WORD: "当地的教育部门推进“互联网+教育”。",
    Reason.FOREIGN: "印度教育部发布在线教育计划。",
    Reason.FORMER: "原农业部印发的方案到期。",
    Reason.PERSON: "腾讯前副总裁创办“互联网+母婴”公司。",
    Reason.BACKGROUND: "该院多年来与工信部保持良好合作。",
    Reason.RUMOUR: "网传中心由华为承建的说法并不属实。",
    Reason.ATTRIBUTE: "教育部公布的“互联网+教育”名单引人关注。",
    Reason.GUIDES: "大会由商务部指导，一家基金会主办。",
    Reason.INVESTOR: "平台宣布完成融资，老股东腾讯跟投。",
    Reason.ATTENDS: "教育部有关负责人出席开班仪式。",
    Reason.MARKET: "腾讯发布财报，净利润增长。",
    Reason.IN_TITLE: "会议学习了《教育部关于推进在线教育的意见》。",
    Reason.CITED: "根据教育部要求，学校开展在线教学。",
    Reason.OLD: "2016年6月，教育部印发了方案。",
    Reason.SPOKEN_OF: "这是教育部相关文件的精神。",
    Reason.LOCAL_OFFICE: "国家税务总局深圳市税务局推出网上办税。",
    Reason.OBJECT: "代表团走访腾讯，座谈“互联网+”。",
    Reason.PRODUCT: "市民微信支付缴费更快。",
    Reason.COMMON: "浙江省一家药企积极拥抱这股浪潮，昨天推出线上问诊服务。",
    Reason.LATER: "南昌市7日启用电梯扫码平台，"
    + "维保记录、年检日期和责任单位都可以在手机上查到，被困时也能一键求助。" * 6
    + "质检总局正在制定标准。",
    Reason.NO_VERB: "教育部大楼前站满了人。",
}


@pytest.mark.parametrize("reason", MENTIONS, ids=lambda reason: reason.name)
def test_a_mention_is_told_with_its_reason(reason: Reason, rules: Rules) -> None:
    shown = explain(MENTIONS[reason], rules, date="2020-06-09")
    assert not shown.tags.ministries
    assert not shown.tags.enterprises
    assert any(lost.reason.startswith(reason.value) for lost in shown.lost), [lost.reason for lost in shown.lost]


def test_every_row_has_an_example() -> None:
    assert {row.reason for row in ROWS} <= MENTIONS.keys()


@pytest.mark.parametrize(
    ("text", "ministries", "enterprises"),
    [
        ("国务院总理5月8日主持召开国务院常务会议，确定发展“互联网+养老”的措施。", ["国务院"], []),
        ("农业农村部9日在南昌，召开“互联网+”农产品出村进城现场会。", ["农业农村部"], []),
        ("教育部、工信部、财政部联合印发通知，推进“互联网+教育”。", ["教育部", "工业和信息化部", "财政部"], []),
        ("长沙一家医院、某科技公司、中国移动湖南公司9日在长沙连线，举行互联网医院签约仪式。", [], ["中国移动"]),
        ("浪潮集团9日与济南市签约，共建工业互联网平台。", [], ["浪潮"]),
        ("记者9日从国家医保局获悉，“互联网+医保”平台已经接入各省。", ["国家医保局"], []),
        ("记者9日从国家医保局获悉，江西上线“互联网+医保”平台。", [], []),
        ("江西省政府9日出台措施，推进“互联网+物流”。一个月前，国务院印发了有关意见。", [], []),
        ("县畜牧局9日开通“互联网+兽医”服务，并协调中国移动赣州分公司低价提供手机。", [], []),
        ("9日南昌举办“互联网+监管”论坛，教育部有关负责人以及江苏、上海两地代表发言。", [], []),
        ("安徽移动去年进村，装了大屏，还与县教育局一道开通“互联网+课后”服务。", [], ["中国移动"]),
        ("中国移动安徽公司，在大别山区，爬坡过坎，一个月里，建成“互联网+茶山”监测网。", [], ["中国移动"]),
        ("据水利部消息，“互联网+灌溉”9日在全国推开。", ["水利部"], []),
        ("据水利部印发的通知，某县9日启动“互联网+灌溉”。", [], []),
        ("南昌市9日上线“互联网+护老”平台，信息与民政部系统联通。", [], []),
        ("由京东、腾讯等投资的一家公司9日在南昌上线“互联网+护老”平台。", [], []),
        ("前腾讯高管创办的公司9日在南昌上线“互联网+护老”平台。", [], []),
        ("南昌市9日引入美团、京东等平台，办起“互联网+菜场”。", [], []),
        ("商务部9日约谈美团、京东，要求“互联网+菜场”明码标价。", ["商务部"], []),
        ("菜鸟9日启用“互联网+县域物流”共配中心。", [], ["阿里巴巴"]),
        ("一群菜鸟9日在南昌听“互联网+驾考”公开课，课由市交通局开办。", [], []),
        ("安徽移动9日，在大别山区，同步开通“互联网+茶园”服务。", [], ["中国移动"]),
        ("国务院副总理出席开幕式，听取“互联网+政务服务”汇报。", [], []),
    ],
)
def test_who_acts_across_commas(text: str, ministries: list[str], enterprises: list[str], rules: Rules) -> None:
    tags = tags_of(rules, text)
    assert sorted(tags.ministries) == sorted(ministries)
    assert list(tags.enterprises) == enterprises


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("专访：线上课堂的得失", "记者：“互联网+教育”会取代学校吗？\n答：不会，孩子需要伙伴。"),
        ("某平台完成融资", "在线美术平台昨日宣布完成B轮融资，公司称“互联网+美术教育”前景广阔。"),
        ("“互联网+”转型教练谈管理", "“互联网+”转型教练钱某认为，管理的核心是人。"),
        ("我的创业路", "我在老家做“互联网+农业”，头三年赔光了积蓄。"),
        (
            "警方破获盗窃案",
            "杭州市公安局9日通报破获盗窃案。民警辗转四省。警方提醒装锁。也可用互联网+公安的微信号报失。",
        ),
        ("公司更换高管", "一家主打“硬件+互联网+新零售”的公司宣布更换财务官。"),
    ],
)
def test_no_act_or_no_subject_is_no_news(title: str, text: str, rules: Rules) -> None:
    tags = tags_of(rules, text, title)
    assert not tags.relevant, tags.reasons
    assert not tags.sectors


def test_guides_and_investors_are_no_part_of_the_news(rules: Rules) -> None:
    text = "9日，由商务部指导，杭州市卫健委上线“互联网+健康”平台，老股东腾讯跟投。"
    tags = tags_of(rules, text)
    assert (tags.ministries, tags.enterprises) == ((), ())
    assert [region.province for region in tags.regions if region.primary] == ["浙江省"]
    assert not any("商务部" in reason for reason in tags.reasons)


@pytest.mark.parametrize(
    ("supplier", "companies"),
    [
        ("系统由华为承建。", ()),
        ("软件由科大讯飞开发，方言也听得懂。", ()),
        ("由中国移动提供线路。", ()),
        ("平台由腾讯与市卫健委共同开发。", ("腾讯",)),
        ("卫健委还启用由百度研发的叫号系统。", ()),
    ],
)
def test_who_built_it_for_another_is_no_actor(supplier: str, companies: tuple[str, ...], rules: Rules) -> None:
    tags = tags_of(rules, f"9日，杭州市卫健委上线“互联网+接种”预约。{supplier}")
    assert tags.enterprises == companies
    assert ("enterprise" in tags.sections) == bool(companies)


def test_the_two_scores_are_shown_and_can_be_set(rules: Rules, tmp_path: Path, root: Path) -> None:
    text = "6月9日，杭州市上线“互联网+政务服务”平台。"
    tags = tags_of(rules, text)
    settings = rules.keywords.settings
    assert tags.relevant
    assert tags.score >= settings.threshold
    assert tags.act >= settings.act
    edited = tmp_path / "keywords.yaml"
    edited.write_text((root / "keywords.yaml").read_text("utf-8").replace("  act: 2\n", "  act: 9\n", 1), "utf-8")
    assert not tags_of(load_rules(edited), text).relevant


DIGEST = (
    "国家邮政局发布数据\n国家邮政局今天发布数据，快递业务量增长两成，快递员队伍扩大。三部门规范路测\n今天，公安部发布路测规范。\n"
    "重庆政务服务“一网通办”上线\n重庆市今天启用全市“一网通办”平台，首批三百项网上办理。\n河北举办苹果节\n河北省邯郸市举办苹果节。"
)


def test_each_story_of_a_digest_stands_for_itself(rules: Rules) -> None:
    tags = tags_of(rules, DIGEST, "国内快讯")
    assert tags.relevant
    assert {region.province for region in tags.regions if region.primary} == {"重庆市"}
    assert tags.sections == ("province",)
    for shown in tags.evidence:
        assert DIGEST[shown.start : shown.end] == shown.text


@pytest.mark.parametrize(
    ("body", "sections"),
    [
        ("新华社南昌6月9日电 民政部9日启用“互联网+婚登”全国系统。", ("ministry",)),
        ("中新网南昌6月9日电 腾讯9日发布“互联网+婚登”小程序。", ("enterprise",)),
        ("新华社南昌6月9日电 江西省民政厅9日启用“互联网+婚登”系统。", ("province",)),
        ("京津冀9日启动“互联网+婚登”通办。", ("province",)),
    ],
)
def test_the_dateline_is_not_where_somebody_else_acts(body: str, sections: tuple[str, ...], rules: Rules) -> None:
    assert tags_of(rules, body).sections == sections


@pytest.mark.parametrize("signs", ["①②③", "123"])
def test_items_numbered_within_a_line_are_stories(signs: str, rules: Rules) -> None:
    dot = "" if signs[0] == "①" else "."
    items = (
        "石家庄灯会延期：雨天路滑，改在周六。",
        "福建“互联网+渔港”平台昨起试行。渔民进港先扫码。",
        "寒潮到货，注意添衣。",
    )
    body = "".join(sign + dot + item for sign, item in zip(signs, items, strict=True))
    tags = tags_of(rules, body, "早读")
    assert [region.province for region in tags.regions if region.primary] == ["福建省"]
    assert len(stories(Article(url="", title="早读", body=body))) == 3


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("杭州上线政务服务平台", DIGEST),
        ("国内快讯", "重庆市今天启用“一网通办”平台。"),
        ("关于印发方案的通知", "一、总体目标。\n建设平台。\n二、重点任务。\n推进试点。\n三、工作要求。\n抓好落实。"),
    ],
)
def test_one_story_is_not_cut(title: str, body: str) -> None:
    assert stories(Article(url="", title=title, body=body)) == []


def test_lines_that_name_who_they_are_about_are_stories(rules: Rules) -> None:
    body = "某协会：公布年度名单。\n甘肃省：“互联网+不动产登记”市县全覆盖。\n广西：柳州一座产业园开工。"
    tags = tags_of(rules, body, title="一周政务速览")
    assert [region.province for region in tags.regions if region.primary] == ["甘肃省"]


@pytest.mark.parametrize(
    ("body", "provinces"),
    [
        ("阿木在成都读完大学，如今在一家网店做客服，他说想回家乡看看。", []),
        ("一家平台宣布获得千万元融资，公司位于深圳南山。", []),
        ("陈某生于江西上饶，毕业于武汉大学，2010年在深圳创办公司，做“互联网+装修”。", []),
        ("成都火锅节昨日开幕，他带着家人赶来，扫码点单。", ["四川省"]),
        ("成都市商务局介绍，火锅节接待游客百万人次，网友纷纷点赞。", ["四川省"]),
    ],
)
def test_places_of_a_story_about_people_are_scenery(body: str, provinces: list[str], rules: Rules) -> None:
    tags = tags_of(rules, body)
    assert [region.province for region in tags.regions if region.primary] == provinces


def test_what_somebody_is_makes_no_subject(rules: Rules) -> None:
    body = "6月5日，南昌市一所小学开学。中国“互联网+农业”专业委员会委员吴一鸣为学生讲解种子。"
    assert not tags_of(rules, body, title="种子课进校园").relevant


def test_an_office_within_the_quotation_is_the_subject_itself(rules: Rules) -> None:
    body = "司法部昨天在长春召开会议。会议要求，“互联网+法律顾问”明年进所有社区。"
    assert [sector.phrase for sector in tags_of(rules, body).sectors] == ["互联网+法律顾问"]


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


SUBJECTS = [
    ("两地三市市场监管部门9日同时颁发首批“互联网+商事登记”执照。", True),
    (
        "12月8日，江苏省政府与华为公司在南京签署协议。双方将在“互联网+政务服务”等领域合作。会前双方会谈。会后合影。",
        True,
    ),
    ("12月8日，江苏省政府在南京召开会议。双方将在“互联网+政务服务”等领域合作。会前看望群众。会后合影留念。", False),
    ("12月8日，打着“互联网+家装”旗号的某某公司在绍兴宣布并入同行。", False),
    ("绍兴市民政局负责人：本月起我们上线了“互联网+养老”平台。\n记者：老人会用吗？\n负责人：我教他们。", True),
    ("我去年用上了“互联网+养老”平台，绍兴市民政局上线的。我的母亲也会用，我很高兴。", False),
    ("12月8日，绍兴市公安局提醒，有人冒充“互联网+车管”短信骗人，请市民小心。", False),
]


@pytest.mark.parametrize(
    ("title", "text", "relevant"),
    [
        ("查验不用等", "芜湖市口岸局近日改造查验程序，企业自己选时段。这项“互联网+查验”做法平均省4.6小时。", True),
        ("水果节", "一家超市办起水果节，货源直采。这是它尝试“互联网+生鲜”的老办法。", False),
        ("“互联网+明厨亮灶”进校园", "芜湖市市场监管局在全市食堂安装摄像头，家长都能看。", True),
        ("“互联网+”写入市政府工作报告", "芜湖市人民代表大会昨天开幕，代表们说词儿是新的。", True),
        ("一家超市办起节日", "一家超市近日推出“互联网+生鲜”，货源直采。", False),
        ("派出所里的“云调解室”", "芜湖市公安局把吵架的邻居请进“云调解室”，一个在外地，一个在家。", True),
    ],
)
def test_what_sums_up_and_what_a_title_is_about(title: str, text: str, relevant: bool, rules: Rules) -> None:
    assert tags_of(rules, text, title=title).relevant is relevant


@pytest.mark.parametrize(("text", "relevant"), SUBJECTS)
def test_the_subject_of_two_who_sign_and_of_who_feigns(text: str, relevant: bool, rules: Rules) -> None:
    assert tags_of(rules, text).relevant is relevant


FEATURE = (
    "老周的果园在山坳里。三十年前他种下头一棵树，挑着担子走十里路去卖。" + "树长高了，路也修通了，老周却发起愁来。" * 9
)


@pytest.mark.parametrize(
    ("late", "relevant"),
    [
        ("去年春天，荔浦市里建起“互联网+砂糖橘”服务站。", True),
        ("他说，听过“互联网+砂糖橘”这个词，没有多想。", False),
        ("荔浦市里修了水渠，干部也说起“互联网+砂糖橘”。", False),
    ],
)
def test_a_long_story_may_name_late_what_the_place_does(late: str, relevant: bool, rules: Rules) -> None:
    assert tags_of(rules, FEATURE + late, title="果园里的日子").relevant is relevant


@pytest.mark.parametrize(
    "text",
    [
        "蚂蚁金服8日在菲律宾宣布，当地电子钱包新增扫码付款功能，接入“互联网+支付”平台。",
        "2023世界移动通信大会3月2日在西班牙举行，华为展示“互联网+园区”方案。",
        "新华社马德里3月2日电（记者张明）西班牙移动通信展开幕，华为发布“互联网+园区”平台。",
    ],
)
def test_what_happens_abroad_is_no_item(text: str, rules: Rules) -> None:
    tags = tags_of(rules, text)
    assert not tags.relevant
    assert "境外之事" in tags.reasons


MANY = "国家发展改革委、教育部、民政部、商务部、文化和旅游部、国家卫生健康委、体育总局、工业和信息化部、财政部、公安部"


def test_every_body_of_a_long_list_acts(rules: Rules) -> None:
    assert len(tags_of(rules, f"6月8日，{MANY}等十个部门联合下发通知，发展“互联网+社会服务”。").ministries) == 10


def test_what_something_has_followed_since_is_background(rules: Rules) -> None:
    text = "自国务院印发“互联网+”指导意见以来，药店触网加快。6月8日，泰州市市场监管局上线“互联网+药店”平台。"
    assert tags_of(rules, text).ministries == ()


ITEMS = (
    (
        "山东莱西：全市的村统一开设“互联网+基层党建”直播间。",
        "湖北宜昌：市住建委6月7日启用“互联网+路灯”平台。",
        "安徽歙县：雨停了。",
    ),
    (
        "▲莱西：“互联网+大棚”平台覆盖全市大棚，市农业农村局推行。",
        "▲歙县：雨停了。",
        "▲宜昌：江水退了。",
        "▲富平：柿子红了。",
    ),
    ("【莱西】市农业农村局上线“互联网+大棚”平台。", "【歙县】雨停了。", "【宜昌】江水退了。"),
)


@pytest.mark.parametrize("lines", ITEMS)
def test_a_page_whose_lines_all_begin_anew_is_a_digest(lines: tuple[str, ...], rules: Rules) -> None:
    tags = tags_of(rules, "\n".join(lines), title="县区传真")
    assert tags.relevant
    assert "安徽省" not in {region.province for region in tags.regions if region.primary}


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("6月8日，鄂州市推开互联网+教育/医疗/就业三项服务。", ["教育", "医疗", "就业"]),
        ("6月8日，成都市推动“互联网+”与知识产权保护深度融合。", ["知识产权保护"]),
    ],
)
def test_members_of_other_lists(text: str, phrases: list[str], rules: Rules) -> None:
    assert [tag.phrase for tag in tags_of(rules, text).sectors] == [f"互联网+{x}" for x in phrases]


def test_a_story_without_a_day_comes_to_its_news_in_a_dated_paragraph(rules: Rules) -> None:
    news = "6月8日，绍兴市越城区对外发布第三版“一网通办”事项清单，全程网办的有1297个。"
    passing = "6月8日，老周去了趟县城，在手机上查了查“一网通办”的事项。"
    for gap, told, relevant in (("\n", news, True), ("", news, False), ("\n", passing, False)):
        assert tags_of(rules, FEATURE + gap + told, title="果园里的日子").relevant is relevant
    dated = FEATURE.replace("老周的果园", "6月1日，老周的果园", 1)
    assert not tags_of(rules, dated + "\n" + news, title="果园里的日子").relevant


def test_the_piece_of_news_in_a_story(rules: Rules) -> None:
    news = "6月3日，国家药品监督管理局宣布追溯平台完成升级。负责人说，这是“互联网+药品监管”工程的成果。"
    told = [tags_of(rules, FEATURE + gap + news, title="果园里的日子") for gap in ("\n", "")]
    assert [tags.relevant for tags in told] == [True, False]
    assert told[0].sections == ("ministry",)


def test_the_word_of_a_digest_begins_or_ends_its_title() -> None:
    body = "第一句话。第二句话。第三句话。第四句话。"
    found = {
        title: len(stories(Article(url="", title=title, body=body))) for title in ("三农信息（8日）", "信息进村见闻")
    }
    assert found == {"三农信息（8日）": 4, "信息进村见闻": 0}


@pytest.mark.parametrize("word", ["供应链", "虚拟养老", "未来社区", "希望工程"])
def test_a_word_that_only_contains_a_plan_plans_nothing(word: str, rules: Rules) -> None:
    assert tags_of(rules, f"6月8日，宁波市{word}“互联网+服务”平台正式上线。").actions == ("平台上线",)


@pytest.mark.parametrize("named_in", ["opening", "later"])
def test_a_text_is_about_what_its_short_first_paragraph_says(rules: Rules, named_in: str) -> None:
    """Title and first sentence need not name the subject; a half sentence further down does not make one."""
    further = "双方还将联合开展“互联网+教育”试点。"
    opening = "3月6日，某市教育局与中国电信某分公司签署合作协议。" + (further if named_in == "opening" else "")
    rest = ["学校网络将在年内提速。", "教师培训每年举办两期。", "农村学校优先安排。", "经费由市级财政承担。"]
    body = "\n".join([opening, "".join(rest), further if named_in == "later" else "有关工作由两个科室负责。"])
    tags = classify(Article(url="", title="某市教育局与中国电信签署协议", body=body, published_at="2018-03-06"), rules)
    assert tags.relevant == (named_in == "opening")


def test_every_ministry_of_a_long_list_acts(rules: Rules) -> None:
    bodies = (
        "国家发展改革委、教育部、工业和信息化部、公安部、民政部、财政部、人力资源社会保障部、交通运输部、农业农村部、"
        "商务部、文化和旅游部、国家卫生健康委"
    )
    found = tags_of(rules, f"{bodies}日前联合印发通知，支持“互联网+托育”发展。")
    assert set(found.ministries) == set(bodies.split("、"))


@pytest.mark.parametrize(
    ("body", "companies"),
    [
        ("1月3日，某县360个村启动“互联网+党建”平台。", ()),
        ("1月3日，360所学校启动“互联网+党建”平台。", ()),
        ("1月3日，县里投入1360万元启动“互联网+党建”平台。", ()),
        ("1月3日，360发布“互联网+安全”平台。", ("360",)),
        ("1月3日，腾讯、360与某市共建“互联网+安全”平台。", ("腾讯", "360")),
        ("1月3日，市教育局与学校共创美好未来，启动“互联网+教育”平台。", ()),
        ("1月3日，好未来启动“互联网+教育”平台。", ("好未来",)),
        ("1月3日，不同程度的医院启动“互联网+医疗”平台。", ()),
        ("1月3日，某校用友好的方式发布“互联网+教育”平台。", ()),
        ("1月3日，钉钉子的精神推动“互联网+党建”平台启动。", ()),
        ("1月3日，新浪潮启动“互联网+电影”平台。", ()),
        ("1月3日，华为公司与某市签约共建“互联网+制造”平台。", ("华为",)),
    ],
)
def test_a_company_s_name_is_a_word_of_its_own(body: str, companies: tuple[str, ...], rules: Rules) -> None:
    assert tags_of(rules, body).enterprises == companies


@pytest.mark.parametrize("body", ["比利时外交部", "德国联邦最高法院", "新西兰教育部"])
def test_a_body_abroad_is_none_of_ours(body: str, rules: Rules) -> None:
    assert not tags_of(rules, f"6月9日，{body}启动“互联网+教育”平台。").ministries
