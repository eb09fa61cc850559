"""A new source by its address in the tab 采集: looked at in a process of its own, shown, then written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from crawler.sources import load_sources
from tests.sources.changing.changes import COLUMN
from tests.sources.changing.known import Trs
from tests.sources.changing.measure import served
from tests.sources.changing.site import Site
from tests.web.conftest import ADDRESS, WINDOW, Page
from yuqing.core.times import now
from yuqing.monitor.publish.review_page import host_headers, make_services
from yuqing.monitor.setting_tables import CrawlSettings
from yuqing.monitor.workspace import Workspace
from yuqing.review.web.app import create_app
from yuqing.review.web.base import NAME_COOKIE


@pytest.fixture
def page(space: Workspace, tmp_path: Path) -> Iterator[Page]:
    """The page, with sources of its own and one site on the web."""
    sources = tmp_path / "own-sources.yaml"
    sources.write_text("# 我的来源\n[]\n", "utf-8")
    with served([Site("www.n.gov.cn", "示范市人民政府网", 7, Trs(), now().date())]) as (port, _):
        crawl = CrawlSettings(delay=0, autothrottle=False, retries=0, gateway=port)
        space.settings = space.settings.model_copy(update={"crawl": crawl, "sources": sources})
        app = create_app(make_services(space, WINDOW), hosts=host_headers("127.0.0.1", 8765))
        with TestClient(app, base_url=ADDRESS, follow_redirects=False) as client:
            client.cookies.set(NAME_COOKIE, "%E7%8E%8B%E6%95%8F")
            yield Page(client, space)


def test_a_source_is_shown_and_then_written(page: Page) -> None:
    assert 'action="/sources/look"' in page.get("/runs")
    assert "不是网页地址" in page.post("/sources/look", {"url": "www.n.gov.cn"})
    shown = page.post("/sources/look", {"url": "http://www.n.gov.cn/"})
    assert shown.count('<span class="url">http://www.n.gov.cn/') == 10
    assert "示范市人民政府网" in shown
    assert "正文" in shown
    sources = page.space.settings.sources
    assert not load_sources(sources)
    token = re.search(r'name="token" value="([^"]+)"', shown)
    assert token, re.findall(r'role="alert">([^<]*)', shown)
    assert "已写入来源文件" in page.post("/sources/keep", {"token": token[1]})
    assert "已过时" in page.post("/sources/keep", {"token": token[1]}, code=400)
    (source,) = load_sources(sources).values()
    assert (source.id, source.lists[0].channel) == ("gov-n", COLUMN)
    assert sources.read_text("utf-8").startswith("# 我的来源\n")
    assert "已经属于来源 gov-n" in page.post("/sources/look", {"url": "http://www.n.gov.cn/xwdt/"})
