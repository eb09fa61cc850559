"""Feeds and sitemaps."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from crawler.lists import Fetch, ListError
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


NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def test_sitemap_index_leads_to_the_files_that_changed_lately() -> None:
    listed = ListPage(url="http://www.example.cn/sitemap.xml", adapter="sitemap")
    files = [("s2016", "2016-12-31"), ("s2", "2018-03-01"), ("s1", "2018-03-15T08:00:00+08:00"), ("s3", "")]
    inner = "".join(
        f"<sitemap><loc>http://www.example.cn/{name}.xml.gz</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in files
    )
    found = read(listed, f'<?xml version="1.0"?><sitemapindex {NAMESPACE}>{inner}</sitemapindex>')
    assert found.links == ()
    assert found.next == Fetch("http://www.example.cn/s3.xml.gz")  # without a day it may hold anything
    assert [fetch.url[-9:] for fetch in found.beside] == ["s1.xml.gz", "s2.xml.gz"]
    old = f"<sitemapindex {NAMESPACE}><sitemap><loc>/a.xml</loc><lastmod>2011-01-01</lastmod></sitemap></sitemapindex>"
    assert read(listed, old).next == Fetch("http://www.example.cn/a.xml")


def test_sitemap_gives_days_of_publication_only_and_leaves_out_what_did_not_change() -> None:
    urls = f"""<urlset {NAMESPACE} xmlns:news="http://n/">
      <url><loc>http://www.example.cn/1.html</loc><news:news><news:title>电子社保卡</news:title>
      <news:publication_date>2018-03-12T08:00:00+08:00</news:publication_date></news:news></url>
      <url><loc>http://www.example.cn/2.html</loc><lastmod>2018-03-15</lastmod></url>
      <url><loc>http://www.example.cn/3.html</loc><lastmod>2017-12-15</lastmod></url></urlset>"""
    listed = ListPage(url="http://www.example.cn/sitemap.xml", adapter="sitemap")
    found = read(listed, gzip.compress(urls.encode()), url="http://www.example.cn/s2018.xml.gz", number=2)
    assert shown(found) == [
        ("http://www.example.cn/1.html", "电子社保卡", date(2018, 3, 12)),
        ("http://www.example.cn/2.html", "", None),
    ]
    wide = ListPage(url=listed.url, adapter="sitemap", params={"days": "365"})
    assert len(read(wide, urls).links) == 3
    with pytest.raises(ListError, match="damaged"):
        read(listed, b"\x1f\x8bnot gzip at all")


def test_a_sitemap_of_plain_addresses() -> None:
    listed = ListPage(url="http://www.example.cn/sitemap.txt", adapter="sitemap")
    found = read(listed, "\ufeffhttp://www.example.cn/1.html\r\nhttp://www.example.cn/2.html\n\n")
    assert [link.url for link in found.links] == ["http://www.example.cn/1.html", "http://www.example.cn/2.html"]


JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "要闻", "items": [
  {"id": "1", "url": "/a/1.html", "title": "镕城“互联网+”政务", "date_published": "2018-03-06T07:30:00+08:00"},
  {"id": "http://www.example.cn/a/2.html", "title": "另一条"}]}"""


def test_json_feed() -> None:
    listed = ListPage(url="http://www.example.cn/feed.json", adapter="rss")
    assert shown(read(listed, JSON_FEED)) == [
        ("http://www.example.cn/a/1.html", "镕城“互联网+”政务", date(2018, 3, 6)),
        ("http://www.example.cn/a/2.html", "另一条", None),
    ]
    with pytest.raises(ListError, match="not a JSON Feed"):
        read(listed, '{"items": []}')


def test_a_feed_that_is_no_sound_xml_and_a_time_without_zone() -> None:
    feed = """<rss version="2.0"><channel><item><title>数字乡村 & 智慧农业</title><link>http://www.example.cn/a/1.html</link>
      <pubDate>2018-03-12 20:30:00</pubDate></item><item><title>&lt;b&gt;第二条&lt;/b&gt;</title>
      <enclosure url="http://www.example.cn/x.mp3" type="audio/mpeg"/><link>http://www.example.cn/a/2.html</link></item>"""
    listed = ListPage(url="http://www.example.cn/rss.xml", adapter="rss")
    assert shown(read(listed, feed)) == [
        ("http://www.example.cn/a/1.html", "数字乡村 & 智慧农业", date(2018, 3, 12)),
        ("http://www.example.cn/a/2.html", "第二条", None),
    ]


def test_a_sitemap_that_unpacks_without_end_is_refused() -> None:
    listed = ListPage(url="http://www.example.cn/sitemap.xml.gz", adapter="sitemap")
    with pytest.raises(ListError, match="larger than 50 MB"):
        read(listed, gzip.compress(b" " * (51 * 1024 * 1024), compresslevel=9))
