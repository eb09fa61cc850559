"""Where an open 互联网+X phrase begins and ends, and the spellings that fold to one."""

from __future__ import annotations

import pytest

from classifiers import classify
from classifiers.document import prepare
from classifiers.normalize import fold, normalize
from classifiers.phrases import find_phrases, sector_of
from classifiers.rules import Rules
from yuqing.core.records import Article

PHRASES = [
    ("推进“互联网+政务服务”平台建设工作。", "政务服务"),
    ("推进互联网+政务服务平台建设工作。", "政务服务"),
    ("互联网+全民义务植树基地揭牌", "全民义务植树"),
    ("开展互联网+路网综合服务试点", "路网综合服务"),
    ("国网推广“互联网+”营销服务。", "营销服务"),
    ("发展“互联网+群众工作”新模式", "群众工作"),
    ("建设互联网+可信身份认证平台", "可信身份认证"),
    ("推广“互联网+不动产登记”一窗受理", "不动产登记"),
    ("“互联网+社会组织”信息化建设", "社会组织"),
    ("打造“互联网+基层治理”样板", "基层治理"),
    ("推进“互联网+”监管系统建设", "监管"),
    ("深化“互联网+督查”", "督查"),
    ("全省推行互联网+医保服务", "医保服务"),
    ("“互联网+”第四方物流", "第四方物流"),
    ("“互联网+车货匹配”平台", "车货匹配"),
    ("培育“互联网+”绿色生态", "绿色生态"),
    ("实施“互联网+”智慧能源示范项目", "智慧能源"),
    ("“互联网+”点亮乡镇党建", "党建"),
    ("“互联网+”让山里养老更省心", "养老"),
    ("“互联网+”为牧区教育添翼", "教育"),
    ("“互联网+”列入教育厅年度要点", ""),
    ("高校推进“互联网+”大学生。", ""),  # a word that only leads in, with nothing behind it
    ("“互联网+”成为医疗大会热词", ""),
    ("“互联网+工会”普惠服务", "工会"),
    ("市消防支队推行“互联网+消防”", "消防"),
    ("实施互联网+电梯安全监管", "电梯安全监管"),
    ("打造“互联网+农贸市场”", "农贸市场"),
    ("“互联网+招商引资”推介会", "招商引资"),
    ("“互联网+禁毒”宣传平台上线", "禁毒"),
    ("率先开展互联网+殡葬服务", "殡葬服务"),
    ("借助“互联网+”，打造智慧校园", ""),
    ("充分运用“互联网+”思维和手段", ""),
    ("“互联网+”正在改变我们的生活", ""),
    ("“互联网+”下的传统产业", ""),
    ("“互联网+”战略合作协议", ""),
    ("双方签署“互联网+”战略合作框架协议", ""),
    ("“互联网+”行动指导意见", ""),
    ("“互联网+”创新创业大赛", "创新创业"),
    ("第四届“互联网+”大学生创新创业大赛", "创新创业"),
    ("“互联网+”产业联盟成立", ""),
    ("“互联网+”产业园开工", ""),
    ("“互联网+”小镇", ""),
    ("“互联网+”城市服务", "城市服务"),
    ("推进“互联网+”与农业深度融合", "农业"),
    ("推进“互联网+”与教育、医疗的融合", "教育 医疗"),
    ("以“互联网+党建”引领乡村治理", "党建"),
    ("推行“党建+互联网+服务”模式", ""),
    ("走“硬件+互联网+新零售”的路子", ""),
    ("推进“电视+互联网+新媒体”融合", "新媒体"),
    ("热议“旅游+互联网”", ""),
    ("“互联网+”写入政府工作报告", ""),
    ("紧跟“互联网+”步伐", ""),
    ("把“互联网+”医疗、教育、交通列为硬任务", "医疗 教育 交通"),
    ("推动工业、农业、政务与互联网融合", "工业 农业 政务"),
    ("推动农业、物流互联网化", "农业 物流"),
    ("“互联网+”成家常话", ""),
    ("举办“互联网+”培训班", ""),
    ("“互联网+”法律援助进社区", "法律援助"),
    ("在教育、医疗等领域推广“互联网+”应用", "教育 医疗"),
    ("推出“互联网+”简易申报、“互联网+”智能核验、“互联网+”涉农补办等措施", "简易申报 智能核验 涉农补办"),
    ("围绕“互联网+”农业、能源、金融四个方面先行突破", "农业 能源 金融"),
    ("介绍“互联网+”渔业、港口、海事三项服务", "渔业 港口 海事"),
    ("推进“互联网+”医疗、教育一体化", "医疗"),
    ("“互联网+”医疗服务费用可纳入医保基金支付", "医疗服务"),
    ("“互联网+”益民服务和便捷交通", "益民服务 便捷交通"),
    ("互联网+教育+扶贫", "教育"),
    ("“互联网+教育”“互联网+医疗”“互联网+旅游”等新业态", "教育 医疗 旅游"),
    ("加快发展“互联网+教育”、“互联网+健康医疗”等", "教育 健康医疗"),
    ("互联网＋教育", "教育"),
    ("互联网 + 教育", "教育"),
    ("“互联网+”教育“", "教育"),
    ("互联网+”教育“", "教育"),
    ("互联网&#43;税务", "税务"),
    ("‘互联网+警务’", "警务"),
    ("移动互联网+教育", ""),
    ("工业互联网+高端装备", ""),
    ("互联网+大健康产业", "大健康产业"),
    ("互联网+乡村旅游节开幕", "乡村旅游"),
    ("打造“互联网+智慧停车”系统", "智慧停车"),
    ("上线“互联网+公积金”小程序", "公积金"),
    ("建成全省首个“互联网+核与辐射监管”平台", "核与辐射监管"),
    ("推进互联网+法律援助", "法律援助"),
    ("把“互联网+政府”改为“互联网+政府治理”", "政府治理"),
    ("推进“互联网+”在交通、教育、医疗等领域的应用", "交通 教育 医疗"),
    ("“互联网+”助力精准扶贫", "扶贫"),
    ("“互联网+”让办事更便捷", ""),
    ("“互联网+”催生新业态", ""),
    ("“互联网+”赋能传统制造业", ""),
    ("“互联网+”农村商贸流通示范县", "农村商贸流通"),
    ("“互联网+”普惠金融", "普惠金融"),
    ("“互联网+税务”行动计划", "税务"),
    ("《“互联网+人社”2020行动计划》", "人社"),
    ("“互联网+基础设施”建设", "基础设施"),
    ("创建“互联网+教育”示范省", "教育"),
    ("“互联网+医疗健康”示范省建设", "医疗健康"),
    ("建设“互联网+大学生就业”平台", "大学生就业"),
    ("“互联网+青年志愿者”活动", "青年志愿者"),
    ("中国“互联网+”指数发布", ""),
    ("“互联网+”数字经济峰会", ""),
    ("互联网+数字经济指数", ""),
    ("“互联网+民族团结”", "民族团结"),
    ("“互联网+网格化管理”", "网格化管理"),
    ("推出“互联网+家庭医生签约服务”", "家庭医生签约服务"),
    ("“互联网+药店”模式", "药店"),
    ("“互联网+”高效物流实施意见", "高效物流"),
    ("“互联网+新零售”", "新零售"),
    ("推动“互联网+农产品”上行", "农产品"),
    ("“互联网+三社联动”", "三社联动"),
    ("“互联网+义诊”活动走进乡村", "义诊"),
    ("互联网+社区矫正", "社区矫正"),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES)
def test_phrases_end_where_they_should(rules: Rules, text: str, expected: str) -> None:
    found = find_phrases(rules.scan(prepare(Article(url="", title="", body=text))), rules)
    assert [phrase.text for phrase in found.phrases] == [f"互联网+{x}" for x in expected.split()]


SPELLINGS = [
    "推进互联网+教育",
    "推进互联网＋教育",
    "推进互联网 + 教育",
    "推进“互联网+”教育",
    "推进“互联网＋”教育",
    "推进“互联网”+教育",
    "推进互联网&#43;教育",
    "推进互联网+”教育",
    "推进「互联网+」教育",
    "推进『互联网+』教育",
    '推进"互联网+"教育',
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_spellings_fold_to_one_and_offsets_lead_back(rules: Rules, text: str) -> None:
    folded = normalize(text)
    assert folded.text == "推进互联网+教育"
    start, end = folded.span(2, 6)
    assert text[start:end].startswith("互联网")
    assert text[end:].lstrip(' ”」』"') == "教育"
    assert text[slice(*folded.span(6, 8))] == "教育"
    tags = classify(Article(url="", title="", body=f"3月9日，合肥市{text}。"), rules)
    assert [sector.phrase for sector in tags.sectors] == ["互联网+教育"]


def test_a_quotation_that_holds_the_whole_phrase_keeps_its_marks() -> None:
    assert normalize("打造“互联网 + 教育”样板").text == "打造“互联网+教育”样板"


def test_blanks_around_numbers_and_letters_go() -> None:
    text = "11 月 15 日，用 APP 办理 2019 中国大会　闭幕 in Beijing"
    folded = normalize(text)
    assert folded.text == "11月15日,用APP办理2019中国大会 闭幕 in Beijing"
    start = folded.text.index("2019")
    assert text[slice(*folded.span(start, start + 8))] == "2019 中国大会"


def test_folding_keeps_every_position() -> None:
    text = "ＡＢ，１２　Ｘ：（互联网）；龘𠮷"
    assert len(fold(text)) == len(text)
    assert fold(text) == "AB,12 X:(互联网);龘𠮷"


@pytest.mark.parametrize(
    ("x", "name"),
    [
        ("政务服务", "政务服务"),
        ("商务楼宇党建", "党建"),
        ("全民义务植树", "林业"),
        ("医疗服务医保支付", "医疗"),
        ("草果", None),
    ],
)
def test_a_phrase_finds_its_sector_by_its_longest_known_part(rules: Rules, x: str, name: str | None) -> None:
    assert sector_of(x, rules)[0] == name


def test_evidence_points_into_the_original_text(rules: Rules) -> None:
    title = "合肥：“互联网＋”政务服务再提速"
    body = "3月9日，合肥市政务服务局与中国移动合肥分公司签约，推进互联网 + 政务服务。　活动现场签署了协议。"
    tags = classify(Article(url="", title=title, body=body, published_at="2018-03-09"), rules)
    fields = {"title": title, "body": body}
    assert tags.evidence
    for shown in tags.evidence:
        assert fields[shown.field][shown.start : shown.end] == shown.text
        assert shown.sentence in fields[shown.field]
        assert shown.text in shown.sentence
    named = {shown.tag for shown in tags.evidence}
    assert {sector.phrase for sector in tags.sectors} <= named
    assert {*tags.ministries, *tags.enterprises, *tags.sections, *tags.topics} <= named
    assert {"安徽省", "中国移动", "province", "enterprise", "互联网+政务服务"} <= named
    assert tags.rules == rules.stamp
