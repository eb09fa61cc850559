"""Searches of a past window: what is asked, and what is made of the answer."""

from __future__ import annotations

import json
from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.lists import Fetch, ListError, Listing
from crawler.search import SEARCHES, SearchPage, search_pages
from yuqing.core.records import Page
from yuqing.core.times import SHANGHAI

PAGES = {page.list_page.adapter: page for page in search_pages("互联网+", date(2018, 2, 14), date(2018, 3, 15))}


def start(name: str) -> Fetch:
    """The first request of a search."""
    return SEARCHES[name].start(PAGES[name].list_page)


def read(name: str, answer: object, number: int = 1) -> Listing:
    """What a search makes of a JSON answer."""
    page = Page(
        url=start(name).url,
        body=json.dumps(answer).encode(),
        source_id=PAGES[name].source_id,
        fetched_at=datetime(2026, 11, 24, tzinfo=SHANGHAI),
        kind="listing",
    )
    return SEARCHES[name].read(page, PAGES[name].list_page, number)


def test_the_searches_are_polite_and_name_their_hosts() -> None:
    assert set(PAGES) == set(SEARCHES)
    for page in PAGES.values():
        assert isinstance(page, SearchPage)
        assert urlsplit(page.list_page.url).hostname == page.host
    assert 60 / PAGES["people-search"].seconds <= 10


@pytest.mark.parametrize("name", ["gov-search", "xinhua-search"])
def test_the_plus_survives_the_query_string(name: str) -> None:
    url = start(name).url
    assert "%2B" in url
    assert any(values == ["互联网+"] for values in parse_qs(urlsplit(url).query).values())


def test_gov_search_asks_for_the_window_and_reads_all_categories() -> None:
    query = parse_qs(urlsplit(start("gov-search").url).query)
    assert (query["timetype"], query["mintime"], query["maxtime"]) == (["timezd"], ["2018-02-14"], ["2018-03-15"])
    answer = {
        "searchVO": {
            "totalCount": 0,
            "catMap": {
                "gongwen": {
                    "totalCount": 21,
                    "listVO": [
                        {
                            "title": "关于<em>互联网+</em>政务的通知",
                            "url": "http://www.gov.cn/zhengce/content/2018-02/24/content_1.htm",
                            "pubtimeStr": "2018.02.24",
                        }
                    ],
                },
                "bumenfile": {
                    "totalCount": 1,
                    "listVO": [{"title": "部门文件", "url": "http://www.gov.cn/2.htm", "ptime": 1520208000000}],
                },
                "otherfile": None,
            },
        }
    }
    first = read("gov-search", answer)
    assert [(link.title, link.day) for link in first.links] == [
        ("关于互联网+政务的通知", date(2018, 2, 24)),
        ("部门文件", date(2018, 3, 5)),
    ]
    assert first.total == 22
    assert first.next
    assert parse_qs(urlsplit(first.next.url).query)["p"] == ["2"]
    assert read("gov-search", answer, number=2).next is None
    with pytest.raises(ListError, match="searchVO"):
        read("gov-search", {"code": 1001})


def test_people_search_posts_the_window_in_chinese_milliseconds() -> None:
    fetch = start("people-search")
    asked = json.loads(fetch.body)
    assert (fetch.method, asked["key"], asked["page"]) == ("POST", "互联网+", 1)
    bounds = [datetime.fromtimestamp(asked[name] / 1000, SHANGHAI) for name in ("startTime", "endTime")]
    assert [f"{bound:%Y-%m-%d %H:%M}" for bound in bounds] == ["2018-02-14 00:00", "2018-03-15 23:59"]
    record = {
        "title": "<em>互联网+</em>植树",
        "url": "http://js.people.com.cn/n2/2018/0312/c1-1.html",
        "displayTime": 1520812800000,
    }
    first = read("people-search", {"code": "0", "data": {"total": 51, "records": [record]}})
    assert [(link.title, link.day) for link in first.links] == [("互联网+植树", date(2018, 3, 12))]
    assert first.next
    assert json.loads(first.next.body)["page"] == 2
    assert read("people-search", {"code": "0", "data": {"total": 51, "records": [record]}}, number=2).next is None
    with pytest.raises(ListError, match="code 500"):
        read("people-search", {"code": "500"})


def test_xinhua_search_pages_to_the_count() -> None:
    row = {
        "title": "<font color=red>互联网+</font>",
        "url": "http://www.xinhuanet.com/1.htm",
        "pubtime": "2018-03-05 10:00:00",
    }
    first = read("xinhua-search", {"content": {"results": [row], "pageCount": 2}})
    assert [(link.title, link.day) for link in first.links] == [("互联网+", date(2018, 3, 5))]
    assert first.next
    assert "curPage=2" in first.next.url
    assert read("xinhua-search", {"content": {"results": [row], "pageCount": 2}}, number=2).next is None
    assert read("xinhua-search", {"content": {"results": None, "pageCount": 0}}) == Listing()
