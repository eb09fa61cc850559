"""A small month in a real store, and the review page over it; all texts are our own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.web.browser import chromium, demo_home, desk, served
from yuqing.core.records import Article, Evidence, Item, RegionTag, ReprintCluster, Section, SectorTag, Tags
from yuqing.core.urls import item_id
from yuqing.monitor.publish.review_page import host_headers, make_services
from yuqing.monitor.setting_tables import ReviewSettings
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace
from yuqing.review.web.app import create_app
from yuqing.review.web.base import NAME_COOKIE
from yuqing.review.web.guard import CSRF_COOKIE, CSRF_HEADER
from yuqing.review.web.tag_form import FIELD, choices, tags_before

__all__ = ["chromium", "demo_home", "desk", "served"]

WINDOW = "2018-03"
ADDRESS = "http://127.0.0.1:8765"
SOURCES = """
- id: gov-zj
  name: 浙江省人民政府
  tier: province-gov
  hosts: [www.zj.gov.cn]
  lists: [{url: http://www.zj.gov.cn/list/, adapter: html-list}]
- id: people
  name: 人民网
  tier: central-media
  hosts: [people.com.cn]
  lists: [{url: http://people.com.cn/list/, adapter: html-list}]
"""


def make(
    title: str,
    body: str,
    day: str = "2018-03-09",
    *,
    sections: tuple[Section, ...] = ("province",),
    province: str = "浙江省",
    phrase: str = "互联网+政务服务",
    ministries: tuple[str, ...] = (),
    relevant: bool = True,
    cluster: ReprintCluster | None = None,
    source: str = "gov-zj",
) -> Item:
    """An item of the window; its first evidence is the phrase where the body has it."""
    url = f"http://www.example.gov.cn/{day}/{hashlib.sha256((title + source).encode()).hexdigest()[:12]}.html"
    at = body.find(phrase)
    evidence = (
        (Evidence(tag=phrase, rule="sector:x", text=phrase, start=at, end=at + len(phrase), sentence=body),)
        if at >= 0
        else ()
    )
    return Item(
        id=item_id(url),
        source_id=source,
        source_name="某省人民政府",
        tier="province-gov",
        fetched_at=f"{day}T08:00:00+08:00",
        window=WINDOW,
        content_hash=hashlib.sha256(body.encode()).hexdigest(),
        article=Article(url=url, title=title, body=body, published_at=day, date_source="label"),
        tags=Tags(
            relevant=relevant,
            score=6.0 if relevant else 1.0,
            sectors=(SectorTag(name=phrase.removeprefix("互联网+"), group="政务", phrase=phrase),),
            regions=(RegionTag(province=province, primary=True),) if province else (),
            ministries=ministries,
            sections=sections,
            evidence=evidence,
            rules="test",
        ),
        cluster=cluster,
    )


def month() -> list[Item]:
    """Five stories: one of them in two reprints, one below the threshold."""
    body = "3月8日，杭州市政府印发《“互联网+政务服务”工作方案》，年内实现网上办理。市民少跑腿。"
    lead = make("杭州市印发工作方案", body, "2018-03-08")
    lead = make("杭州市印发工作方案", body, "2018-03-08", cluster=ReprintCluster(id=lead.id, lead=True))
    return [
        lead,
        make("杭州方案（转载）", body, "2018-03-09", cluster=ReprintCluster(id=lead.id, lead=False), source="people"),
        make(
            "教育部部署“互联网+教育”试点",
            "3月9日，教育部印发《关于开展“互联网+教育”试点的通知》，在五省开展试点。",
            sections=("ministry",),
            province="",
            phrase="互联网+教育",
            ministries=("教育部",),
        ),
        make(
            "成都上线便民平台",
            "3月10日，成都市上线“互联网+医疗”便民平台，市民可在线预约挂号。",
            "2018-03-10",
            province="四川省",
            phrase="互联网+医疗",
        ),
        make(
            "贵阳签署合作协议",
            "3月12日，贵阳市与中国联通签署“互联网+旅游”战略合作协议。",
            "2018-03-12",
            province="贵州省",
            phrase="互联网+旅游",
            sections=("province", "enterprise"),
        ),
        make("某县举办运动会", "3月11日，某县运动会开幕，共有三百人参加。", "2018-03-11", relevant=False, sections=()),
    ]


def ticks(item: Item) -> dict[str, str | list[str]]:
    """The fields of the tags as the form has them before anybody touches it."""
    shown = choices(item, tags_before(item))
    return {
        "rules": item.tags.rules,
        **{FIELD + facet: [c.value for c in found if c.ticked] for facet, found in shown.items()},
    }


@dataclass
class Page:
    """The page as one person's browser has it."""

    client: TestClient
    space: Workspace

    def get(self, address: str = "/", *, fragment: bool = False) -> str:
        """A page that must come."""
        answer = self.client.get(address, headers={"HX-Request": "true"} if fragment else {})
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, address: str, data: dict[str, str | list[str]], code: int = 200) -> str:
        """A form as the page's script sends it."""
        if CSRF_COOKIE not in self.client.cookies:
            self.client.get("/")
        headers = {"Origin": ADDRESS, "HX-Request": "true", CSRF_HEADER: self.client.cookies[CSRF_COOKIE]}
        answer = self.client.post(address, data=data, headers=headers)
        assert answer.status_code == code, answer.text
        return answer.text

    def decide(self, item: Item, action: str, version: int = 0, query: str = "", **fields: str | list[str]) -> str:
        """A decision with the form's own defaults."""
        form = {
            "version": str(version),
            "action": action,
            "row": f"{item.article.title}。",
            "sections": list(item.tags.sections),
            "note": "",
            **ticks(item),
        }
        return self.post(f"/items/{item.id}/decide?{query}", {**form, **fields})


@pytest.fixture
def items() -> list[Item]:
    """The month's items."""
    return month()


@pytest.fixture
def space(tmp_path: Path, root: Path, items: list[Item]) -> Iterator[Workspace]:
    """A data folder with the month in its store, and rules of its own."""
    keywords = tmp_path / "keywords.yaml"
    keywords.write_bytes((root / "keywords.yaml").read_bytes())
    sources = tmp_path / "sources.yaml"
    sources.write_text(SOURCES, "utf-8")
    review = ReviewSettings(reasons=True)
    opened = Workspace(Settings(data=tmp_path / "data", keywords=keywords, sources=sources, review=review))
    opened.store.put(items)
    yield opened
    opened.close()


@pytest.fixture
def open_page(space: Workspace) -> Iterator[Callable[[str], Page]]:
    """Opens the page for a person; all of them share one server."""
    app = create_app(make_services(space, WINDOW), hosts=host_headers("127.0.0.1", 8765))
    clients = []

    def page(name: str = "王敏") -> Page:
        client = TestClient(app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=True)
        if name:
            client.cookies.set(NAME_COOKIE, quote(name))
        clients.append(client)
        return Page(client, space)

    yield page
    for client in clients:
        client.close()


@pytest.fixture
def page(open_page: Callable[[str], Page]) -> Page:
    """The page of one person."""
    return open_page("王敏")
