"""The check of a row against its article: words, numbers, days and names, and what is done, planned or denied."""

from __future__ import annotations

import pytest

from yuqing.core.names import Names
from yuqing.core.records import Article
from yuqing.review.check.doubts import doubts
from yuqing.review.check.numbers import find_numbers, han_value

NAMES = Names(ministries={"工业和信息化部": ("工信部",), "教育部": ()}, enterprises={"中国移动": (), "中国电信": ()})
ARTICLE = Article(
    url="http://a.cn/1",
    title="双城会议部署网上办税",
    body=(
        "3月5日至6日，工业和信息化部、双城市人民政府在双城召开“互联网+税务”现场会，会期由原定的四天压缩到两天。\n"
        "一季度网上办理120000件，同比增长46%，办理时限由9天缩短到4天，三成以上事项当场办结，每户补助不超过900元。\n"
        "会议提出，年底前接入乡镇服务站300个，暂不对个体商户收取服务费。论坛由市税务局指导、市商会主办。"
    ),
    published_at="2018-03-08",
)


@pytest.mark.parametrize(
    "row",
    [
        "3月5日-6日，工信部与双城市政府在双城召开“互联网+税务”现场会。",
        "3月5—6日，双城现场会通报，第一季度网上办理12万件，同比增46%。",
        "3月8日消息，双城市网上办税30%以上事项当场办结，补助每户不超过900元。",
        "3月6日，双城市办税时限从9天压缩至4天，年底前将接入300个乡镇服务站。",
        "3月6日，市商会主办论坛，个体商户暂不收服务费。",
    ],
)
def test_other_words_for_it_are_not_doubted(row: str) -> None:
    assert doubts(row, ARTICLE, NAMES) == []


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        ("3月5日-7日，工信部在双城召开“互联网+税务”现场会。", "3月5日-3月7日"),
        ("3月8日，工信部在双城召开“互联网+税务”现场会。", "3月8日"),
        ("3月6日，双城每户补助不超过600元。", "600元"),
        ("3月6日，双城每户补助不少于900元。", "下限"),
        ("3月6日，双城一季度网上办理46件。", "46件"),
        ("3月6日，第二季度网上办理12万件。", "第二季度"),
        ("3月6日，一季度网上办理12万件，同比下降46%。", "增减"),
        ("3月6日，办理时限由4天延长到9天。", "前后"),
        ("3月6日，教育部在双城召开“互联网+税务”现场会。", "教育部"),
        ("3月6日，中国移动在双城召开现场会。", "中国移动"),
        ("3月6日，工信部召开“互联网+医疗”现场会。", "“互联网+医疗”"),
        ("3月6日，工信部印发《“互联网+税务”方案》。", "《“互联网+税务”方案》"),
        ("3月6日，双城市已接入乡镇服务站300个。", "计划"),
        ("3月6日，双城市对个体商户收取服务费。", "暂不"),
        ("3月6日，论坛由市税务局主办。", "指导"),
        ("3月6日，工信部在哈尔滨市召开现场会。", "哈尔滨市"),
    ],
)
def test_an_error_is_doubted(row: str, doubted: str) -> None:
    assert doubted in "；".join(doubts(row, ARTICLE, NAMES))


MORE = Article(
    url="http://a.cn/3",
    title="沿江三县上网课",
    body=(
        "3月6日，省教育厅厅长李明在南江开通“同步课堂”，语文、数学、美术三科开课，小学先行，高中暂不加入。\n"
        "平台由师范大学研发、电信公司承建，接入教室120间，覆盖80所学校中的62所。去年投入2.4亿元，今年投入3.1亿元。\n"
        "一期接入教师900名，二期将接入3000名，9月起向家长开放。发言的有省税务局。户均补贴20元，每人不再交费。"
    ),
    published_at="2018-03-08",
)


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        ("3月6日，省教育厅厅长王刚在南江开通“同步课堂”。", "王刚"),
        ("3月6日，“同步课堂”语文、英语、美术三科开课。", "英语"),
        ("3月6日，“同步课堂”中学先行。", "小学"),
        ("3月6日，“同步课堂”高中同步加入。", "暂不加入"),
        ("3月6日，“同步课堂”覆盖80所学校。", "80所"),
        ("3月6日，“同步课堂”今年投入2.4亿元。", "时间"),
        ("3月6日，“同步课堂”二期接入教师900名。", "时间"),
        ("3月6日，“同步课堂”已接入教师3000名。", "3000名"),
        ("3月6日，“同步课堂”已向家长开放。", "计划"),
        ("3月6日，由电信公司研发的平台开通。", "师范大学"),
        ("3月6日，“同步课堂”接入教室120座，教师120名。", "120名"),
        ("3月6日，“同步课堂”人均补贴20元。", "人均"),
    ],
)
def test_another_of_the_article_in_its_place_is_doubted(row: str, doubted: str) -> None:
    assert doubted in "；".join(doubts(row, MORE, NAMES))


@pytest.mark.parametrize(
    "row",
    [
        "3月6日，“同步课堂”开通，62所学校、120间教室接入，高中未加入。",
        "3月6日，“同步课堂”开设语文、数学、美术，2017年投入2.4亿元。",
        "3月6日，“同步课堂”接入教师900名，拟于9月向家长开放，今后每人无需交费。",
    ],
)
def test_the_same_in_other_words_is_not(row: str) -> None:
    assert doubts(row, MORE, NAMES) == []


@pytest.mark.parametrize(("text", "value"), [("三十五", 35), ("一千二百", 1200), ("两万", 20000), ("二〇一八", 2018)])
def test_numerals(text: str, value: int) -> None:
    assert han_value(text) == value


def test_numbers_as_values() -> None:
    found = find_numbers("首批12万户，三成四当场办结，前三季度1.04亿笔，明年半年内第二批200家，共3,200个", 2018)
    assert [(number.kind, number.value) for number in found] == [
        ("ordinal", 1), ("plain", 120000), ("percent", 34), ("quarter", 9), ("plain", 104000000),
        ("year", 2019), ("plain", 6), ("ordinal", 2), ("plain", 200), ("plain", 3200),
    ]  # fmt: skip


def test_a_body_of_the_centre_with_and_without_its_front() -> None:
    told = Article(
        url="http://a.cn/2",
        title="通知",
        body="3月6日，卫生健康委办公厅印发通知，省税务局派员参加。",
        published_at="2018-03-07",
    )
    assert doubts("3月6日，国家卫健委印发通知。", told, NAMES) == []
    assert "国家税务局" in "".join(doubts("3月6日，国家税务局派员参加。", told, NAMES))


FORMS = Article(
    url="http://a.cn/3",
    title="卫生部门介绍上半年进展",
    body=(
        "3月6日，青州省卫生健康委、岚江市人民政府召开会议，通报上半年行动计划落实情况。网上办件率由年初的41.2%提高到56.9%，"
        "各地累计培训医务人员320万人次。65%的二级医院开通预约，预约平台自3月20日起启用新号源。平台去年在岚江试点，去年9月推广至全省。"
        "已建成远程会诊平台75个，总额2.6亿元，其中岚江投资金额0.9亿元。"
    ),
    published_at="2018-03-07",
)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("网上办件率较年初提高逾15个百分点。", "网上办件率较年初提高逾25个百分点。"),
        ("六成五的二级医院开通预约，20日起启用新号源。", "20日起启用新号源，七成二级医院开通预约。"),
        ("各地培训医务人员320万人次。", "各地培训医务人员520万人次。"),
        ("平台已由岚江推广到全省，此前该委建成远程会诊平台75个。", "平台已由岚江推广到全国。"),
        ("远程会诊平台建成75个，金额2.6亿元。", "远程会诊平台建成75个，金额6.2亿元。"),
    ],
)
def test_the_forms_of_an_editor_are_not_doubted_and_their_errors_are(row: str, wrong: str) -> None:
    begins = "3月6日，青州省卫健委通报，"
    assert doubts(begins + row, FORMS, NAMES) == []
    assert doubts(begins + wrong, FORMS, NAMES)


def test_a_verb_behind_a_body_is_no_part_of_its_name() -> None:
    assert doubts("3月6日，青州省卫健委与岚江市政府合办会议。", FORMS, NAMES) == []
    assert doubts("3月6日，青州省卫健委与梅原市政府合办会议。", FORMS, NAMES)
