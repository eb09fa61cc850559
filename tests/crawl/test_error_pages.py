"""Error pages with status 200, pages behind a refresh, and addresses that cannot exist, on a small real web."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.missing import impossible_url
from crawler.sources import load_sources
from tests.crawl.test_spider import HOST, SOURCES, article, crawl, outcomes
from tests.crawl.web import Web, serve
from yuqing.core.times import now
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.ops.health import source_health

TITLE = "示例省出台“互联网+医疗健康”实施意见"
NAV = "".join(f"<li><a href='/c/{n}/'>政务公开栏目{n}</a></li>" for n in range(30))
ERRORS = {
    "gone": "<title>404-示例省</title><p>抱歉，您访问的页面不存在或已删除。</p><p>您可以返回首页，或使用站内检索。</p>",
    "care": "<title>系统维护</title><p>本网站正在进行系统升级维护，期间暂停服务，给您带来的不便敬请谅解。</p>",
    "moved": "<title>示例省</title><p>您访问的网站因升级改版已迁移至新平台，请收藏并访问新网址，五秒后跳转。</p>",
    "login": "<title>用户登录</title><p>您尚未登录或登录已超时，请登录后继续浏览，本站仅限注册用户阅读。</p>",
    "browser": "<title>example</title><h1>无法访问此网站</h1><p>响应时间过长。</p><p>ERR_CONNECTION_TIMED_OUT</p>",
    "alike": f"<title>示例省</title><ul>{NAV}</ul><p>欢迎您来到示例省，本省山清水秀，人杰地灵，物产丰富，气候宜人。"
    "全省各族人民团结一心，正以昂扬的姿态建设美好家园，热忱欢迎海内外朋友前来观光旅游、投资兴业、共谋发展。</p><p>2018-03-01</p>",
}  # fmt: skip
SLIDER = "<title>访问验证</title><p>您的访问过于频繁，请按住滑块，拖动到最右边，完成拼图后继续。</p>"


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as running:
        running.put(f"{HOST}/robots.txt", "", 404)
        yield running


def listing(*names: str) -> str:
    rows = "".join(f"<li><a href='/a/{name}.html'>{TITLE}</a><span>2018-03-05</span></li>" for name in names)
    return f"<ul class='news'>{rows}</ul>"


def page(text: str) -> str:
    return f"<html><head><meta charset='utf-8'></head><body>{text}</body></html>"


def refresh(target: str) -> str:
    return f"<html><head><meta http-equiv='refresh' content='0; url={target}'></head><body></body></html>"


def test_error_pages_are_told_and_not_stored(web: Web, tmp_path: Path, root: Path) -> None:
    """Each is counted with its sign; the site is asked once how it answers to an address that cannot exist."""
    web.put(f"{HOST}/list/", listing(*ERRORS, "slider", "good"))
    for name, text in ERRORS.items():
        web.put(f"{HOST}/a/{name}.html", page(text))
    web.put(f"{HOST}/a/slider.html", page(SLIDER))
    web.put(f"{HOST}/a/good.html", article(1, TITLE))
    for name in ERRORS:  # it is asked beside whichever comes first
        missing = impossible_url(f"http://{HOST}/a/{name}.html").removeprefix("http://")
        web.put(missing, page(ERRORS["alike"]))
    pages = crawl(web, tmp_path, root, crawl={"refusal_limit": 9})
    found = outcomes(pages)
    assert {found[f"/a/{name}.html"] for name in ERRORS} == {"error-page"}
    assert (found["/a/slider.html"], found["/a/good.html"]) == ("refused", "indexed")
    assert [url for url in found if "no-such-page" in url and found[url] == "control"] != []
    assert sum(hits for url, hits in web.hits.items() if "no-such-page" in url) == 1
    details = {one["url"].rpartition("/")[2]: one["detail"] for one in pages}
    assert "页面不存在" in details["gone.html"]
    assert details["alike.html"].startswith("alike")
    again = outcomes(crawl(web, tmp_path, root, crawl={"refusal_limit": 9}))
    assert {again[f"/a/{name}.html"] for name in ERRORS} == {"error-page"}  # asked again, for it may come back
    assert "/a/good.html" not in again
    assert sum(hits for url, hits in web.hits.items() if "no-such-page" in url) == 1
    assert "错误页" in health(tmp_path)


def health(folder: Path) -> str:
    soon = now() + timedelta(seconds=1)  # the ledger counts by the second, and up to this one
    lines = source_health(load_sources(folder / "sources.yaml"), Ledger(folder / "data" / "ledger.db"), soon, 3)
    return "\n".join(line.text for line in lines)


def test_a_refresh_is_followed_on_the_source_only(web: Web, tmp_path: Path, root: Path) -> None:
    web.put(f"{HOST}/list/", refresh("./real.html"))
    web.put(f"{HOST}/list/real.html", listing("1", "2", "away", "round", "stays"))
    web.put(f"{HOST}/a/1.html", refresh("/a/new.html"))
    web.put(f"{HOST}/a/2.html", refresh("new.html"))
    web.put(f"{HOST}/a/new.html", article(1, TITLE))
    web.put(f"{HOST}/a/away.html", refresh("http://other.example.com/"))
    web.put(f"{HOST}/a/round.html", refresh("/a/back.html"))
    web.put(f"{HOST}/a/back.html", refresh("/a/round.html"))
    stays = article(2, TITLE).replace("<head>", "<head><meta http-equiv='refresh' content='5;url=/'>")
    web.put(f"{HOST}/a/stays.html", stays)
    pages = crawl(web, tmp_path, root)
    found = outcomes(pages)
    assert found["/list/real.html"] == "listing"
    assert len([one for one in pages if one["url"].endswith("/a/new.html")]) == 2  # neither of the two is lost
    assert found["/a/new.html"] in ("indexed", "reprint", "unchanged")
    assert found["/a/away.html"] == "off-site"
    assert "redirect-loop" in found.values()
    assert found["/a/stays.html"] in ("indexed", "reprint")
    assert not [url for url in web.hits if url.startswith("other")]
    assert next(one["detail"] for one in pages if one["url"].endswith("real.html")).startswith("behind the refresh")


def test_a_list_that_gives_nothing_is_not_sound(web: Web, tmp_path: Path, root: Path) -> None:
    """One list of two is in maintenance: the check names it, though the other gives articles."""
    second = f"  - url: http://{HOST}/second/\n    adapter: html-list\n"
    (tmp_path / "sources.yaml").write_text(SOURCES + second, "utf-8")
    web.put(f"{HOST}/list/", listing("1"))
    web.put(f"{HOST}/a/1.html", article(1, TITLE))
    web.put(f"{HOST}/second/", page(ERRORS["care"]))
    pages = crawl(web, tmp_path, root)
    detail = next(one["detail"] for one in pages if one["url"].endswith("/second/"))
    assert detail.startswith("maintenance")
    assert f"1 个列表页未给出文章链接（http://{HOST}/second/）" in health(tmp_path)
