"""Each list adapter on a small page in its system's markup."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from core.records import ListPage, Page
from core.times import SHANGHAI
from crawler.lists import ADAPTERS, Fetch, ListError, Listing

FETCHED = datetime(2018, 3, 16, 9, 30, tzinfo=SHANGHAI)
HEX = "0123456789abcdef0123456789abcdef"


def read(listed: ListPage, body: str | bytes, url: str = "", number: int = 1) -> Listing:
    """What the adapter of ``listed`` makes of an answer."""
    raw = body if isinstance(body, bytes) else body.encode()
    page = Page(url=url or listed.url, body=raw, source_id="s", fetched_at=FETCHED, kind="listing")
    return ADAPTERS[listed.adapter].read(page, listed, number)


def shown(listing: Listing) -> list[tuple[str, str, date | None]]:
    """The links as (URL, title, day)."""
    return [(link.url, link.title, link.day) for link in listing.links]


def query(fetch: Fetch | None) -> dict[str, str]:
    """The query of a request."""
    assert fetch
    return {key: values[0] for key, values in parse_qs(urlsplit(fetch.url).query, keep_blank_values=True).items()}


def sent(fetch: Fetch | None) -> dict[str, str]:
    """The form that a request sends."""
    assert fetch
    assert fetch.method == "POST"
    return {key: values[0] for key, values in parse_qs(fetch.body.decode(), keep_blank_values=True).items()}


def test_html_list_reads_rows_days_and_pages() -> None:
    listed = ListPage(
        url="http://sd.people.com.cn/GB/166192/index.html",
        adapter="html-list",
        channel="要闻",
        items=".ej_list_box li",
        next="index{n}.html",
    )
    html = """<html><body><div class="menu"><a href="/GB/">首页</a></div><div class="ej_list_box"><ul>
      <li><a href="/n2/2018/0312/c166192-31331111.html">青岛试点电子社保卡</a> <em>2018-03-12</em></li>
      <li><a href='/n2/2018/0311/c166192-31331112.html' title="济南历下区成立产业互联网联盟">
        济南历下区成立…</a>[03-11]</li>
      <li><a href="javascript:void(0)">更多</a></li></ul></div></body></html>"""
    listing = read(listed, html.encode("gb18030"))
    assert shown(listing) == [
        ("http://sd.people.com.cn/n2/2018/0312/c166192-31331111.html", "青岛试点电子社保卡", date(2018, 3, 12)),
        (
            "http://sd.people.com.cn/n2/2018/0311/c166192-31331112.html",
            "济南历下区成立产业互联网联盟",
            date(2018, 3, 11),
        ),
    ]
    assert {link.channel for link in listing.links} == {"要闻"}
    assert listing.next == Fetch("http://sd.people.com.cn/GB/166192/index2.html")


def test_html_list_without_selectors_sees_every_link_once_with_its_best_title() -> None:
    html = """<base href="http://news.example.cn/a/"><div><a href="1.html#top"><img src="x.jpg"></a>
      <h3><a href="1.html">互联网+公证上线</a></h3></div>
      <ul><li><span>03-08</span><a href="2.html">两会观察</a></li><li><a href="3.html">三月的农事</a></li></ul>
      <a href="mailto:a@b.cn">来信</a><a href="http://[bad">坏</a>"""
    listing = read(ListPage(url="http://www.example.cn/", adapter="html-list"), html)
    assert shown(listing) == [
        ("http://news.example.cn/a/1.html", "互联网+公证上线", None),
        ("http://news.example.cn/a/2.html", "两会观察", date(2018, 3, 8)),
        ("http://news.example.cn/a/3.html", "三月的农事", None),
    ]
    assert listing.next is None


def test_html_list_falls_back_to_all_links_when_the_layout_changed() -> None:
    listed = ListPage(url="http://www.example.cn/", adapter="html-list", items="ul.gone li", next="index_{n}.html")
    listing = read(listed, '<div><a href="/a.html">新版式</a></div>')
    assert [link.url for link in listing.links] == ["http://www.example.cn/a.html"]


def test_html_list_named_fields() -> None:
    listed = ListPage(
        url="https://www.shanghai.gov.cn/nw4411/index.html",
        adapter="html-list",
        items="ul.pageList li",
        fields={"day": "span.time", "title": "em", "url": "a.main"},
    )
    html = f"""<ul class="pageList"><li><a href="/x">分类 2018-01-01</a>
      <a class="main" href="/nw4411/20180305/{HEX}.html"><em>浦东新片区办事一网通办</em></a>
      <span class="time">2018.03.05</span></li></ul>"""
    assert shown(read(listed, html)) == [
        (f"https://www.shanghai.gov.cn/nw4411/20180305/{HEX}.html", "浦东新片区办事一网通办", date(2018, 3, 5))
    ]


@pytest.mark.parametrize("adapter", ["html-list", "trs-static"])
def test_an_empty_page_or_json_is_said_to_be_no_list(adapter: str) -> None:
    listed = ListPage(url="http://www.example.cn/", adapter=adapter)
    with pytest.raises(ListError, match="empty"):
        read(listed, b"")
    with pytest.raises(ListError, match="HTML expected"):
        read(listed, '{"code": 403}')


TRS = ListPage(url="https://www.ndrc.gov.cn/xwdt/xwfb/", adapter="trs-static", items=".u-list li", max_pages=9)


def trs_page(call: str) -> str:
    """A TRS column with one row and the script that draws its pager."""
    row = '<li><a href="./201803/t20180309_879000.html">发改委解读互联网+行动</a><span>2018/03/09</span></li>'
    return f"<html><ul class='u-list'>{row}</ul><script>{call}</script></html>"


@pytest.mark.parametrize(
    ("call", "number", "follows"),
    [
        ('createPageHTML(3, 0, "index", "html");', 1, "https://www.ndrc.gov.cn/xwdt/xwfb/index_1.html"),
        ("createPageHTML('pages', 3, 1, 'list','shtml',40)", 2, "https://www.ndrc.gov.cn/xwdt/xwfb/list_2.shtml"),
        ('createPageHTML(3, 2, "index", "html");', 3, None),
        ('createPageHTML(1,0,"index","html");', 1, None),
    ],
)
def test_trs_static_follows_the_pager_script(call: str, number: int, follows: str | None) -> None:
    listing = read(TRS, trs_page(call), number=number)
    assert shown(listing) == [
        (
            "https://www.ndrc.gov.cn/xwdt/xwfb/201803/t20180309_879000.html",
            "发改委解读互联网+行动",
            date(2018, 3, 9),
        )
    ]
    assert (listing.next.url if listing.next else None) == follows


def test_trs_static_uses_the_record_where_there_is_no_script_and_stops_at_a_stub() -> None:
    listed = replace(TRS, next="index_{n}.html", first_page=0)
    following = read(listed, trs_page("")).next
    assert following
    assert following.url == "https://www.ndrc.gov.cn/xwdt/xwfb/index_1.html"
    assert read(listed, "<html><head><title></title></head><body></body></html>", number=4) == Listing()


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


JCMS = ListPage(url="https://www.jiangsu.gov.cn/col/col60096/index.html", adapter="jcms-xml", channel="要闻")
RECORD = """<record><![CDATA[<li><a href="/art/2018/3/5/art_60096_7501234.html" title="省互金协会出台从业规范">
省互金协会…</a><b>2018-03-05</b></li>]]></record>"""
PROXY = "/module/web/jpage/dataproxy.jsp?page=1&amp;webid=1&amp;columnid=60096&amp;unitid=212860"


def test_jcms_reads_the_records_of_the_column_and_of_the_proxy() -> None:
    html = f"""<html><div id="212860"><script type="text/xml"><datastore>
      <nextgroup><![CDATA[<a href="{PROXY}"></a>]]></nextgroup><recordset>{RECORD}</recordset></datastore>
      </script></div></html>"""
    column = read(JCMS, html)
    assert shown(column) == [
        ("https://www.jiangsu.gov.cn/art/2018/3/5/art_60096_7501234.html", "省互金协会出台从业规范", date(2018, 3, 5))
    ]
    assert query(column.next) == {"page": "1", "webid": "1", "columnid": "60096", "unitid": "212860"}
    answer = (
        f"<datastore><totalrecord>30</totalrecord><totalpage>2</totalpage><recordset>{RECORD}</recordset></datastore>"
    )
    assert column.next
    proxy = read(JCMS, answer, url=column.next.url, number=2)
    assert proxy.total == 30
    assert query(proxy.next)["page"] == "2"
    assert proxy.next
    assert read(JCMS, answer, url=proxy.next.url, number=3).next is None


def test_jcms_without_next_group_uses_the_record_and_a_challenge_is_no_list() -> None:
    listed = replace(JCMS, next="?uid=212860&pageNum={n}")
    listing = read(listed, f"<script type='text/xml'><datastore><recordset>{RECORD}</recordset></datastore></script>")
    assert listing.next == Fetch("https://www.jiangsu.gov.cn/col/col60096/index.html?uid=212860&pageNum=2")
    with pytest.raises(ListError, match="no JCMS records"):
        read(JCMS, "<html><script>setTimeout(go, 1)</script></html>")


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
    moved = read(replace(JCMS, url="https://www.zj.gov.cn/col/col1/index.html"), JPAAS_PAGE)
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
    first = read(listed, answer, url=column.next.url, number=2)
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


def test_daily_archive_walks_back_day_by_day() -> None:
    listed = ListPage(
        url="https://www.chinanews.com.cn/scroll-news/{yyyy}/{mm}{dd}/news.shtml",
        adapter="daily-archive",
        items=".dd_bt a",
        params={"until": "2018-03-01"},
    )
    start = ADAPTERS["daily-archive"].start(listed)
    assert start.url == "https://www.chinanews.com.cn/scroll-news/2018/0301/news.shtml"
    html = (
        '<div class="dd_bt"><a href="//www.chinanews.com/gn/2018/03-01/8456789.shtml">非遗展演上线</a></div>3-1 09:10'
    )
    listing = read(listed, html, url=start.url)
    assert shown(listing) == [
        ("https://www.chinanews.com/gn/2018/03-01/8456789.shtml", "非遗展演上线", date(2018, 3, 1))
    ]
    assert listing.next
    assert listing.next.url.endswith("/2018/0228/news.shtml")


RSS2 = """<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><link>http://c/</link><item>
<title><![CDATA[镕城“互联网+”政务]]></title><link> http://p.people.com.cn/1.html </link>
<pubDate>Mon, 05 Mar 2018 23:30:00 GMT</pubDate></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>镕城“互联网+”政务</title>
<link rel="self" href="http://x/"/><link href="http://p.people.com.cn/1.html"/>
<updated>2018-03-06T07:30:00+08:00</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><item><title>镕城“互联网+”政务</title>
<link>http://p.people.com.cn/1.html</link><dc:date>2018-03-06</dc:date></item></rdf:RDF>"""


@pytest.mark.parametrize("feed", [RSS2.encode("gb18030"), ATOM.encode(), RDF.encode()], ids=["rss2", "atom", "rdf"])
def test_rss(feed: bytes) -> None:
    listed = ListPage(url="http://www.people.com.cn/rss/politics.xml", adapter="rss")
    assert shown(read(listed, feed)) == [("http://p.people.com.cn/1.html", "镕城“互联网+”政务", date(2018, 3, 6))]


def test_rss_refuses_pages_and_expands_no_entities() -> None:
    listed = ListPage(url="http://www.people.com.cn/rss/politics.xml", adapter="rss")
    with pytest.raises(ListError, match="<rss> expected"):
        read(listed, "<html><body>404</body></html>")
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss><item><title>&b;</title><link>http://x.cn/</link></item></rss>'
    assert "a" not in read(listed, bomb).links[0].title


def test_sitemap_index_leads_to_its_youngest_file_and_lastmod_is_no_day() -> None:
    listed = ListPage(url="http://www.example.cn/sitemap.xml", adapter="sitemap")
    index = """<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <sitemap><loc>http://www.example.cn/s2017.xml.gz</loc><lastmod>2017-12-31</lastmod></sitemap>
      <sitemap><loc>http://www.example.cn/s2018.xml.gz</loc><lastmod>2018-03-15</lastmod></sitemap></sitemapindex>"""
    assert read(listed, index) == Listing(next=Fetch("http://www.example.cn/s2018.xml.gz"))
    urls = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://n/">
      <url><loc>http://www.example.cn/1.html</loc><news:news><news:title>电子社保卡</news:title>
      <news:publication_date>2018-03-12T08:00:00+08:00</news:publication_date></news:news></url>
      <url><loc>http://www.example.cn/2.html</loc><lastmod>2018-03-15</lastmod></url></urlset>"""
    found = read(listed, gzip.compress(urls.encode()), url="http://www.example.cn/s2018.xml.gz", number=2)
    assert shown(found) == [
        ("http://www.example.cn/1.html", "电子社保卡", date(2018, 3, 12)),
        ("http://www.example.cn/2.html", "", None),
    ]
    with pytest.raises(ListError, match="damaged"):
        read(listed, b"\x1f\x8bnot gzip at all")


def test_a_sitemap_that_unpacks_without_end_is_refused() -> None:
    listed = ListPage(url="http://www.example.cn/sitemap.xml.gz", adapter="sitemap")
    with pytest.raises(ListError, match="larger than 50 MB"):
        read(listed, gzip.compress(b" " * (51 * 1024 * 1024), compresslevel=9))


@pytest.mark.parametrize("adapter", sorted(ADAPTERS))
@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"<", b"{}", b"[]", b"null", b'"x"', b"<a href=>", b"\x1f\x8b"])
def test_no_adapter_fails_on_rubbish(adapter: str, body: bytes) -> None:
    listed = ListPage(url="http://www.example.cn/", adapter=adapter)
    try:
        links = read(listed, body).links
    except ListError:
        return
    assert links == ()
