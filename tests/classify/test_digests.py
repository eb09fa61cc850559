"""Where one story ends and the next begins: pages of several items, each on its own."""

from __future__ import annotations

import pytest

from classifiers.rules import Rules
from classifiers.stories import stories
from tests.classify.conftest import tags_of
from yuqing.core.records import Article

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


def test_the_word_of_a_digest_begins_or_ends_its_title() -> None:
    body = "第一句话。第二句话。第三句话。第四句话。"
    found = {
        title: len(stories(Article(url="", title=title, body=body))) for title in ("三农信息（8日）", "信息进村见闻")
    }
    assert found == {"三农信息（8日）": 4, "信息进村见闻": 0}
