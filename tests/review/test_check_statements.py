"""The check of a row against its article: who does what to whom, where, when, how far it is and what is left out."""

from __future__ import annotations

import pytest

from yuqing.core.names import Names
from yuqing.core.records import Article
from yuqing.review.check.doubts import doubts

NAMES = Names(ministries={"交通运输部": ()}, enterprises={"京东": (), "美团": ()})
ARTICLE = Article(
    url="http://a.cn/1",
    title="临江市开通冷链追溯平台",
    body=(
        "5月8日，临江市商务局与京东在滨海区签署合作协议，冷链追溯平台同日试运行。京东负责平台开发，美团负责门店接入，市财政每年拨付运行费300万元。\n"
        "平台覆盖冷藏车1200辆，滞留时间由6小时缩短为2小时；冷冻水产品首批纳入，散装熟食除外。京东向商务局开放温控数据接口。\n"
        "6月30日前完成企业登记，9月底前实现与省级平台对接。东区门店接入率81%，西区为64%。平台不得向商户收取服务费。\n"
        "去年进口水产品3.2万吨，出口1.1万吨。云岭县建议把药品列入平台。若连续两月未上传数据，企业将被撤销接入资格。"
    ),
    published_at="2018-05-10",
)


@pytest.mark.parametrize(
    "row",
    [
        "5月8日，临江市商务局与京东在滨海区签约，冷链追溯平台试运行，运行费由市财政按每年300万元拨付。",
        "5月8日，临江冷链追溯平台试运行，由京东开发，覆盖1200辆冷藏车，滞留时间从6小时缩短到2小时。",
        "5月8日，临江市冷链追溯平台由美团承担门店接入，6月底前完成企业登记，散装熟食未纳入。",
        "5月8日，临江市冷链追溯平台试运行，东区门店接入率超八成，不向商户收费。",
        "5月8日，临江市冷链追溯平台首批纳入冷冻水产品，京东将向市商务局开放温控数据接口。",
    ],
)
def test_the_same_statements_are_not_doubted(row: str) -> None:
    assert doubts(row, ARTICLE, NAMES) == []


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        ("5月8日，临江市冷链追溯平台试运行，由美团承担平台开发。", "原文为“京东负责”"),
        ("5月8日，临江市商务局向京东开放温控数据接口。", "原文为“向商务局开放”"),
        ("5月8日，临江市商务局与京东在云岭县签署合作协议。", "滨海区"),
        ("5月8日，临江市冷链追溯平台正式运行。", "试运行"),
        ("5月8日，临江市冷链追溯平台纳入散装熟食。", "散装熟食除外"),
        ("5月8日，临江市冷链追溯平台滞留时间缩短2小时。", "变为多少还是变了多少"),
        ("5月8日，临江市冷链追溯平台试运行，9月底前完成企业登记。", "6月30日前完成企业登记"),
        ("5月8日，临江市冷链追溯平台试运行，西区门店接入率81%。", "西区"),
        ("5月8日，临江市冷链追溯平台可以向商户收取服务费。", "不得"),
        ("5月8日，临江市冷链追溯平台通报，去年出口水产品3.2万吨。", "进口"),
        ("5月8日，临江市商务局同意把药品列入平台。", "建议"),
        ("5月8日，临江市商务局撤销企业接入资格。", "若连续两月"),
        ("5月8日，临江市商务局就冷链追溯平台公开征求意见。", "公开征求"),
        ("5月8日，临江市商务局与京东在滨海区签署合同。", "合同"),
        ("5月8日，临江市冷链追溯平台试运行，市财政共拨付运行费300万元。", "总数还是每个"),
    ],
)
def test_another_statement_is_doubted(row: str, doubted: str) -> None:
    assert doubted in "；".join(doubts(row, ARTICLE, NAMES))


def test_an_end_is_no_beginning() -> None:
    told = Article(
        url="http://a.cn/2",
        title="公开征求意见",
        body="意见反馈截止日期为6月18日，首期平台覆盖三区。",
        published_at="2018-05-18",
    )
    assert "起还是止" in "；".join(doubts("平台自6月18日起征求意见。", told, NAMES))
    assert doubts("平台征求意见至6月18日，一期覆盖三区。", told, NAMES) == []


def test_a_word_cut_otherwise_in_the_place_of_another() -> None:
    told = Article(
        url="http://a.cn/3",
        title="采购",
        body="5月8日，临江公交集团向北岸车辆厂采购纯电动客车80辆用于城郊线路，获得全省首张测试牌照。",
        published_at="2018-05-09",
    )
    found = "；".join(doubts("5月8日，临江公交集团向北岸车辆厂采购混合动力客车80辆用于城郊线路。", told, NAMES))
    assert "混合动力" in found
    assert "纯电动" in found


@pytest.mark.parametrize(("day", "doubted"), [("26日", False), ("27日", True)])
def test_the_day_of_another_event_is_doubted(day: str, doubted: bool) -> None:
    story = Article(
        url="http://a.cn/3",
        title="数字渔业周开幕",
        body=(
            "本报临江4月28日讯 4月26日，临江市农业农村局与海洋大学在开幕式上签署鱼病诊断合作协议。\n"
            "4月27日举行的论坛上，专家发布了养殖水质报告。"
        ),
        published_at="2018-04-29",
    )
    found = doubts(f"4月{day}，临江市农业农村局与海洋大学签署鱼病诊断合作协议。", story, NAMES)
    assert any("4月26日" in one for one in found) is doubted
