"""The list adapters that read JSON, each on a small answer in its system's shape."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest

from crawler.lists import ADAPTERS, Fetch, ListError, Listing
from tests.sources.listing import HEX, query, read, sent, shown
from yuqing.core.records import ListPage


def test_json_feed_by_paths_and_alternatives() -> None:
    listed = ListPage(
        url="https://www.gov.cn/yaowen/liebiao/YAOWENLIEBIAO.json",
        adapter="json-feed",
        fields={"title": "SHORT|TITLE", "url": "URL", "day": "DOCRELPUBTIME"},
    )
    rows = [
        {
            "TITLE": "陕西发布政务服务<em>地方标准</em>",
            "SHORT": "",
            "URL": "./202401/content_1.htm",
            "DOCRELPUBTIME": "2024-01-05",
        },
        {"TITLE": "无地址", "URL": "", "DOCRELPUBTIME": "2024-01-05"},
    ]
    assert shown(read(listed, json.dumps(rows))) == [
        ("https://www.gov.cn/yaowen/liebiao/202401/content_1.htm", "陕西发布政务服务地方标准", date(2024, 1, 5))
    ]


def test_json_feed_takes_jsonp_pages_and_url_templates() -> None:
    listed = ListPage(
        url="https://www.nfra.gov.cn/data_itemId=915,pageIndex=1.json",
        adapter="json-feed",
        items="data.rows",
        fields={"title": "docSubtitle|docTitle", "url": "/cn/ItemDetail.html?docId={docId}", "day": "publishDate"},
        next="data_itemId=915,pageIndex={n}.json",
    )
    body = 'cb({"data":{"rows":[{"docId":123,"docTitle":"监管动态","publishDate":1520208000000}]}});'
    listing = read(listed, body)
    assert shown(listing) == [("https://www.nfra.gov.cn/cn/ItemDetail.html?docId=123", "监管动态", date(2018, 3, 5))]
    assert listing.next
    assert listing.next.url == "https://www.nfra.gov.cn/data_itemId=915,pageIndex=2.json"
    assert read(listed, '{"data":{"rows":[]}}', number=2) == Listing()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<html><script>challenge()</script></html>", "an HTML page came"),
        ("forbidden", "begins “forbidden”"),
        ('{"data": {}}', "no list at “data.rows”"),
        ('{"data": ' + "[" * 100_000, "JSON expected"),
    ],
    ids=["page", "refusal", "no rows", "brackets"],
)
def test_json_feed_says_what_came_instead(body: str, says: str) -> None:
    listed = ListPage(url="https://www.example.cn/a.json", adapter="json-feed", items="data.rows")
    with pytest.raises(ListError, match=says):
        read(listed, body)


def test_xinhua_column_page_leads_to_its_feed() -> None:
    listed = ListPage(url="https://www.nea.gov.cn/xwzx/nyyw.htm", adapter="xinhua-ds", channel="能源要闻")
    html = f'<ul class="wz-list" data="datasource:{HEX}" preset="x"></ul><a href="/index.htm">首页</a>'
    column = read(listed, html)
    assert column == Listing(next=Fetch(f"https://www.nea.gov.cn/xwzx/ds_{HEX}.json"))
    row = {
        "title": "充电桩接入互联网平台",
        "publishUrl": f"../20240105/{HEX}/c.html",
        "publishTime": "2024-01-05 08:00:00",
    }
    feed = read(listed, json.dumps({"datasource": [row]}), url=f"https://www.nea.gov.cn/xwzx/ds_{HEX}.json", number=2)
    assert shown(feed) == [(f"https://www.nea.gov.cn/20240105/{HEX}/c.html", "充电桩接入互联网平台", date(2024, 1, 5))]
    assert feed.next is None


def test_xinhua_home_page_keeps_the_articles_it_prints() -> None:
    listed = ListPage(url="http://www.sx.news.cn/index.htm", adapter="xinhua-ds")
    html = f"""<div data="datasource:{HEX}"></div><a href="/2018-03/12/c_1122525759.htm">太原启动义务植树</a>
      <a href="/zt/">专题</a>"""
    listing = read(listed, html)
    assert [link.title for link in listing.links] == ["太原启动义务植树"]
    assert listing.next


JPAAS_PAGE = f"""<html><body><script type="text/javascript" parseType="bulidstatic"
 url="/api-gateway/jpaas-publish-server/front/page/build/unit"
 queryData="{{'parseType':'bulidstatic','webId':'8d82','tplSetId':'2097','pageType':'column','tagId':'栏目导航','editType':'null','pageId':'aa'}}"></script>
<script url="/api-gateway/jpaas-publish-server/front/page/build/unit"
 queryData="{{'parseType':'bulidstatic','webId':'8d82','tplSetId':'2097','pageType':'column','tagId':'新闻列表','editType':'null','pageId':'{HEX}'}}"></script>"""
JPAAS_ROW = (
    f'<ul><li><a href="/xwdt/art/2024/art_{HEX}.html">工业互联网平台名单公布</a><span>2024-01-05</span></li></ul>'
)


def test_jpaas_follows_the_list_of_the_column_and_pages_on() -> None:
    listed = ListPage(url="https://www.miit.gov.cn/xwdt/gxdt/index.html", adapter="jpaas")
    column = read(listed, JPAAS_PAGE)
    assert column.links == ()
    assert query(column.next)["tagId"] == "新闻列表"
    assert json.loads(query(column.next)["paramJson"]) == {"pageNo": 1, "pageSize": 15}
    assert column.next
    assert column.next.headers["Referer"] == listed.url
    answer = json.dumps({"success": True, "data": {"html": JPAAS_ROW}})
    listing = read(listed, answer, url=column.next.url, number=2)
    assert shown(listing) == [
        (f"https://www.miit.gov.cn/xwdt/art/2024/art_{HEX}.html", "工业互联网平台名单公布", date(2024, 1, 5))
    ]
    assert json.loads(query(listing.next)["paramJson"])["pageNo"] == 2
    assert query(listing.next)["pageId"] == HEX
    empty = read(listed, json.dumps({"success": True, "data": {"html": "<ul></ul>"}}), url=column.next.url, number=3)
    assert empty == Listing()


def test_jpaas_without_parameters_is_an_error_and_jcms_sites_that_moved_are_read() -> None:
    with pytest.raises(ListError, match="queryData"):
        read(ListPage(url="https://www.miit.gov.cn/", adapter="jpaas"), "<html></html>")
    with pytest.raises(ListError, match=r"data\.html"):
        read(ListPage(url="https://www.miit.gov.cn/", adapter="jpaas"), '{"success": false}')
    moved = read(ListPage(url="https://www.zj.gov.cn/col/col1/index.html", adapter="jcms-xml"), JPAAS_PAGE)
    assert moved.next
    assert urlsplit(moved.next.url).netloc == "www.zj.gov.cn"


def test_ucap_column_leads_to_its_search_and_pages_by_total() -> None:
    listed = ListPage(url="https://www.gansu.gov.cn/gsszf/gsyw/list.shtml", adapter="ucap-json")
    column = read(listed, f'<html><head><meta content="{HEX}" name="channelid"></head></html>')
    assert column.links == ()
    assert column.next
    assert urlsplit(column.next.url).path == f"/common/search/{HEX}"
    rows = [{"title": "甘肃推进互联网+监管", "url": "/gsszf/202403/1.shtml", "publishedTimeStr": "2024-03-05 10:00:00"}]
    answer = json.dumps({"data": {"total": 21, "results": rows}})
    first = read(replace(listed, items="ul.list li"), answer, url=column.next.url, number=2)
    assert shown(first) == [("https://www.gansu.gov.cn/gsszf/202403/1.shtml", "甘肃推进互联网+监管", date(2024, 3, 5))]
    assert first.total == 21
    assert query(first.next)["page"] == "2"
    assert first.next
    assert read(listed, answer, url=first.next.url, number=3).next is None


def test_ucap_search_address_is_asked_at_once() -> None:
    listed = ListPage(url=f"http://www.csrc.gov.cn/searchList/{HEX}", adapter="ucap-json")
    assert query(ADAPTERS["ucap-json"].start(listed))["_isJson"] == "true"
    assert query(ADAPTERS["ucap-json"].start(listed))["page"] == "1"
    with pytest.raises(ListError, match=r"data\.results"):
        read(listed, '{"data": null}')


def test_gkmlpt_counts_seconds_and_pages() -> None:
    listed = ListPage(url="https://www.gd.gov.cn/gkmlpt/api/all/0?page=1&sid=2", adapter="gkmlpt")
    row = {
        "title": "广东林业工作要点",
        "url": "https://www.gd.gov.cn/gkmlpt/content/0/1/post_1.html",
        "date": 1520812800,
    }
    listing = read(listed, json.dumps({"classify": {"post_count": 40}, "articles": [row]}))
    assert shown(listing) == [
        ("https://www.gd.gov.cn/gkmlpt/content/0/1/post_1.html", "广东林业工作要点", date(2018, 3, 12))
    ]
    assert listing.total == 40
    assert query(listing.next) == {"page": "2", "sid": "2"}
    assert read(listed, '{"articles": []}').next is None


def test_query_list_sends_the_form_and_reads_addresses_within_strings() -> None:
    listed = ListPage(
        url="https://www.jiangxi.gov.cn/queryList",
        adapter="query-list",
        params={"webSiteCode[]": "jxsrmzf", "channelCode[]": "col393"},
    )
    first = sent(ADAPTERS["query-list"].start(listed))
    assert (first["current"], first["channelCode[]"], first["webSiteCode[]"]) == ("1", "col393", "jxsrmzf")
    source = {
        "showTitle": "赣服通上线",
        "pubDate": "2024-01-05",
        "urls": '{"pc": "/jxsrmzf/pc/content/content_1.html"}',
    }
    answer = json.dumps({"data": {"total": 1, "results": [{"source": source}, {"source": {"urls": "no"}}, {}]}})
    listing = read(listed, answer)
    assert shown(listing) == [
        ("https://www.jiangxi.gov.cn/jxsrmzf/pc/content/content_1.html", "赣服通上线", date(2024, 1, 5))
    ]
    assert sent(listing.next)["current"] == "2"
    assert read(listed, '{"data": {"results": []}}', number=2).next is None


def test_fjdzapp_finds_the_channel_and_pages_to_the_count() -> None:
    listed = ListPage(url="https://www.fujian.gov.cn/xwdt/fjyw/", adapter="fjdzapp")
    column = read(listed, "<html><script>var s = {classsql: 'chnlid=4910'};</script></html>")
    assert column.links == ()
    assert sent(column.next)["classsql"] == "chnlid=4910"
    assert sent(column.next)["page"] == "1"
    assert column.next
    row = {
        "doctitle": "龙岩网上办证",
        "docpuburl": "http://www.fujian.gov.cn/xw/201803/t20180313_1.htm",
        "docreltime": "2018-03-13",
    }
    answer = json.dumps({"data": [row], "pageCount": 2})
    first = read(listed, answer, url=column.next.url, number=2)
    assert shown(first) == [("http://www.fujian.gov.cn/xw/201803/t20180313_1.htm", "龙岩网上办证", date(2018, 3, 13))]
    assert (sent(first.next)["page"], sent(first.next)["classsql"]) == ("2", "chnlid=4910")
    assert read(listed, answer, url=column.next.url, number=3).next is None


def test_a_character_cut_in_half_spoils_one_title_and_not_the_feed() -> None:
    listed = ListPage(url="https://www.gov.cn/x.json", adapter="json-feed", fields={"title": "t", "url": "u"})
    body = '[{"t":"一\\ud83d","u":"/1\\udc00.htm"},{"t":"笑\\ud83d\\ude00","u":"/2.htm"}]'
    assert [title for _, title, _ in shown(read(listed, body))] == ["一\ufffd", "笑\U0001f600"]
