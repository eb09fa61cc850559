"""Damaged list pages: a cut, doubled or scrambled answer gives links or a ListError, nothing else."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.lists import ADAPTERS, Adapter, ListError
from crawler.search import SEARCHES
from yuqing.core.records import ListPage, Page
from yuqing.core.times import SHANGHAI

HEX = "0123456789abcdef0123456789abcdef"
EVERY: dict[str, Adapter] = {**ADAPTERS, **SEARCHES}
ROWS = [
    {
        "title": "互联网+公证",
        "TITLE": "互联网+公证",
        "url": "/a/201803/t20180305_1.htm",
        "date": 1520208000,
        "publishedTimeStr": "2018-03-05",
        "publishUrl": f"../20180305/{HEX}/c.html",
        "source": {"urls": '{"pc": "/1.html"}', "pubDate": "2018-03-05"},
    }
]
HTML = f"""<html><meta name='channelid' content='{HEX}'><ul data='datasource:{HEX}'><li><a href='/1.html'>标题</a>
<span>03-05</span></li></ul><script>createPageHTML(3,0,'index','html'); chnlid=12</script></html>"""
JCMS = """<script type='text/xml'><datastore><nextgroup><![CDATA[<a href='/dataproxy.jsp?page=1'></a>]]></nextgroup>
<recordset><record><![CDATA[<li><a href='/art/2018/3/5/art_1_2.html'>标题</a>2018-03-05</li>]]></record></recordset>
<totalpage>9</totalpage></datastore></script>"""
RSS = """<?xml version='1.0' encoding='gb2312'?><rss><item><title>标题</title><link>/1.html</link>
<pubDate>Mon, 05 Mar 2018 23:30:00 GMT</pubDate></item></rss>"""
SEEDS = [
    HTML,
    JCMS,
    RSS,
    "<script url='/page/build/unit' queryData=\"{'webId':'1','tagId':'列表','pageId':'2'}\"></script>",
    json.dumps({"data": {"html": "<li><a href='/1.html'>标题</a></li>", "results": ROWS, "total": 40}}),
    json.dumps({"articles": ROWS, "datasource": ROWS, "data": ROWS, "pageCount": "3"}),
    json.dumps({"searchVO": {"catMap": {"a": {"listVO": ROWS, "totalCount": 99}}}, "code": "0"}),
    f"cb({json.dumps(ROWS)});",
    "<urlset><url><loc>http://www.example.cn/1.html</loc></url></urlset>",
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A seed page with one or two pieces cut out, doubled, or replaced."""
    body = draw(st.sampled_from(SEEDS)).encode(draw(st.sampled_from(["utf-8", "gb18030"])))
    for _ in range(draw(st.integers(1, 2))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 60)))
        middle = draw(st.sampled_from([b"", body[start:end] * 3, b"\x00\xff", b"<", b'"', b"]]>", b"null", b"9" * 400]))
        body = body[:start] + middle + body[end:]
    return body


@pytest.mark.parametrize("adapter", sorted(EVERY))
@given(body=damaged(), number=st.integers(1, 300))
@settings(max_examples=60, deadline=2000, derandomize=True)
def test_a_damaged_list_gives_links_or_a_list_error(adapter: str, body: bytes, number: int) -> None:
    params = {"keyword": "互联网+", "since": "2018-02-14", "until": "2018-03-15"}
    listed = ListPage(
        url="http://www.example.cn/a/", adapter=adapter, items="" if "json" in adapter else "li", params=params
    )
    page = Page(
        url=listed.url, body=body, source_id="s", fetched_at=datetime(2018, 3, 16, tzinfo=SHANGHAI), kind="listing"
    )
    try:
        listing = EVERY[adapter].read(page, listed, number)
    except ListError:
        return
    assert all(link.url.startswith(("http://", "https://")) for link in listing.links)
    assert listing.next is None or listing.next.url.startswith(("http://", "https://"))
