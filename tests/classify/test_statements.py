"""Who acts and what is news: the kinds of statements, each by an example of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers import classify
from classifiers.explain import explain
from classifiers.rules import Rules, load_rules
from classifiers.verdicts import ROWS, Reason
from tests.classify.conftest import tags_of
from yuqing.core.records import Article

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
