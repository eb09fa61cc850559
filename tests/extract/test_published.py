"""Days and times: which of the days on a page is the day of publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from crawler.extract import extract
from crawler.extract.dates import first_moment
from yuqing.core.records import Article, Link, Page

Make = Callable[..., Page]
TEXT = "<p>2015年，国务院提出“互联网+”行动，各地先后出台办法，群众办事更加方便。</p>"
TEXT += "<p>三年来，平台越建越多，数据越用越活。</p>"


def read(page: Make, byline: str = "", *, head: str = "", below: str = "", url: str = "", **more: object) -> Article:
    html = f"<html><head><title>互联网+行动三年综述</title>{head}</head><body><h1>互联网+行动三年综述</h1>"
    html += f"<div class='by'>{byline}</div><div id='zoom'>{TEXT}</div>{below}</body></html>"
    found = extract(page(html, url or "http://www.example.gov.cn/a.html", **more))
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2018年3月2日8:05", "2018-03-02T08:05:00+08:00"),
        ("2018-03-02  21∶07", "2018-03-02T21:07:00+08:00"),
        ("２０１８年０３月０２日 １０：２０", "2018-03-02T10:20:00+08:00"),
        ("2018年03月02日 星期五 10时20分", "2018-03-02T10:20:00+08:00"),
        ("2018/3/2 下午3:04:05", "2018-03-02T15:04:05+08:00"),
        ("2018-03-0210:20:30", "2018-03-02T10:20:30+08:00"),
        ("2018 03/02 10:20:30", "2018-03-02T10:20:30+08:00"),
        ("201803/0210:20:30", "2018-03-02T10:20:30+08:00"),
        ("2018-03-02-09:37:43", "2018-03-02T09:37:43+08:00"),
        ("2018-03-01T20:20:30Z", "2018-03-02T04:20:30+08:00"),
        ("2018-03-02T10:20:30+0800", "2018-03-02T10:20:30+08:00"),
        ("2018.03.02", "2018-03-02"),
        ("20180302", "2018-03-02"),
    ],
)
def test_spellings(text: str, iso: str) -> None:
    moment = first_moment(text)
    assert moment is not None
    assert moment.iso == iso


@pytest.mark.parametrize("text", ["2018年", "2018年3月", "2018-02-30", "1918-03-02", "12018-03-02", "电话2018-0302-11"])
def test_no_full_day(text: str) -> None:
    assert first_moment(text) is None


@pytest.mark.parametrize(
    "byline",
    [
        "发布时间：2018-03-02 10:20 来源：某报",
        "<span>来源：某报</span><span>2018年03月02日10:20</span>",
        "某报 2018-03-02 10:20",
        "成文日期：2018-01-09　发布日期：2018-03-02 10:20",
        "<p>施行日期：2018-05-01</p><p>日期：2018-03-02 10:20</p>",
        "<table><tr><td>成文日期：</td><td>2018-01-09</td><td>发布日期：</td><td>2018-03-02 10:20</td></tr></table>",
    ],
)
def test_the_visible_day_of_publication(page: Make, byline: str) -> None:
    found = read(page, byline, head='<meta name="PubDate" content="2023-06-18 10:11">')
    assert found.published_at == "2018-03-02T10:20:00+08:00"
    assert found.date_source == "label"
    assert found.date_agrees == ()


def test_an_agreeing_meta_lends_its_time(page: Make) -> None:
    found = read(page, "日期：2018-03-02", head='<meta name="pubdate" content="2018-03-02 09:08">')
    assert (found.published_at, found.date_source) == ("2018-03-02T09:08:00+08:00", "label")
    assert found.date_agrees == ("meta",)


@pytest.mark.parametrize(
    "byline", ["", "（2015年6月1日国务院第12次常务会议通过）", "成文日期：2015-06-01", "2031-01-05 10:20 来源：某报"]
)
@pytest.mark.parametrize(
    ("url", "link", "head", "source"),
    [
        ("http://www.example.gov.cn/xw/201803/t20180302_77.html", None, "", "url"),
        ("http://www.example.gov.cn/art/2018/3/2/art_1_77.html", None, "", "url"),
        ("http://he.people.com.cn/n2/2018/0302/c192235-1.html", None, "", "url"),
        ("http://www.example.gov.cn/zhengce/201803/content_77.htm", date(2018, 3, 2), "", "listing"),
        ("", None, '<META NAME="PUBLISHDATE" CONTENT="2018-03-02">', "meta"),
    ],
)
def test_the_next_opinions_in_order(
    page: Make, byline: str, url: str, link: date | None, head: str, source: str
) -> None:
    more = {"link": Link(url=url, day=link)} if link else {}
    found = read(page, byline, url=url, head=head, **more)
    assert (found.published_at, found.date_source) == ("2018-03-02", source)


def test_an_update_is_asked_after_the_metas(page: Make) -> None:
    found = read(page, "更新时间：2019-07-01 08:00", head='<meta name="PubDate" content="2018-03-02">')
    assert (found.published_at, found.date_source) == ("2018-03-02", "meta")


def test_a_clock_and_a_future_day_are_no_publication(page: Make) -> None:
    found = read(page, "今天是2024年5月6日 星期一", below="<p>有效期至：2019-01-01</p><p>版权所有 2009-01-02</p>")
    assert found.published_at == ""
    assert found.date_source == ""


def test_undated_page_is_still_an_article(page: Make) -> None:
    assert read(page, "来源：某报").origin == "某报"
    assert read(page, "来源：某报").published_at == ""
