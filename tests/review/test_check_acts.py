"""The check of a row against its article: whether it came to it, and other words for the same that it leaves alone."""

from __future__ import annotations

import pytest

from yuqing.core.names import Names
from yuqing.core.records import Article
from yuqing.review.check.doubts import doubts

NAMES = Names(ministries={"水利部": ()}, enterprises={"美团": ()})
ARTICLE = Article(
    url="http://a.cn/3",
    title="清源市推进“互联网+灌区”",
    body=(
        "4月12日，清源市水利局与禾田科技签署协议，建设灌区调度平台，首期工程计划9月底前上线。\n"
        "双方还就设立合资公司进行了探讨，但目前尚未达成一致。问：是否会统一调整灌溉水价？答：目前没有这一计划。\n"
        "网传“灌区年底前全部移交企业经营”的消息不实。征求意见稿中提出的设立2亿元节水基金，因条件不成熟，正式文件未予保留。\n"
        "水利局通报灌区改造有关情况，全市已改造渠道310公里。种粮大户均可免费使用平台，养殖企业暂不纳入。"
    ),
    published_at="2021-04-13",
)


@pytest.mark.parametrize(
    "row",
    [
        "4月12日，清源市水利局与禾田科技签约，将建设灌区调度平台，首期工程拟于9月底前上线。",
        "4月12日，清源市水利局介绍灌区改造进展，全市已改造渠道310公里，养殖企业暂未纳入平台。",
        "4月12日，清源市水利局表示，暂无统一调整灌溉水价的计划，设立合资公司尚在商谈。",
        "4月12日，清源市两家单位签署协议，建设方为禾田科技公司。",
    ],
)
def test_what_is_open_and_told_as_open_is_not_doubted(row: str) -> None:
    assert doubts(row, ARTICLE, NAMES) == []


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        ("4月12日，清源市水利局与禾田科技签约，首期工程已上线。", "9月底前上线"),
        ("4月12日，清源市水利局与禾田科技签约，双方设立合资公司。", "尚未达成一致"),
        ("4月12日，清源市水利局表示将统一调整灌溉水价。", "没有这一计划"),
        ("4月12日，清源市水利局发布消息，灌区年底前全部移交企业经营。", "不实"),
        ("4月12日，清源市提出设立2亿元节水基金。", "未予保留"),
        ("4月12日，清源市养殖企业可免费使用灌区调度平台。", "养殖企业暂不纳入"),
    ],
)
def test_what_did_not_come_to_it_is_doubted(row: str, doubted: str) -> None:
    assert doubted in "；".join(doubts(row, ARTICLE, NAMES))
