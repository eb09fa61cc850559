"""The demo web is what a crawl meets: every page answers, in the encoding it claims, and lists lead to it."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.dialects import url_day
from crawler.lists import ADAPTERS, ListError
from crawler.sources import is_article, load_sources, source_for
from yuqing.core.records import Page, Source
from yuqing.core.times import SHANGHAI
from yuqing.demo.articles import DemoArticle, address, load_sites
from yuqing.demo.pages import part_urls
from yuqing.demo.server import DemoWeb

NOW = datetime(2018, 3, 31, 12, tzinfo=SHANGHAI)
Answer = tuple[int, dict[str, str], bytes]
REFUSING = ("min-moj", "min-mps", "gov-gs")


@pytest.fixture(scope="module")
def sources(root: Path) -> dict[str, Source]:
    return load_sources(root / "sources.yaml")


@pytest.fixture(scope="module")
def demo(sources: dict[str, Source]) -> Iterator[DemoWeb]:
    with DemoWeb(sources) as demo:
        yield demo


class Client:
    """A keep-alive HTTP client that asks the loopback port for pages of any host."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def get(
        self, url: str, method: str = "GET", body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        host, target = address(url)
        sent = {"Host": host, "X-Forwarded-Proto": url.partition(":")[0], **headers}
        self._connection.request(method, target, body=body or None, headers=sent)
        answer = self._connection.getresponse()
        found = answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, found


@pytest.fixture
def client(demo: DemoWeb) -> Client:
    return Client(demo.port)


def articles_with(demo: DemoWeb, flag: str) -> list[DemoArticle]:
    return [article for article in demo.web.articles if flag in article.flags]


def walk(client: Client, source: Source, limit: int = 40) -> tuple[set[str], int]:
    """Every link that the lists of ``source`` give, and the largest number of pages of one list."""
    found: set[str] = set()
    longest = 0
    for listed in source.lists:
        adapter = ADAPTERS[listed.adapter]
        fetch, number = adapter.start(listed), 1
        while number < limit:
            status, headers, body = client.get(fetch.url, fetch.method, fetch.body, **dict(fetch.headers))
            if status != 200:
                break
            page = Page(url=fetch.url, body=body, source_id=source.id, fetched_at=NOW, headers=headers)
            try:
                listing = adapter.read(page, listed, number)
            except ListError:  # a column without rows; what must be found is asserted by the caller
                break
            found |= {link.url for link in listing.links if is_article(link.url, source)}
            if listing.next is None:
                break
            fetch, number = listing.next, number + 1
        longest = max(longest, number)
    return found, longest


def test_it_is_as_large_as_a_demonstration_needs(demo: DemoWeb) -> None:
    assert len(demo.web.articles) >= 150
    assert len({article.source for article in demo.web.articles}) >= 30
    assert len({address(article.url) for article in demo.web.articles}) == len(demo.web.articles)


def test_every_article_is_one_of_its_source(demo: DemoWeb, sources: dict[str, Source]) -> None:
    for article in demo.web.articles:
        source = sources[article.source]
        assert is_article(article.url, source), article.url
        owner = source_for(article.url, sources)
        assert owner is not None
        assert owner.id == article.source
        assert url_day(article.url, source) in (None, article.published.date()), article.url


def test_the_lists_lead_to_every_article(demo: DemoWeb, client: Client, sources: dict[str, Source]) -> None:
    longest = 0
    for name in demo.web.sources:
        wanted = {article.url for article in demo.web.articles if article.source == name}
        found, pages = walk(client, sources[name])
        assert wanted <= found, f"{name}: {sorted(wanted - found)}"
        longest = max(longest, pages)
    assert longest >= 3


def test_lists_are_newest_first_and_show_days(demo: DemoWeb, client: Client, sources: dict[str, Source]) -> None:
    for name in ("people-tj", "gov-js", "min-moe", "media-chinanews", "gov-cn"):
        source = sources[name]
        listed = next(one for one in source.lists if one.next or one.adapter in ("json-feed", "jcms-xml"))
        fetch = ADAPTERS[listed.adapter].start(listed)
        _, headers, body = client.get(fetch.url)
        page = Page(url=fetch.url, body=body, source_id=name, fetched_at=NOW, headers=headers)
        days = [link.day for link in ADAPTERS[listed.adapter].read(page, listed, 1).links]
        shown = [day for day in days if day is not None]
        assert len(shown) >= 4, name
        assert shown == sorted(shown, reverse=True), name


def test_every_answer_of_the_table_is_served(demo: DemoWeb, client: Client) -> None:
    for (host, target), reply in demo.web.replies.items():
        if reply.stream is not None:
            continue
        status, _, body = client.get(f"https://{host}{target}")
        assert status == reply.status, (host, target)
        assert body == reply.body


def test_pages_come_in_the_encoding_of_their_site(demo: DemoWeb, client: Client) -> None:
    sites, rare = load_sites(), 0
    for article in demo.web.articles:
        status, headers, body = client.get(article.url.replace("http:", "https:"))
        if status != 200 or not article.text or {"calendar", "huge", "challenge"} & set(article.flags):
            continue
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        declared = sites[article.source].encoding
        assert f"charset={declared}".encode() in body
        text = body.decode("gb18030" if declared == "gb2312" else "utf-8")
        assert article.paragraphs[0][:12] in text.replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">")
        if declared == "gb2312":
            rare += any(character in text for character in "镕喆堃")
    assert rare >= 2, "a gb2312 label over characters that GB2312 has not"


def test_an_article_in_several_pages_is_chained(demo: DemoWeb, client: Client) -> None:
    for article in articles_with(demo, "pages"):
        urls = part_urls(article)
        assert len(urls) >= 2
        for url, following in pairwise(urls):
            assert following.rsplit("/", 1)[1].encode() in client.get(url)[2]


@pytest.mark.parametrize(
    ("flag", "status"),
    [
        ("gone", 404),
        ("status-403", 403),
        ("status-412", 412),
        ("status-521", 521),
        ("challenge", 200),
        ("off-site", 302),
        ("https", 301),
    ],
)
def test_the_corners_answer_as_named(demo: DemoWeb, client: Client, flag: str, status: int) -> None:
    articles = articles_with(demo, flag)
    assert articles
    for article in articles:
        found, headers, body = client.get(article.url)
        assert found == status
        if flag in ("status-412", "status-521"):
            assert "set-cookie" in headers
        if flag == "challenge":
            assert b"<script" in body
        if flag == "off-site":
            assert address(headers["location"])[0] != address(article.url)[0]
        if flag == "https":
            assert headers["location"] == article.url.replace("http:", "https:")
            assert client.get(headers["location"])[0] == 200


@pytest.mark.parametrize("name", REFUSING)
def test_some_sources_refuse_their_lists(demo: DemoWeb, client: Client, sources: dict[str, Source], name: str) -> None:
    for listed in sources[name].lists:
        status, headers, _ = client.get(listed.url)
        assert status in (302, 412, 521)
        assert "set-cookie" in headers
        assert headers.get("location", listed.url) == listed.url


def test_robots_forbids_what_a_list_links_to(demo: DemoWeb, client: Client) -> None:
    article = articles_with(demo, "robots")[0]
    host, target = address(article.url)
    status, _, body = client.get(f"http://{host}/robots.txt")
    folders = [line.split()[1] for line in body.decode().splitlines() if line.startswith("Disallow")]
    assert status == 200
    assert any(target.startswith(folder) for folder in folders)
    others = [a for a in demo.web.articles if a.address[0] == host and a is not article]
    assert others
    assert not any(other.address[1].startswith(folder) for other in others for folder in folders)


def test_a_conditional_request_gets_304(demo: DemoWeb, client: Client) -> None:
    article = articles_with(demo, "etag")[0]
    status, headers, body = client.get(article.url)
    assert status == 200
    assert body
    again = client.get(article.url, **{"If-None-Match": headers["etag"]})
    assert (again[0], again[2]) == (304, b"")
    since = client.get(article.url, **{"If-Modified-Since": headers["last-modified"]})
    assert since[0] == 304
    assert client.get(article.url, **{"If-None-Match": '"other"'})[0] == 200


def test_the_huge_page_can_be_left_half_read(demo: DemoWeb) -> None:
    article = articles_with(demo, "huge")[0]
    host, target = address(article.url)
    connection = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=10)
    connection.request("GET", target, headers={"Host": host})
    answer = connection.getresponse()
    assert answer.getheader("Content-Length") is None
    assert len(answer.read(2_000_000)) == 2_000_000
    connection.close()
    assert Client(demo.port).get("http://www.gov.cn/none")[0] == 404


def test_the_calendar_never_ends(demo: DemoWeb, client: Client) -> None:
    url = articles_with(demo, "calendar")[0].url
    seen = set()
    for _ in range(30):
        status, _, body = client.get(url)
        assert status == 200
        seen.add(url)
        target = body.decode().rsplit("<a href='", 1)[1].split("'", 1)[0]
        url = f"http://{address(url)[0]}{target}"
    assert len(seen) == 30


def test_requests_are_counted(demo: DemoWeb, client: Client) -> None:
    before = demo.hits["www.gov.cn", "/counted?a=1"]
    client.get("http://www.gov.cn/counted?a=1")
    client.get("http://WWW.GOV.CN/counted?a=1")
    assert demo.hits["www.gov.cn", "/counted?a=1"] == before + 2
