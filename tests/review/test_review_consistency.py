"""The guard: what a row says must stand in its article."""

from __future__ import annotations

import pytest

from yuqing.core.records import Article
from yuqing.review.draft.consistency import unsupported

ARTICLE = Article(
    url="http://a.cn/1",
    title="青岛推出电子社保卡",
    body=(
        "昨日，青岛市人社局召开通气会，推出全国首个互联网＋人社电子社保卡，首批23项业务可用手机APP办理。"
        "会议审议《2018年“互联网+人社”工作要点》，第三方平台参与。投入1.2亿元，覆盖85%的市民。"
    ),
    published_at="2018-03-13",
)


@pytest.mark.parametrize(
    "row",
    [
        "3月12日，青岛市人社局召开通气会，推出全国首个“互联网+人社”电子社保卡。",
        "3月13日消息，青岛市人社局推出电子社保卡，23项业务可用手机APP办理。",
        "3月12日，青岛市人社局审议《2018年“互联网+人社”工作要点》。",
        "3月12日，青岛市推出电子社保卡，投入1.2亿元，覆盖85%的市民。",
    ],
)
def test_supported(row: str) -> None:
    assert unsupported(row, ARTICLE) == []


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ("3月11日，青岛市人社局召开通气会。", "2018-03-11"),
        ("3月12日-14日，青岛市人社局召开通气会。", "2018-03-12…2018-03-14"),
        ("3月12日，青岛市人社局推出24项业务。", "24"),
        ("3月12日，青岛市人社局推出3项业务。", "3"),
        ("3月12日，投入12亿元。", "12"),
        ("3月12日，覆盖85的市民。", "85"),
        ("3月12日，青岛市人社局审议《2018年工作要点》。", "《2018年工作要点》"),
        ("3月12日，青岛市人社局推出“互联网+社保”电子社保卡。", "“互联网+社保”"),
        ("3月12日，青岛市人社局与腾讯推出电子社保卡。", "腾讯"),
        ("3月12日，青岛市人社局推出IoT业务。", "IoT"),
        ("3月12日，第四方平台参与。", "第四"),
        ("3月12日，山东省青岛市人社局召开通气会。", "山东省"),
        ("3月12日，青岛市人社局召开盛大通气会。", "“盛”"),
    ],
)
def test_unsupported(row: str, missing: str) -> None:
    assert missing in unsupported(row, ARTICLE)


def test_the_place_of_the_tags_is_allowed() -> None:
    assert unsupported("3月12日，山东省青岛市人社局召开通气会。", ARTICLE, ("山东省", "青岛市")) == []
