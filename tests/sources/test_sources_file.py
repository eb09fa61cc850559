"""sources.yaml: every record loads and fits, faults are pointed at, URLs find their source."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from cssselect import HTMLTranslator

from crawler.dialects import DIALECTS, SYSTEMS, pattern_of, url_day
from crawler.lists import ADAPTERS
from crawler.source_table import table
from crawler.sources import is_article, load_sources, source_for
from yuqing.core.errors import FileError, YuqingError
from yuqing.core.provinces import mainland
from yuqing.core.records import Source
from yuqing.core.urls import host_allowed, host_of
from yuqing.core.yamlfile import read_yaml


@pytest.fixture(scope="session")
def sources(root: Path) -> Mapping[str, Source]:
    """The sources of this checkout."""
    return load_sources(root / "sources.yaml")


def test_all_191_sources_of_the_survey_are_there(sources: Mapping[str, Source]) -> None:
    tiers = defaultdict(list)
    for source in sources.values():
        tiers[source.tier].append(source.id)
    assert len(sources) >= 191
    assert len(tiers["ministry"]) == 47
    assert {"gov-cn", "people", "xinhuanet", "gov-xjbt", "people-sz", "min-nda", "media-x-gog"} <= set(sources)
    assert sum(len(source.lists) for source in sources.values()) >= 600


def test_every_list_can_be_fetched_and_belongs_to_its_source(sources: Mapping[str, Source]) -> None:
    for source in sources.values():
        assert source.lists, source.id
        seen = set()
        for listed in source.lists:
            fetch = ADAPTERS[listed.adapter].start(listed)
            assert host_allowed(host_of(fetch.url), source.hosts), fetch.url
            assert "{" not in fetch.url, fetch.url
            assert not is_article(fetch.url, source), fetch.url
            seen.add((fetch.url, fetch.body, listed.adapter))
        assert len(seen) == len(source.lists), f"{source.id} names a list twice"


def test_every_province_has_portal_and_both_central_channels(sources: Mapping[str, Source]) -> None:
    held = defaultdict(set)
    for source in sources.values():
        held[source.province].add(source.id.partition("-")[0])
    assert len(mainland()) == 31
    for code, province in mainland().items():
        assert {"gov", "people", "xinhua"} <= held[code], province.name


def test_ministries_are_named_as_keywords_yaml_names_them(sources: Mapping[str, Source], root: Path) -> None:
    names = {record["name"] for record in read_yaml(root / "keywords.yaml").data["ministries"]}
    for source in sources.values():
        assert (source.ministry in names) == (source.tier == "ministry"), source.id


def test_dialects_match_their_own_examples(sources: Mapping[str, Source]) -> None:
    for key, dialect in DIALECTS.items():
        example = dialect.example.replace("<32位>", "0a" * 16).replace("<36位>", "0123abcd-0123-0123-0123-0123456789ab")
        assert dialect.pattern.search(example), key
    assert {key for keys in SYSTEMS.values() for key in keys} <= set(DIALECTS)
    for source in sources.values():
        for rule in source.article_urls:
            assert pattern_of(rule)


def test_selectors_are_such_as_the_extraction_compiles(sources: Mapping[str, Source]) -> None:
    for source in sources.values():
        select = source.select
        for css in (*select.title, *select.body, *select.date, *select.origin, *select.editor, *select.remove):
            assert HTMLTranslator().css_to_xpath(css)
            assert "(" not in css.replace(":nth-of-type(", "").replace(":not(", ""), f"a remark in {source.id}: {css}"


@pytest.mark.parametrize(
    ("url", "owner", "article", "day"),
    [
        ("http://bj.people.com.cn/n2/2018/0305/c82840-31300000.html", "people-bj", True, date(2018, 3, 5)),
        ("http://politics.people.com.cn/n1/2018/0305/c1001-29848888.html", "people", True, date(2018, 3, 5)),
        ("http://bj.people.com.cn/GB/82840/index.html", "people-bj", False, None),
        ("http://www.hlj.xinhuanet.com/jybj/2018-03/05/c_137016405.htm", "xinhua-hlj", True, date(2018, 3, 5)),
        ("http://www.xinhuanet.com/health/2018-03/05/c_1122486782.htm", "xinhuanet", True, date(2018, 3, 5)),
        ("https://www.news.cn/local/20240105/" + "0a" * 16 + "/c.html", "xinhuanet", True, date(2024, 1, 5)),
        ("https://www.gov.cn/yaowen/liebiao/202401/content_6925123.htm", "gov-cn", True, None),
        ("http://www.gov.cn/zhengce/2018-02/24/content_5268440.htm", "gov-cn", True, date(2018, 2, 24)),
        ("http://www.moe.edu.cn/srcsite/A08/s5672/201803/t20180309_329447.html", "min-moe", True, date(2018, 3, 9)),
        ("http://news.163.com/18/0222/16/DB8T0HHN000187VE.html", "media-163", True, date(2018, 2, 22)),
        ("https://www.nda.gov.cn/sjj/zwgk/zcfb/0105/20240105123456789_pc.html", "min-nda", True, date(2024, 1, 5)),
        ("https://moment.rednet.cn/content/646812/45/13456789.html", "media-rednet", True, None),
        ("http://www.hainan.gov.cn/hainan/0101/202401/" + "0a" * 16 + ".shtml", "gov-hi", True, None),
        ("http://news.qianlong.com/2018/0305/2400000.shtml", "media-x-qianlong", False, None),
        (
            "http://www.legaldaily.com.cn/a/2018-02/27/content_7.htm?node=20908",
            "media-legaldaily",
            True,
            date(2018, 2, 27),
        ),
        ("http://people.com.cn.evil.example/n2/2018/0305/c1-1.html", None, False, None),
        ("http://xwww.gov.cn/xinwen/2018-02/16/content_1.htm", None, False, None),
        ("not a url", None, False, None),
        ("http://[bad/1.html", None, False, None),
    ],
)
def test_whose_a_url_is(
    sources: Mapping[str, Source], url: str, owner: str | None, article: bool, day: date | None
) -> None:
    source = source_for(url, sources)
    assert (source.id if source else None) == owner
    if source:
        assert is_article(url, source) == article
        assert url_day(url, source) == day


def test_an_article_of_another_source_is_none_of_mine(sources: Mapping[str, Source]) -> None:
    assert not is_article("http://bj.people.com.cn/n2/2018/0305/c82840-31300000.html", sources["people"])


@pytest.mark.shared
def test_every_url_of_the_published_report_is_an_article_of_a_source(
    sources: Mapping[str, Source], shared: Path
) -> None:
    lines = (shared / "gold" / "report_items.jsonl").read_text("utf-8").splitlines()
    urls = [url for line in lines for url in json.loads(line)["urls"]]
    assert len(urls) > 30
    for url in urls:
        source = source_for(url, sources)
        assert source, url
        assert is_article(url, source), url


RECORD = """\
- id: gov-bj
  name: 北京市人民政府
  tier: province-gov
  province: '11'
  hosts: [www.beijing.gov.cn]
  cms: trs
  lists:
    - {url: https://www.beijing.gov.cn/ywdt/, adapter: trs-static, items: ul li}
  select:
    body: ['#mainText']
"""


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("  name:", "  nmae:", "2:3", "这里没有“nmae”这个键，可用：id、name"),
        ("  name: 北京市人民政府\n", "", "1:3", "缺少必填的键“name”"),
        ("province-gov", "provincial", "3:3", "central-gov、central-media"),
        ("'11'", "'99'", "4:3", "“99”不是省份代码"),
        ("'11'", "11", "4:3", "应为文字"),
        ("[www.beijing.gov.cn]", "www.beijing.gov.cn", "5:3", "应为列表"),
        ("[www.beijing.gov.cn]", "[https://www.beijing.gov.cn]", "5:11", "不是主机名"),
        ("[www.beijing.gov.cn]", "['[www']", "5:11", "不是主机名"),
        ("https://www.beijing.gov.cn/ywdt/", "'https://[www/'", "8:8", "不是网址"),
        ("[www.beijing.gov.cn]", "[]", "5:3", "至少要有一个主机名"),
        ("cms: trs", "cms: typo3", "6:3", "可用：trs"),
        ("trs-static", "trs-statik", "8:47", "没有叫“trs-statik”的列表类型，可用：daily-archive"),
        ("https://www.beijing", "https://www.tianjin", "8:8", "不在来源 gov-bj 的 hosts 里"),
        ("ul li}", "ul li:}", "8:68", "不是 CSS 选择器"),
        ("ul li}", "ul li, next: index.html}", "8:82", "里没有 {n}"),
        ("ul li}", "ul li, page: 3}", "8:82", "这里没有“page”这个键，可用：url、adapter"),
        ("ul li}", "ul li, fields: {date: b}}", "8:91", "列表没有“date”这一项，可用：url、title、day"),
        ("ul li}", "ul li, fields: {day: 'b['}}", "8:91", "不是 CSS 选择器"),
        ("['#mainText']", "['#mainText', 'div >']", "10:25", "不是 CSS 选择器"),
        ("  select:\n", "  article_urls: [trs, '(']\n  select:\n", "9:23", "既不是正则表达式"),
        ("  select:\n", "  url_date: '/(\\d{8})/'\n  select:\n", "9:3", "缺少 y、m、d 三个组"),
        ("  select:\n", "  verified: soon\n  select:\n", "9:3", "verified"),
        ("  select:\n", "  deprecated: {reason: 停办}\n  select:\n", "9:3", "缺少必填的键“date”"),
        ("    body:", "    bodies:", "10:5", "这里没有“bodies”这个键，可用：title、body"),
    ],
)
def test_a_fault_is_pointed_at(tmp_path: Path, old: str, new: str, place: str, says: str) -> None:
    file = tmp_path / "sources.yaml"
    assert old in RECORD
    file.write_text(RECORD.replace(old, new), "utf-8")
    with pytest.raises(FileError) as caught:
        load_sources(file)
    assert any(str(p).startswith(f"{file}:{place}: ") and says in str(p) for p in caught.value.problems), caught.value


def test_all_faults_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    second = RECORD.replace("province: '11'", "province: '10'").replace("cms: trs", "cms: x")
    file.write_text(RECORD + second, "utf-8")
    with pytest.raises(FileError) as caught:
        load_sources(file)
    places = [(p.line, p.column) for p in caught.value.problems]
    assert places == [(11, 3), (14, 3), (16, 3)]
    assert caught.value.exit_code == 2
    assert "编号“gov-bj”前面已经用过" in str(caught.value)


def test_a_host_has_one_source(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(RECORD + RECORD.replace("gov-bj", "gov-bj-2"), "utf-8")
    with pytest.raises(FileError, match=r":15:11: “www\.beijing\.gov\.cn”已属于来源 gov-bj"):
        load_sources(file)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sources: []\n", "1:1: 文件应为来源的列表"),
        ("- id: a\n  name: [\n", "3:1: "),
        ("- 5\n", "1:3: "),
    ],
)
def test_a_file_of_another_shape(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(FileError) as caught:
        load_sources(file)
    assert says in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(YuqingError, match=r"none\.yaml: 没有这个文件"):
        load_sources(tmp_path / "none.yaml")


def test_dates_and_retirement_are_read(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(RECORD + "  verified: 2026-11-24\n  deprecated: {date: 2026-11-25, reason: 停办}\n", "utf-8")
    sources = load_sources(file)
    source = sources["gov-bj"]
    assert source.verified == date(2026, 11, 24)
    assert source.deprecated
    assert source.deprecated.date == date(2026, 11, 25)
    assert "**停用（2026-11-25）**：停办" in table(sources)


def test_the_table_in_docs_is_current(sources: Mapping[str, Source], root: Path) -> None:
    written = (root / "docs" / "sources.md").read_text("utf-8")
    assert written == table(sources), "run: yuqing sources table --out docs/sources.md"
    assert all(f"`{key}`" in written for key in (*sources, *ADAPTERS, *DIALECTS))
