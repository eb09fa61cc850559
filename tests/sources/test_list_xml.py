"""Feeds and sitemaps."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from crawler.lists import Fetch, ListError, Listing
from tests.sources.listing import read, shown
from yuqing.core.records import ListPage

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
