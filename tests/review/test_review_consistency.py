"""The guard: what a row says must stand in its article."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from classifiers.keywords import parse_keywords
from classifiers.names import names_of
from tests.conftest import ROOT
from tests.review.conftest import NAMES
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
    assert missing in unsupported(row, ARTICLE, names=NAMES)


@pytest.mark.parametrize("name", ["国家能源局", "国家数据局", "国家林草局", "国家医保局", "国家医疗保障局", "中国电信"])
def test_a_name_of_keywords_yaml_must_stand_in_the_article(name: str) -> None:
    """Each character stands in the article, the name does not: only the list of names can tell."""
    pairs = "，".join(name[i : i + 2] for i in range(len(name)))
    article = replace(ARTICLE, body=f"{ARTICLE.body}\n{pairs}。")
    row = f"3月12日，{name}召开通气会。"
    assert name in unsupported(row, article, names=NAMES)
    assert name not in unsupported(row, article)
    assert unsupported(row, replace(article, body=f"{article.body}{name}。"), names=NAMES) == []


def test_the_guard_follows_an_edit_of_keywords_yaml(tmp_path: Path) -> None:
    file = tmp_path / "keywords.yaml"
    text = (ROOT / "keywords.yaml").read_text("utf-8")
    file.write_text(
        text.replace("ministries:\n", "ministries:\n  - {name: 国家潮汐局, kind: 国务院, aliases: [潮汐局]}\n", 1),
        "utf-8",
    )
    article = replace(ARTICLE, body=f"{ARTICLE.body}\n国家的潮，潮汐之局，汐局。国家潮。")
    names = names_of(parse_keywords(file)[1])
    assert "国家潮汐局" in unsupported("3月12日，国家潮汐局召开通气会。", article, names=names)
    assert "国家潮汐局" not in unsupported("3月12日，国家潮汐局召开通气会。", article, names=NAMES)


def test_the_place_of_the_tags_is_allowed() -> None:
    assert unsupported("3月12日，山东省青岛市人社局召开通气会。", ARTICLE, ("山东省", "青岛市")) == []
