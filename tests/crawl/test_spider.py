"""The spider on a small real web: what it fetches, what it leaves alone, and what it writes down."""

from __future__ import annotations

import gzip
import json
import os
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import forked
from tests.crawl.drive import Drive
from tests.crawl.web import Answer, Web, serve
from tests.forked import Started

HOST = "www.example.gov.cn"
SOURCES = f"""
- id: gov-example
  name: 示例省人民政府
  tier: province-gov
  hosts: [{HOST}]
  article_urls: ['/a/']
  url_date: '/(?P<y>\\d{{4}})(?P<m>\\d{{2}})(?P<d>\\d{{2}})/'
  lists:
  - url: http://{HOST}/list/
    adapter: html-list
    items: ul.news li
    next: http://{HOST}/list/{{n}}.html
    first_page: 1
"""
TEXT = "示例省推进“互联网+政务服务”，群众办事只进一扇门。省政府办公厅负责人介绍，全省已有三百项事项可以网上办理。" * 3


OTHER = "示例省税务局开通网上办税厅，推行“互联网+税务”，企业足不出户即可申报。"


def article(number: int, title: str = "示例省推进“互联网+政务服务”", day: str = "2018-03-05", more: str = "") -> str:
    return (
        f"<html><head><title>{title}_示例省人民政府</title></head><body><h1>{title}（{number}）</h1>"
        f"<div class='info'>发布时间：{day} 09:30 来源：示例日报</div>"
        f"<div class='TRS_Editor'><p>{TEXT}</p><p>编号{number}。</p></div>{more}</body></html>"
    )


def listing(*rows: tuple[str, str]) -> str:
    entries = "".join(f"<li><a href='{url}'>标题 {url}</a><span>{day}</span></li>" for url, day in rows)
    return f"<html><body><ul class='news'>{entries}</ul></body></html>"


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as running:
        running.put(f"{HOST}/robots.txt", "User-agent: *\nDisallow: /a/secret", Content_Type="text/plain")
        yield running


def start(web: Web, folder: Path, root: Path, **more: Any) -> Started:
    """A crawl in a process of its own."""
    if not (folder / "sources.yaml").exists():
        (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    drive = Drive(folder / "data", folder / "sources.yaml", root / "keywords.yaml", web.port, **more)
    return forked.start(folder, os.environ, drive)


def crawl(web: Web, folder: Path, root: Path, **more: Any) -> list[dict[str, Any]]:
    done = start(web, folder, root, **more).wait()
    assert done.code == 0, done.stderr
    pages: list[dict[str, Any]] = json.loads(done.stdout)
    return pages


def outcomes(pages: list[dict[str, Any]]) -> dict[str, str]:
    return {page["url"].removeprefix(f"http://{HOST}"): page["outcome"] for page in pages}


def test_every_page_ends_in_one_outcome(web: Web, tmp_path: Path, root: Path) -> None:
    day = "2018-03-05"
    long = "x" * 2100  # longer than any address that is asked for
    names = ["ok", "gone", "waf", "js", "secret", "away", "loop", "short", "broken", "pdf", long]
    web.put(
        f"{HOST}/list/",
        listing(
            *((f"/a/20180305/{name}.html" if name != "secret" else "/a/secret.html", day) for name in names),
            ("http://other.example.com/a/1.html", day),
        ),
    )
    web.put(f"{HOST}/a/20180305/ok.html", article(1))
    web.put(f"{HOST}/a/20180305/waf.html", "", 412, Set_Cookie="abcS=1")
    web.put(f"{HOST}/a/20180305/js.html", "<script>location.href='/?__jsl_clearance_s=1'</script>")
    web.put(f"{HOST}/a/20180305/away.html", "", 302, Location="http://other.example.com/")
    web.put(f"{HOST}/a/20180305/loop.html", "", 302, Location="/a/20180305/loop.html", Set_Cookie="c=1")
    web.put(f"{HOST}/a/20180305/short.html", "<html><body><h1>短讯一则</h1><p>短。</p></body></html>")
    web.put(f"{HOST}/a/20180305/broken.html", "<html><body><h1>错误", 500)
    web.put(f"{HOST}/a/20180305/pdf.html", b"%PDF-1.4\n\xff\xfe\x00\x01", Content_Type="application/pdf")
    pages = crawl(web, tmp_path, root, crawl={"retries": 0, "refusal_limit": 9})
    found = outcomes(pages)
    assert found == {
        "/list/": "listing",
        "/a/20180305/ok.html": "indexed",
        "/a/20180305/gone.html": "http-error",
        "/a/20180305/waf.html": "refused",
        "/a/20180305/js.html": "refused",
        "/a/secret.html": "robots",
        "/a/20180305/away.html": "off-site",
        "/a/20180305/loop.html": "refused",
        "/a/20180305/short.html": "too-short",
        "/a/20180305/broken.html": "http-error",
        "/a/20180305/pdf.html": "not-html",
        f"/a/20180305/{long}.html": "bad-address",
        "/list/2.html": "http-error",
    }
    assert len(pages) == len(found)
    assert not [url for url in web.hits if url.startswith("other.example.com") or "secret" in url]


def test_a_second_crawl_asks_for_nothing_that_is_known(web: Web, tmp_path: Path, root: Path) -> None:
    web.put(f"{HOST}/list/", listing(("/a/20180305/1.html", "2018-03-05")))
    web.put(f"{HOST}/a/20180305/1.html", article(1), ETag='"v1"')
    assert outcomes(crawl(web, tmp_path, root))["/a/20180305/1.html"] == "indexed"
    web.put(f"{HOST}/list/", listing(("/a/20180306/2.html", "2018-03-06"), ("/a/20180305/1.html", "2018-03-05")))
    tax = article(2, "示例省网上办税厅开通").replace(
        TEXT, "示例省税务局开通网上办税厅，推行“互联网+税务”，企业足不出户即可申报。" * 3
    )
    web.put(f"{HOST}/a/20180306/2.html", tax)
    second = outcomes(crawl(web, tmp_path, root))
    assert "/a/20180305/1.html" not in second
    assert second["/a/20180306/2.html"] == "indexed"
    assert web.hits[f"{HOST}/a/20180305/1.html"] == 1


def test_a_due_page_is_asked_for_conditionally(web: Web, tmp_path: Path, root: Path) -> None:
    def answer(headers: dict[str, str]) -> Answer:
        if headers.get("If-None-Match") == '"v1"':
            return Answer(b"", 304, {"ETag": '"v1"'})
        return Answer(article(1).encode(), 200, {"Content-Type": "text/html", "ETag": '"v1"'})

    web.put(f"{HOST}/list/", listing(("/a/20180305/1.html", "2018-03-05")))
    web.pages[f"{HOST}/a/20180305/1.html"] = answer
    recheck = {"recheck_days": [0, 0]}
    assert outcomes(crawl(web, tmp_path, root, crawl=recheck))["/a/20180305/1.html"] == "indexed"
    assert outcomes(crawl(web, tmp_path, root, crawl=recheck))["/a/20180305/1.html"] == "unchanged"


def test_since_stops_the_paging_and_leaves_older_pages_alone(web: Web, tmp_path: Path, root: Path) -> None:
    for number, day in enumerate(["2018-03-05", "2018-02-20", "2018-01-10", "2018-01-02"], 1):
        url = f"/a/{day.replace('-', '')}/{number}.html"
        name = "" if number == 1 else f"{number}.html"
        web.put(f"{HOST}/list/{name}", listing((url, day)))
        web.put(f"{HOST}{url}", article(number, f"示例省第{number}次部署“互联网+政务服务”", day))
    found = outcomes(crawl(web, tmp_path, root, since="2018-02-01"))
    assert set(found) == {"/list/", "/list/2.html", "/list/3.html", "/a/20180305/1.html", "/a/20180220/2.html"}


def test_a_further_list_page_waits_for_the_articles_before_it(web: Web, tmp_path: Path, root: Path) -> None:
    lists = three_lists(web)
    crawl(web, tmp_path, root)
    order = [url.removeprefix(HOST) for url in web.hits if "/a/" in url or url.removeprefix(HOST) in lists]
    waves = [order[at : at + 3] for at in range(0, 9, 3)]
    assert [wave[0] for wave in waves] == list(lists)
    assert [set(wave[1:]) for wave in waves] == [set(urls) for urls in lists.values()]


def test_what_a_run_leaves_is_fetched_though_its_list_page_is_not_read_again(
    web: Web, tmp_path: Path, root: Path
) -> None:
    lists = three_lists(web)
    busy, *_ = lists["/list/2.html"]
    full = web.pages.pop(f"{HOST}{busy}")
    web.put(f"{HOST}{busy}", "", 503)
    first = outcomes(crawl(web, tmp_path, root, crawl={"retries": 0, "refusal_limit": 9}))
    assert first[busy] == "http-error"
    web.pages[f"{HOST}{busy}"] = full
    second = outcomes(crawl(web, tmp_path, root))
    assert second == {"/list/": "listing", busy: "indexed"}
    assert outcomes(crawl(web, tmp_path, root)) == {"/list/": "listing"}


def test_what_a_limit_leaves_is_fetched_by_the_next_run(web: Web, tmp_path: Path, root: Path) -> None:
    articles = {url for urls in three_lists(web).values() for url in urls}
    found = [set(outcomes(crawl(web, tmp_path, root, limit=2))) & articles for _ in range(4)]
    assert [len(urls) for urls in found] == [2, 2, 2, 0]
    assert set.union(*found) == articles


def test_a_run_killed_before_a_further_list_page_is_read_on_by_the_next(web: Web, tmp_path: Path, root: Path) -> None:
    articles = {url for urls in three_lists(web).values() for url in urls}
    full = web.pages[f"{HOST}/list/2.html"]
    asked, killed = threading.Event(), threading.Event()

    def held(headers: dict[str, str]) -> Answer:
        asked.set()
        killed.wait(30)
        return Answer()

    web.pages[f"{HOST}/list/2.html"] = held
    running = start(web, tmp_path, root)
    assert asked.wait(30)
    running.kill()
    running.wait()
    killed.set()
    web.pages[f"{HOST}/list/2.html"] = full
    crawl(web, tmp_path, root)
    assert {url.removeprefix(HOST) for url in web.hits if "/a/" in url} == articles


def three_lists(web: Web) -> dict[str, list[str]]:
    """Three list pages of two articles each: the addresses of the articles by list."""
    lists: dict[str, list[str]] = {}
    for number, name in enumerate(["/list/", "/list/2.html", "/list/3.html"], 1):
        lists[name] = [f"/a/20180305/{number}{letter}.html" for letter in "ab"]
        web.put(f"{HOST}{name}", listing(*((url, "2018-03-05") for url in lists[name])))
        for url in lists[name]:
            web.put(f"{HOST}{url}", article(number))
    return lists


def test_an_article_in_pages_becomes_one_item(web: Web, tmp_path: Path, root: Path) -> None:
    pager = "<div class='page'><a href='/a/20180305/9.html'>1</a><a href='/a/20180305/9_2.html'>下一页</a></div>"
    web.put(f"{HOST}/list/", listing(("/a/20180305/9.html", "2018-03-05")))
    web.put(f"{HOST}/a/20180305/9.html", article(9, more=pager))
    web.put(f"{HOST}/a/20180305/9_2.html", article(9).replace("编号9。", "第二页的最后一段话，介绍下一步安排。"))
    found = outcomes(crawl(web, tmp_path, root))
    assert found["/a/20180305/9.html"] == "indexed"
    assert found["/a/20180305/9_2.html"] == "part"


def test_a_refusing_host_is_left_alone(web: Web, tmp_path: Path, root: Path) -> None:
    rows = [(f"/a/20180305/{number}.html", "2018-03-05") for number in range(8)]
    web.put(f"{HOST}/list/", listing(*rows))
    for url, _ in rows:
        web.put(f"{HOST}{url}", "", 521)
    counts = Counter(page["outcome"] for page in crawl(web, tmp_path, root, crawl={"refusal_limit": 3}))
    assert counts["refused"] in (3, 4)  # without a delay the next request is under way when the third is refused
    assert counts["resting"] >= 4
    assert counts["refused"] + counts["resting"] + counts["http-error"] == 9  # eight articles, and the next list page
    before = sum(web.hits.values())
    again = crawl(web, tmp_path, root, crawl={"refusal_limit": 3})
    assert [page["outcome"] for page in again] == ["resting"]
    assert sum(web.hits.values()) - before <= 1  # robots.txt at the most


@pytest.mark.long
def test_backfill_asks_the_searches_and_gives_each_hit_to_its_source(web: Web, tmp_path: Path, root: Path) -> None:
    (tmp_path / "sources.yaml").write_bytes((root / "sources.yaml").read_bytes())
    hit = "http://bj.people.com.cn/n2/2023/0305/c233088-40325001.html"
    rows = [
        {"title": "北京推进“互联网+医疗健康”", "url": hit, "displayTime": 1677981600000},
        {"title": "别处的文章", "url": "http://elsewhere.example.com/a.html", "displayTime": 1677981600000},
    ]
    found = {"code": "0", "data": {"total": 2, "records": rows}}
    web.put("search.people.cn/search-platform/front/search", json.dumps(found), Content_Type="application/json")
    text = article(1, "北京推进“互联网+医疗健康”", "2023-03-05")
    web.put(hit.removeprefix("http://"), text)

    pages = crawl(web, tmp_path, root, since="2023-02-16", until="2023-03-15", backfill="互联网+", crawl={"retries": 0})
    by_url = {page["url"]: page for page in pages}
    assert by_url[hit]["source_id"] == "people-bj"
    assert by_url[hit]["outcome"] == "indexed"
    assert not [url for url in web.hits if url.startswith("elsewhere")]
    searches = [url for url in web.hits if url.startswith(("sousuo.www.gov.cn/search", "so.news.cn/getNews"))]
    assert len(searches) == 2
    assert all("%E4%BA%92%E8%81%94%E7%BD%91%2B" in url for url in searches)  # a bare + would be read as a blank


def test_bombs_and_traps_end_in_an_outcome(web: Web, tmp_path: Path, root: Path) -> None:
    day = "2018-03-05"
    bomb = gzip.compress(b"<html><body>" + b"a" * 40_000_000)
    web.put(f"{HOST}/list/", listing(*((f"/a/20180305/{name}.html", day) for name in ("bomb", "hop0", "nest", "ok"))))
    web.put(f"{HOST}/a/20180305/bomb.html", bomb, Content_Encoding="gzip")
    for number in range(12):
        web.put(f"{HOST}/a/20180305/hop{number}.html", "", 302, Location=f"/a/20180305/hop{number + 1}.html")
    web.put(f"{HOST}/a/20180305/nest.html", "<div>" * 100_000 + "深")
    web.put(f"{HOST}/a/20180305/ok.html", article(1))
    found = outcomes(crawl(web, tmp_path, root))
    assert found["/a/20180305/bomb.html"] == "too-large"
    assert "redirect-loop" in found.values()
    assert found["/a/20180305/nest.html"] in ("too-short", "too-large", "no-title")
    assert found["/a/20180305/ok.html"] == "indexed"
