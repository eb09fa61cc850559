"""Articles that a person adds: by address with the crawl's manners, and by hand; a rebuild and a re-crawl keep them."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.crawl.web import Web, serve
from tests.web.conftest import ADDRESS, WINDOW, Page
from yuqing.core.records import Item, Review
from yuqing.monitor.publish.review_page import host_headers, make_services
from yuqing.monitor.run.add import keep, look
from yuqing.monitor.run.rebuild import run_rebuild
from yuqing.monitor.setting_tables import CrawlSettings
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace
from yuqing.review.web.app import create_app
from yuqing.review.web.base import NAME_COOKIE
from yuqing.review.web.guard import CSRF_COOKIE

TEXT = "3月9日，杭州市上线“互联网+政务服务”平台，市民可在网上办理三百项事项。平台由市政务办建设，年内覆盖各区县。"
NEWS = f"""<html><head><title>杭州上线政务平台</title></head><body><div class="article">
<h1>杭州上线政务平台</h1>
<p>发布时间：2018-03-09 来源：杭州日报</p>
<div class="content"><p>{TEXT}</p><p>{TEXT.replace("杭州", "宁波")}</p></div></div>
</body></html>"""


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as web:
        web.put("www.zj.gov.cn/robots.txt", "User-agent: *\nDisallow: /secret/\n")
        web.put("www.zj.gov.cn/art/1.html", NEWS)
        web.put("www.zj.gov.cn/secret/2.html", NEWS)
        web.put("blog.example.com/robots.txt", "", 404)
        web.put("blog.example.com/3.html", NEWS.replace("杭州", "温州"))
        web.put("shut.example.com/robots.txt", "", 404)
        web.put("shut.example.com/4.html", "no", 403)
        yield web


@pytest.fixture
def adding(space: Workspace, web: Web) -> Workspace:
    """The data folder, whose requests all go to the test's web."""
    crawl = CrawlSettings(delay=0, autothrottle=False, retries=0, gateway=web.port)
    settings = Settings(
        data=space.settings.data, keywords=space.settings.keywords, sources=space.settings.sources, crawl=crawl
    )
    space.settings = settings
    return space


@pytest.fixture
def page(adding: Workspace) -> Iterator[Page]:
    app = create_app(make_services(adding, WINDOW), hosts=host_headers("127.0.0.1", 8765))
    with TestClient(app, base_url=ADDRESS, follow_redirects=False) as client:
        client.cookies.set(NAME_COOKIE, "%E7%8E%8B%E6%95%8F")
        yield Page(client, adding)


def looked(page: Page, form: dict[str, str], files: list[tuple[str, tuple[str, bytes]]] | None = None) -> str:
    """What the form leads to in a browser."""
    page.get("/add")
    data = {**form, "csrf": page.client.cookies[CSRF_COOKIE]}
    headers = {"Origin": ADDRESS}
    answer = page.client.post("/add/look", data=data, files=files, headers=headers, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def kept(page: Page, shown: str) -> Item:
    """The item after “收下” on what was shown."""
    token = re.search(r'name="token" value="([^"]+)"', shown)
    assert token, re.findall(r'role="alert">([^<]*)', shown)
    assert page.get(f"/add?look={token[1]}") == shown  # “reload” and “back” fetch nothing again
    page.post("/add/keep", {"token": token[1]}, code=303)
    assert "已经收下" in page.get(f"/add?look={token[1]}")
    assert "已经收下" in page.post("/add/keep", {"token": token[1]}, code=400)
    (found,) = [item for item in page.space.store.scan() if item.added_by]
    return found


def rebuilt(space: Workspace, tmp_path: Path) -> dict[str, Item]:
    """The items that the archive gives in an empty store."""
    settings = space.settings.model_copy(update={"store": str(tmp_path / "again.db")})
    again = Workspace(settings)
    try:
        run_rebuild(again, None, lambda result: None, processes=1)
        return {item.id: item for item in again.store.scan()}
    finally:
        again.close()


def test_by_address_it_is_shown_then_kept_archived_and_rebuilt(page: Page, web: Web, tmp_path: Path) -> None:
    shown = looked(page, {"how": "address", "url": "http://www.zj.gov.cn/art/1.html#top"})
    assert "请核对" in shown
    assert TEXT in html.unescape(shown)
    assert "监测期 2018-03" in shown
    assert not [item for item in page.space.store.scan() if item.added_by]  # nothing is kept yet
    item = kept(page, shown)
    assert (item.added_by, item.source_id, item.window) == ("王敏", "gov-zj", WINDOW)
    assert item.tags.evidence
    assert item.article.title in page.get(f"/?window={WINDOW}&item={item.id}")
    assert "王敏 补充" in page.get(f"/?window={WINDOW}&state=all")
    assert TEXT in html.unescape(page.get(f"/items/{item.id}/archived"))
    assert rebuilt(page.space, tmp_path)[item.id] == item
    assert web.hits["www.zj.gov.cn/robots.txt"] == 1


def test_a_crawl_of_the_same_address_keeps_who_added_it(adding: Workspace) -> None:
    found = look(adding, "http://www.zj.gov.cn/art/1.html", "王敏")
    assert found.page is not None
    item, _ = keep(adding, found.page)
    adding.store.set_review(item.id, Review(state="accepted", row="一行。", by="王敏"), 0)
    crawled = look(adding, "http://www.zj.gov.cn/art/1.html", "").item
    assert crawled is not None
    adding.store.put([crawled])
    again = adding.store.get(item.id)
    assert again is not None
    assert (again.added_by, again.review.row) == ("王敏", "一行。")


@pytest.mark.long
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://www.zj.gov.cn/secret/2.html", "robots.txt 不允许"),
        ("http://shut.example.com/4.html", "拒绝访问"),
        ("http://www.zj.gov.cn/none.html", "HTTP 错误"),
        ("ftp://www.zj.gov.cn/1.html", "不是网页地址"),
        ("http://[::1", "不是网页地址"),
    ],
)
def test_a_page_that_cannot_be_had_says_why(page: Page, url: str, said: str) -> None:
    shown = looked(page, {"how": "address", "url": url})
    assert said in shown
    assert 'name="token"' not in shown
    assert not [item for item in page.space.store.scan() if item.added_by]


def test_a_host_of_no_source_is_asked_for_the_page(page: Page) -> None:
    item = kept(page, looked(page, {"how": "address", "url": "http://blog.example.com/3.html"}))
    assert (item.source_id, item.source_name) == ("blog.example.com", "blog.example.com")


def test_by_hand_it_is_an_item_like_others(page: Page, adding: Workspace, tmp_path: Path) -> None:
    form = {"how": "hand", "title": "杭州上线平台", "text": TEXT, "day": "2018-03-09", "source": "杭州日报"}
    wrong = ("", "3月9日", "2018", "2018-02-29", "2018-13-01", "9999-12-31", "0001-01-01")
    assert all("不是日期" in looked(page, {**form, "day": day}) for day in wrong)
    assert "还没有到" in looked(page, {**form, "day": "2999-12-31"})
    for day in ("2018-3-9", "2018/03/09", "2018年3月9日", "20180309", "２０１８-03-09"):
        assert "<span>2018-03-09</span>" in looked(page, {**form, "day": day}), day
    assert "标题有 301 个字，最多 300 个字" in looked(page, {**form, "title": "题" * 301})
    assert "至少 10 个字" in looked(page, {**form, "text": "短"})
    item = kept(page, looked(page, {**form, "url": "http://www.zj.gov.cn/art/1.html"}))
    assert (item.added_by, item.article.method, item.article.origin) == ("王敏", "by-hand", "杭州日报")
    assert [sector.phrase for sector in item.tags.sectors] == ["互联网+政务服务"]
    assert "王敏 手工录入" in page.get(f"/?window={WINDOW}&item={item.id}")
    crawled = look(adding, "http://www.zj.gov.cn/art/1.html", "").item
    assert crawled is not None
    assert crawled.id == item.id
    assert [result.written for result in adding.store.put([crawled])] == ["unchanged"]  # what a person typed stays
    assert adding.store.get(item.id) == item
    assert rebuilt(adding, tmp_path)[item.id] == item


def test_files_are_kept_with_what_is_typed_and_only_ever_saved(page: Page, tmp_path: Path) -> None:
    page.get("/add")
    form = {
        "csrf": page.client.cookies[CSRF_COOKIE],
        "how": "hand",
        "title": "内部材料",
        "text": TEXT,
        "day": "2018-03-10",
        "source": "省政务办",
    }
    evil = b"<script>alert(1)</script>"
    files = [
        ("files", (name, content)) for name, content in (("../甲.html", evil), ("甲.html", b"\x00\xff"), ("", b""))
    ]
    headers = {"Origin": ADDRESS}
    large = [("files", ("a.bin", b"0" * (10 * 1024 * 1024 + 1)))]
    refused = looked(page, form, large)
    assert "不能超过 10 MB" in refused
    assert "请重新选择：a.bin" in refused  # a browser does not keep them
    shown = looked(page, form, files)
    assert "甲(2).html" in shown
    item = kept(page, shown)
    assert [file.name for file in item.article.attachments] == ["甲.html", "甲(2).html"]
    assert rebuilt(page.space, tmp_path)[item.id] == item
    assert f'href="/items/{item.id}/attachments/2"' in page.get(f"/?window={WINDOW}&state=all&item={item.id}")
    assert "<script>alert" not in page.get(f"/items/{item.id}/archived")
    saved = page.client.get(f"/items/{item.id}/attachments/1")
    assert saved.content == evil
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"].startswith("attachment;")
    assert "%E7%94%B2.html" in saved.headers["content-disposition"]
    assert page.client.get(f"/items/{item.id}/attachments/2").content == b"\x00\xff"
    for missing in (f"{item.id}/attachments/3", f"{item.id}/attachments/0", "none/attachments/1"):
        assert page.client.get(f"/items/{missing}").status_code == 404
    without = page.client.post("/add/look", data={**form, "csrf": "x"}, files=files, headers=headers)
    assert without.status_code == 403


def test_by_hand_without_an_address(page: Page) -> None:
    form = {"how": "hand", "title": "内部材料", "text": TEXT, "day": "2018-03-10", "source": "省政务办", "url": ""}
    item = kept(page, looked(page, form))
    assert item.article.url.startswith("http://by-hand.invalid/")
    assert item.source_name == "省政务办"
    page.decide(item, "accept")
    for kind in (
        "html",
        "md",
        "json",
        "xlsx",
        "csv",
        "docx",
    ):  # its source is printed, and no address that leads nowhere
        made = page.client.get(f"/report/download.{kind}?window={WINDOW}").content
        if kind in ("docx", "xlsx"):
            with zipfile.ZipFile(io.BytesIO(made)) as parts:
                made = b"".join(parts.read(name) for name in parts.namelist())
        assert "省政务办" in html.unescape(made.decode("utf-8", "replace")), kind
        assert b"by-hand" not in made, kind
    for form_of in ("atom", "rss", "json"):  # Atom demands a link or a content
        assert "内部材料" in page.get(f"/feeds/sections/province.{form_of}")
    for address in (
        f"/report?window={WINDOW}",
        f"/?window={WINDOW}&state=all&item={item.id}",
        f"/items/{item.id}/archived",
    ):
        assert "by-hand.invalid" not in page.get(address), address
    assert "请写来源" in looked(page, {**form, "source": " "})


def test_the_bookmarklet_fills_the_form_and_loses_no_cookie(page: Page) -> None:
    address = "/add?url=http%3A%2F%2Fa.cn%2F1&title=%E6%A0%87%E9%A2%98&text=%E6%AD%A3%E6%96%87"
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    fresh = TestClient(page.client.app, base_url=ADDRESS, follow_redirects=False)
    first = fresh.get(address, headers=elsewhere)
    assert 'http-equiv="refresh"' in first.text
    assert "set-cookie" not in first.headers
    assert fresh.get(address).headers["location"].startswith("/name?next=%2Fadd%3Furl%3D")
    shown = page.get(address)
    for said in ('value="http://a.cn/1"', 'value="标题"', ">正文</textarea>"):
        assert said in shown
    assert "只带来了前" not in shown
    assert "只带来了前 6000 字" in page.get("/add?url=http%3A%2F%2Fa.cn%2F1&text=" + "a" * 6000)
    assert ".slice(0,6000)" in shown


def test_the_name_form_leads_back(page: Page) -> None:
    fresh = TestClient(page.client.app, base_url=ADDRESS, follow_redirects=False)
    asked = fresh.get("/?window=2018-02&state=all")
    assert asked.headers["location"] == "/name?next=%2F%3Fwindow%3D2018-02%26state%3Dall"
    token = fresh.get(asked.headers["location"]).text
    csrf = re.search(r'name="csrf" value="([^"]+)"', token)[1]
    for given, leads in (("/?window=2018-02&state=all", "/?window=2018-02&state=all"), ("//evil.example/", "/")):
        answer = fresh.post("/name", data={"csrf": csrf, "name": "李", "next": given}, headers={"Origin": ADDRESS})
        assert answer.headers["location"] == leads
