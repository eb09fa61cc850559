"""Items made by hand for the report's tests; all texts are our own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

import pytest

from classifiers.keywords import parse_keywords
from classifiers.names import names_of
from tests.conftest import ROOT
from yuqing.core.records import Article, EventTag, Item, RegionTag, ReprintCluster, Review, SectorTag, Tags
from yuqing.core.times import Window
from yuqing.core.urls import item_id
from yuqing.review.report.form import Form

MakeItem = Callable[..., Item]
NAMES = names_of(parse_keywords(ROOT / "keywords.yaml")[1])
FORM = Form(names=NAMES)


def make(
    title: str,
    body: str,
    day: str,
    *,
    sections: tuple[str, ...] = ("province",),
    region: tuple[str, ...] = (),
    ministries: tuple[str, ...] = (),
    enterprises: tuple[str, ...] = (),
    phrases: tuple[str, ...] = (),
    events: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
    url: str = "",
    tier: str = "province-gov",
    site: str = "某省人民政府",
    cluster: ReprintCluster | None = None,
    review: Review | None = None,
    relevant: bool = True,
    window: str = "2018-03",
) -> Item:
    """An item; ``region`` is (province, city, county) as far as known."""
    url = url or f"http://www.example.gov.cn/{day}/{hashlib.sha256((title + body).encode()).hexdigest()[:12]}.html"
    units = (*region, "", "", "")[:3]
    return Item(
        id=item_id(url),
        source_id="example",
        source_name=site,
        tier=tier,
        fetched_at=f"{day}T08:00:00+08:00",
        window=window,
        content_hash="",
        article=Article(url=url, title=title, body=body, published_at=day),
        tags=Tags(
            relevant=relevant,
            sections=sections,
            regions=(RegionTag(province=units[0], city=units[1], county=units[2], primary=True),) if region else (),
            ministries=ministries,
            enterprises=enterprises,
            sectors=tuple(SectorTag(name=phrase, group=None, phrase=phrase) for phrase in phrases),
            events=tuple(EventTag(kind="峰会", name=name) for name in events),
            topics=topics,
        ),
        cluster=cluster,
        review=review or Review(),
    )


@pytest.fixture(scope="session")
def make_item() -> MakeItem:
    """The factory of items."""
    return make


@pytest.fixture(scope="session")
def window() -> Window:
    """The window of the published sample."""
    return Window("2018-03", date(2018, 2, 14), date(2018, 3, 15))


@pytest.fixture(scope="session")
def month() -> list[Item]:
    """A small month with something in every section."""
    return [
        make(
            "教育部部署第四届“互联网+”大赛",
            "人民网北京3月9日电（记者李某某）教育部9日印发《关于举办第四届“互联网＋”创新大赛的通知》"
            "（以下简称《通知》），对大赛作出安排。\n《通知》明确，大赛六月启动。\n（责编：张三、李四）",
            "2018-03-09",
            sections=("ministry",),
            ministries=("教育部",),
            phrases=("互联网+创新创业",),
            url="http://www.moe.edu.cn/1.html",
            tier="ministry",
            site="教育部",
        ),
        make(
            "司法部研究公共法律服务",
            "2月23日，司法部召开专题会议，研究加快推进“互联网+公共法律服务”的措施。",
            "2018-02-24",
            sections=("ministry",),
            ministries=("司法部",),
            phrases=("互联网+公共法律服务",),
            url="http://www.gov.cn/2.html",
            tier="central-gov",
            site="中国政府网",
        ),
        make(
            "温州信访牵手中国电信",
            "2月24日上午，温州市信访局与中国电信温州分公司签署智慧信访战略合作协议，借力“互联网+”打造阳光信访。",
            "2018-02-26",
            sections=("province", "enterprise"),
            region=("浙江省", "温州市"),
            enterprises=("中国电信",),
            url="http://www.zj.gov.cn/3.html",
        ),
        make(
            "青岛推出电子社保卡",
            "昨日上午，青岛市人社局召开通气会，正式推出互联网＋人社电子社保卡。市民今后办事不用带卡。",
            "2018-03-13",
            region=("山东省", "青岛市"),
            phrases=("互联网+人社",),
            url="http://www.sd.gov.cn/4.html",
        ),
        make(
            "延庆启用健康通",
            "近日，我市首个健康通平台在延庆区正式启用，提供“互联网+医疗服务”。",
            "2018-03-05",
            region=("北京市", "北京市", "延庆区"),
            phrases=("互联网+医疗服务",),
            url="http://www.beijing.gov.cn/5.html",
        ),
        make(
            "警务论坛在杭州举办",
            "3月5日至6日，阿里巴巴钉钉主办的“互联网+警务”创新论坛在杭州举办。150余名代表参加。与会者分享了心得。",
            "2018-03-07",
            sections=("enterprise", "summit"),
            enterprises=("阿里巴巴",),
            events=("“互联网+警务”创新论坛",),
            phrases=("互联网+警务",),
            url="http://www.people.com.cn/6.html",
            tier="central-media",
            site="人民网",
        ),
        make(
            "多领域推进“互联网+”写入报告",
            "新华社北京3月5日电 3月5日，政府工作报告提出，在医疗、养老等多领域推进“互联网+”。报告还提出发展智能产业。",
            "2018-03-05",
            sections=("special",),
            topics=("两会",),
            phrases=("互联网+医疗",),
            url="http://www.xinhuanet.com/7.html",
            tier="central-media",
            site="新华网",
        ),
    ]
