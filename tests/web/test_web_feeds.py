"""Feeds of sections and saved searches, as a feed parser and the JSON Feed rules read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import feedparser
import jsonschema
import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from indexer.saved_searches import SavedSearch, save_search
from tests.web.conftest import ADDRESS, WINDOW, make
from yuqing.core.errors import UsageError
from yuqing.core.labels import SECTIONS
from yuqing.core.records import Review
from yuqing.monitor.publish.feed_files import write_feeds
from yuqing.monitor.publish.review_page import host_headers, make_services
from yuqing.monitor.workspace import Workspace
from yuqing.review.web.app import create_app

TOKEN = "0123456789abcdef-secret"  # of the test only
TEXT = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": "^(https?|file)://"}
JSON_FEED = {  # what version 1.1 demands
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT, "home_page_url": URL, "feed_url": URL, "language": TEXT,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_text"]}, {"required": ["content_html"]}],
                "properties": {
                    "id": TEXT, "url": URL, "title": TEXT, "content_text": {"type": "string"},
                    "date_published": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"},
                    "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
                    "tags": {"type": "array", "items": TEXT},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}  # fmt: skip
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def server(space: Workspace) -> Iterator[TestClient]:
    """The server over the month, with a search and an item that XML stumbles over."""
    odd = make("<b>“互联网+”</b> & \x0b控制符", "正文]]>&nbsp;\x00" + "字" * 500, "2018-03-14", province="北京市")
    space.store.put([odd])
    save_search(space.store, SavedSearch(name="浙江 & 四川", filters={"text": "互联网+"}), "王敏", "")
    app = create_app(make_services(space, WINDOW), hosts=host_headers("127.0.0.1", 8765))
    with TestClient(app, base_url=ADDRESS) as opened:
        yield opened


PATHS = [*(f"sections/{name}" for name in SECTIONS), f"searches/{quote('浙江 & 四川')}"]


@pytest.mark.parametrize("path", PATHS)
def test_each_form_of_each_feed_is_valid_and_says_the_same(server: TestClient, path: str) -> None:
    answers = {form: server.get(f"/feeds/{path}.{form}") for form in ("atom", "rss", "json")}
    assert {form: answer.headers["content-type"].split(";")[0] for form, answer in answers.items()} == {
        "atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json",
    }  # fmt: skip
    told = answers["json"].json()
    jsonschema.validate(told, JSON_FEED)
    assert told["feed_url"] == f"{ADDRESS}/feeds/{path}.json"
    links = [one["url"] for one in told["items"]]
    assert len(set(links)) == len(links)
    for form, version in (("atom", "atom10"), ("rss", "rss20")):
        read = feedparser.parse(answers[form].content, response_headers=dict(answers[form].headers))
        assert not read.bozo, read.get("bozo_exception")
        assert read.version == version
        assert [entry.link for entry in read.entries] == links
        assert [entry.id for entry in read.entries] == [one["id"] for one in told["items"]]
        assert all(entry.published_parsed and entry.title and entry.summary for entry in read.entries)
        assert [link.href for link in read.feed.links if link.rel == "self"] == [f"{ADDRESS}/feeds/{path}.{form}"]


def test_atom_has_what_its_standard_demands(server: TestClient) -> None:
    feed = etree.fromstring(server.get("/feeds/sections/province.atom").content)
    for place in (feed, *feed.iterfind(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = place.findall(f"{ATOM}{name}")
            assert found.text
    assert all(entry.find(f"{ATOM}author/{ATOM}name").text for entry in feed.iterfind(f"{ATOM}entry"))
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "<b>“互联网+”</b> & 控制符"


def test_sections_leave_out_reprints_what_is_not_relevant_and_what_was_dropped(
    server: TestClient, space: Workspace
) -> None:
    def titles() -> list[str]:
        return [one["title"] for one in server.get("/feeds/sections/province.json").json()["items"]][1:]

    assert titles() == ["贵阳签署合作协议", "成都上线便民平台", "杭州市印发工作方案"]
    item = next(one for one in space.store.scan() if one.article.title == "成都上线便民平台")
    space.store.set_review(item.id, Review(state="dropped", reason="opinion", by="王敏"), 0)
    assert titles() == ["贵阳签署合作协议", "杭州市印发工作方案"]


def test_a_feed_that_is_known_is_not_sent_again(server: TestClient) -> None:
    first = server.get("/feeds/sections/ministry.rss")
    again = server.get("/feeds/sections/ministry.rss", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_all_feeds_are_listed_and_what_is_none_is_said(server: TestClient) -> None:
    listed = server.get("/feeds/").json()
    assert [one["atom"].removeprefix(f"{ADDRESS}/feeds/") for one in listed] == [f"{path}.atom" for path in PATHS]
    for path in (
        "sections/foo.atom",
        "searches/foo.atom",
        "sections/ministry.opml",
        "foo/ministry.atom",
        "foo.atom",
        "a/b/c.atom",
    ):
        missing = server.get(f"/feeds/{path}")
        assert missing.status_code == 404
        assert missing.json()["detail"]


def test_the_page_links_the_feed_of_a_saved_search(server: TestClient) -> None:
    page = html.fromstring(server.get("/search").text)
    (address,) = page.xpath("//a[text()='订阅']/@href")
    assert server.get(address).headers["content-type"].startswith("application/atom+xml")


def test_a_reader_gives_the_token_as_a_password(space: Workspace) -> None:
    app = create_app(make_services(space, WINDOW), hosts=host_headers("127.0.0.1", 8765), token=TOKEN)
    with TestClient(app, base_url=ADDRESS) as reader:
        refused = reader.get("/feeds/sections/ministry.atom")
        assert refused.status_code == 401
        assert "Basic" in refused.headers["www-authenticate"]
        assert reader.get("/feeds/sections/ministry.atom", auth=("me", TOKEN)).status_code == 200


def test_files_hold_what_the_server_sends(server: TestClient, space: Workspace, tmp_path: Path) -> None:
    written = list(write_feeds(space.store, [], tmp_path / "feeds", "atom,rss,json", f"{ADDRESS}/feeds/"))
    assert len(written) == 3 * len(PATHS)
    for path in (tmp_path / "feeds").rglob("*.json"):
        place = path.relative_to(tmp_path / "feeds").with_suffix("").as_posix()
        told, sent = json.loads(path.read_bytes()), server.get(f"/feeds/{quote(place)}.json").json()
        assert told["items"] == sent["items"]
        assert told["feed_url"] == sent["feed_url"]
    for form in ("atom", "rss"):
        assert all(not feedparser.parse(path.read_bytes()).bozo for path in tmp_path.rglob(f"*.{form}"))
    (one,) = write_feeds(space.store, ["sections/summit"], tmp_path / "one", "json", "")
    jsonschema.validate(json.loads(one.read_bytes()), JSON_FEED)
    with pytest.raises(UsageError, match="“doc” is not a feed format"):
        list(write_feeds(space.store, [], tmp_path, "doc", ""))
    with pytest.raises(UsageError, match="no saved search “foo”"):
        list(write_feeds(space.store, ["foo"], tmp_path, "json", ""))
