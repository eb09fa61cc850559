"""The check of a row against its article: whose act it is, among all whom the article names."""

from __future__ import annotations

import pytest

from yuqing.core.names import Names
from yuqing.core.records import Article
from yuqing.review.check.doubts import doubts

NAMES = Names(ministries={"农业农村部": ()}, enterprises={"京东": (), "美团": ()})
ARTICLE = Article(
    url="http://a.cn/2",
    title="丰原省数字渔业大会举行",
    body=(
        "6月3日，丰原省数字渔业大会在临海市举行。大会由丰原省海洋渔业厅、临海市人民政府主办，丰原海洋大学承办，丰原省商务厅支持。\n"
        "会上，临海市与蓝帆科技签署协议，共建渔船调度平台。当天，海岳集团与白浪数据也签署协议，双方将在北湾布设浮标210个。\n"
        "南汐县报告，该县安装定位终端1.7万套，占全省的四成；北礁县报告，已有26个渔港开通网上报关。\n"
        "临海市提供场地和首期经费800万元，蓝帆科技负责平台开发。东岛镇建成数字渔场3个，饲料成本下降15%；西岛镇建成智慧码头2座。"
        "南汐县每年派出技术员12名到北礁县驻点。"
    ),
    published_at="2021-06-04",
)


@pytest.mark.parametrize(
    "row",
    [
        "6月3日，丰原省数字渔业大会在临海市举行，临海市与蓝帆科技签约共建渔船调度平台，经费800万元由市里提供。",
        "6月3日，海岳集团与白浪数据在丰原省数字渔业大会上签署协议，将在北湾布设浮标210个。",
        "6月3日，由丰原省海洋渔业厅等主办的数字渔业大会举行，南汐县安装定位终端1.7万套，约占全省四成。",
        "6月3日，丰原省临海市通报，东岛镇建成数字渔场3个，饲料成本下降15%。",
    ],
)
def test_the_same_actors_are_not_doubted(row: str) -> None:
    assert doubts(row, ARTICLE, NAMES) == []


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        ("6月3日，临海市与蓝帆科技签署协议，蓝帆科技将在北湾布设浮标210个。", "海岳集团"),
        ("6月3日，北礁县报告，该县安装定位终端1.7万套，占全省的四成。", "南汐县"),
        ("6月3日，北礁县每年派出技术员12名到南汐县驻点。", "北礁县驻点"),
        ("6月3日，由丰原省商务厅主办的数字渔业大会在临海市举行。", "支持"),
        ("6月3日，临海市通报，首期经费800万元由蓝帆科技提供。", "临海市"),
        ("6月3日，西岛镇建成智慧码头2座，饲料成本下降15%。", "东岛镇"),
    ],
)
def test_another_name_of_the_article_is_doubted(row: str, doubted: str) -> None:
    assert doubted in "；".join(doubts(row, ARTICLE, NAMES))
