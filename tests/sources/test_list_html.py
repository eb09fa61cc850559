"""The list adapters that read HTML, each on a small page in its system's markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crawler.lists import ADAPTERS, Fetch, ListError, Listing
from tests.sources.listing import HEX, query, read, shown
from yuqing.core.records import ListPage


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


@pytest.mark.parametrize("adapter", sorted(ADAPTERS))
@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"<", b"{}", b"[]", b"null", b'"x"', b"<a href=>", b"\x1f\x8b"])
def test_no_adapter_fails_on_rubbish(adapter: str, body: bytes) -> None:
    listed = ListPage(url="http://www.example.cn/", adapter=adapter)
    try:
        links = read(listed, body).links
    except ListError:
        return
    assert links == ()


def test_a_chinese_query_is_in_the_charset_of_the_page() -> None:
    """As browsers ask: the path in UTF-8, the query in the page's own charset."""
    listed = ListPage(url="http://www.example.gov.cn/list.asp", adapter="html-list")
    html = "<html><body><li><a href='/文件/show.asp?title=互联网+&x=%D6%D0&y=𠮷'>互联网教育</a></li></body></html>"
    url = read(listed, html.encode("gb18030")).links[0].url
    assert url.endswith("/文件/show.asp?title=%BB%A5%C1%AA%CD%F8+&x=%D6%D0&y=%954%B25")
    assert "互联网" in read(listed, html.encode()).links[0].url
