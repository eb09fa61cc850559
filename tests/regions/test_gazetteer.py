"""The vendored gazetteer: names, codes, renames by date, and names that stay open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from classifiers.document import Document, prepare
from classifiers.regions.gazetteer import gazetteer
from tests.regions.resolved import resolve
from yuqing.core.provinces import Province, province_of, provinces
from yuqing.core.records import Article, RegionTag, Source

# The codes that Kibana's layer of Chinese provinces joins on.
ISO = [
    "BJ",
    "TJ",
    "HE",
    "SX",
    "NM",
    "LN",
    "JL",
    "HL",
    "SH",
    "JS",
    "ZJ",
    "AH",
    "FJ",
    "JX",
    "SD",
    "HA",
    "HB",
    "HN",
    "GD",
    "GX",
    "HI",
    "CQ",
    "SC",
    "GZ",
    "YN",
    "XZ",
    "SN",
    "GS",
    "QH",
    "NX",
    "XJ",
    "TW",
    "HK",
    "MO",
]


def _document(body: str, title: str = "", day: str = "", province: str = "") -> Document:
    article = Article(url="https://s.example/1", title=title, body=body, published_at=day)
    if not province:
        return prepare(article)
    return prepare(article, Source(id="s", name="站", tier="province-gov", hosts=("s.example",), province=province))


def _tags(body: str, **more: str) -> tuple[RegionTag, ...]:
    return resolve(_document(body, **more))[0]


def test_all_province_level_divisions_with_the_codes_kibana_joins_on() -> None:
    assert [province.iso for province in provinces()] == [f"CN-{letters}" for letters in ISO]
    assert len({province.code for province in provinces()}) == 34


@pytest.mark.parametrize("province", provinces(), ids=lambda province: province.iso)
def test_a_province_is_found_by_every_name_and_code(province: Province) -> None:
    for key in (province.name, *province.shorts, *province.letters, province.code, province.code[:2], province.iso):
        assert province_of(key) is province
    for name in (province.name, *province.shorts):
        tags = _tags(f"{name}出台“互联网+”行动方案，推动产业升级。")
        assert [(tag.province, tag.code, tag.primary) for tag in tags] == [(province.name, province.code, True)], name


def test_an_unknown_name_has_no_province_and_no_code() -> None:
    assert province_of("火星") is None


def test_every_city_is_found_by_its_full_name_with_its_own_code() -> None:
    cities = [division for division in gazetteer().divisions.values() if division.city and not division.county]
    assert len(cities) > 330
    for city in cities:
        tags = _tags(f"{city.city}政府推出网上服务。")
        assert [(tag.province, tag.city, tag.code) for tag in tags] == [(city.province, city.city, city.code)], city


def test_every_county_is_found_behind_its_city() -> None:
    counties = [division for division in gazetteer().divisions.values() if division.county]
    assert len(counties) > 2800
    for county in counties:
        tags = _tags(f"{county.province}{county.city}{county.county}推出网上服务。")
        assert [(tag.province, tag.city, tag.county, tag.code, tag.primary) for tag in tags] == [
            (county.province, county.city, county.county, county.code, True)
        ], county


@pytest.mark.parametrize(
    ("old", "day", "city", "county", "code"),
    [
        ("莱芜市", "2018-03-05", "济南市", "莱芜区", "370116"),
        ("襄樊市", "2010-11-01", "襄阳市", "", "420600"),
        ("即墨市", "2016-05-01", "青岛市", "即墨区", "370215"),
        ("下城区", "2020-05-01", "杭州市", "拱墅区", "330105"),
        ("海门市", "2019-05-01", "南通市", "海门区", "320614"),
        ("那曲地区", "2017-05-01", "那曲市", "", "540600"),
        ("寻甸县", "2020-05-01", "昆明市", "寻甸回族彝族自治县", "530129"),
    ],
)
def test_an_old_or_short_name_gives_the_division_of_today(
    old: str, day: str, city: str, county: str, code: str
) -> None:
    tags = _tags(f"{old}启动“互联网+政务服务”试点。", day=day)
    assert [(tag.city, tag.county, tag.code, tag.primary) for tag in tags] == [(city, county, code, True)]


def test_an_old_name_counts_only_while_it_was_in_use() -> None:
    # 邢台's 桥东区 became 襄都区 in June 2020; 张家口 still has a 桥东区.
    text = "河北省民政厅介绍，桥东区试点网上婚姻登记。"
    before = _tags(text, day="2018-03-05")
    assert any(tag.reason.startswith("unresolved") and tag.county == "桥东区" for tag in before)
    after = _tags(text, day="2024-03-05")
    assert [(tag.city, tag.county) for tag in after] == [("张家口市", "桥东区")]


@pytest.mark.parametrize(
    ("body", "more", "expected"),
    [
        ("鼓楼区推出网上议事厅。", {}, None),
        ("鼓楼区推出网上议事厅。", {"province": "福建省"}, ("福建省", "福州市")),
        ("徐州市召开会议，鼓楼区推出网上议事厅。", {}, ("江苏省", "徐州市")),
        ("鼓楼区推出网上议事厅，开封市政府予以推广。", {}, ("河南省", "开封市")),
        ("鼓楼区推出网上议事厅，江苏省民政厅予以推广。", {}, None),  # Nanjing and Xuzhou both have one
    ],
)
def test_an_ambiguous_county_is_resolved_by_its_surroundings_or_left_open(
    body: str, more: dict[str, str], expected: tuple[str, str] | None
) -> None:
    tags = [tag for tag in _tags(body, **more) if tag.county == "鼓楼区"]
    assert len(tags) == 1
    if expected is None:
        assert tags[0].province == ""
        assert not tags[0].primary
        assert tags[0].reason.startswith("unresolved")
        assert "江苏省" in tags[0].reason
    else:
        assert (tags[0].province, tags[0].city) == expected


@pytest.mark.parametrize(
    "body",
    [
        "整合资源，加强合作，公安、民政等部门共享数据，让光明照进每个角落。",
        "各市和县级平台完成对接，创新县域治理，提高县级能力，形成县乡一体。",
        "创新乡村治理，投资阳光产业，西南通道畅通，交通化解难题，集中卫生资源。",
        "复合肥企业不再东躲西藏，洛阳纸贵的老话又有人提。",
        "北京时间上午九点，孙中山故居网上展厅开放。",
        "黄河南岸、太湖南岸与珠江西岸的工厂都用上了云平台。",
        "阿里巴巴与京东发布数据，美国德州的用户增长最快。",
        "长治久安离不开科技支撑，身体安康是最大的财富，求同存异、大同小异。",
    ],
)
def test_ordinary_words_are_no_places(body: str) -> None:
    assert _tags(body) == ()


def test_a_place_is_tagged_once_and_the_broader_folded_in() -> None:
    tags = _tags("浙江省温州市鹿城区启动试点。温州市政府、浙江省政府予以支持，鹿城区将扩大试点。")
    assert [(tag.province, tag.city, tag.county) for tag in tags] == [("浙江省", "温州市", "鹿城区")]


def test_all_tags_of_a_province_agree_on_primary() -> None:
    tags = _tags("武汉市政府启动试点。湖北大学、宜昌市随后跟进，北京大学提供支持。", title="武汉启动试点")
    flags = {tag.province: {other.primary for other in tags if other.province == tag.province} for tag in tags}
    assert flags == {"湖北省": {True}, "北京市": {False}}


def test_evidence_points_into_the_original_text_behind_folded_letters() -> None:
    body = "“互联网 ＋ ”政务：５月６日，浙江省 发布。\n苏州市“互联网” +教育平台上线。"
    tags, evidence = resolve(_document(body, title="互联网＋ 在江苏苏州"))
    assert {tag.province for tag in tags} == {"浙江省", "江苏省"}
    for item in evidence:
        text = "互联网＋ 在江苏苏州" if item.field == "title" else body
        assert text[item.start : item.end] == item.text
        assert item.text in text
        assert item.sentence in text
    assert {item.text for item in evidence} == {"浙江省", "江苏苏州"}


@pytest.mark.parametrize("make", [str, lambda text: text.replace("，", "\n"), lambda text: text * 3])
def test_nothing_is_lost_on_odd_texts(make: Callable[[str], str]) -> None:
    tags = _tags(make("，浙江省杭州市，"))
    assert [(tag.province, tag.city) for tag in tags] == [("浙江省", "杭州市")]
    assert _tags("") == ()
