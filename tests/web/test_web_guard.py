"""Who may ask for what: host, origin, token, CSRF; headers; hostile text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from tests.web.conftest import ADDRESS, WINDOW, Page, make
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.records import Item
from yuqing.monitor.publish.review_page import host_headers, is_loopback, make_services, serve
from yuqing.monitor.settings import Settings, load_settings
from yuqing.monitor.workspace import Workspace
from yuqing.review.web.app import create_app
from yuqing.review.web.guard import CSRF_COOKIE, CSRF_HEADER, MAX_BODY

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}\x00\x0b\u202e"
TOKEN = "a-token-of-enough-characters"


def test_every_answer_has_the_headers_and_no_page_has_inline_script_or_style(page: Page, items: list[Item]) -> None:
    for address in (
        "/",
        f"/?item={items[0].id}",
        "/report",
        "/keywords",
        "/runs",
        "/name",
        "/none",
        "/static/review.js",
    ):
        answer = page.client.get(address)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        if "html" in answer.headers["content-type"]:
            tree = lxml.html.fromstring(answer.text)
            assert not [node for node in tree.iter("script") if not node.get("src", "").startswith("/static/")]
            assert not tree.xpath("//style | //@style | //@*[starts-with(name(), 'on')]")
            outside = [
                u for u in tree.xpath("//script/@src | //link/@href | //img/@src") if not u.startswith("/static/")
            ]
            assert not outside
    policy = page.client.get("/report/preview?scope=all").headers["content-security-policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(open_page: Callable[[str], Page]) -> None:
    answer = open_page("").client.get("/name")
    assert re.search(r"yuqing_csrf=[\w-]{43}; Path=/; HttpOnly; SameSite=Strict$", answer.headers["set-cookie"])


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:80", "127.0.0.1.evil.example:8765", ""])
def test_a_foreign_host_name_is_refused(page: Page, host: str) -> None:
    assert page.client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Origin": ADDRESS}, 403),
        ({"Origin": ADDRESS, CSRF_HEADER: "wrong"}, 403),
        ({"Origin": "http://evil.example", CSRF_HEADER: "right"}, 403),
        ({"Origin": "null", CSRF_HEADER: "right"}, 403),
        ({"Origin": "http://[", CSRF_HEADER: "right"}, 403),
        ({CSRF_HEADER: "right"}, 403),
        ({"Origin": ADDRESS, CSRF_HEADER: "right"}, 200),
    ],
)
def test_a_form_needs_the_token_and_our_own_origin(
    page: Page, items: list[Item], headers: dict[str, str], code: int
) -> None:
    page.get()
    if headers.get(CSRF_HEADER) == "right":
        headers = {**headers, CSRF_HEADER: page.client.cookies[CSRF_COOKIE]}
    answer = page.client.post(
        f"/items/{items[3].id}/decide",
        data={"action": "drop", "version": "0", "rules": items[3].tags.rules},
        headers={**headers, "HX-Request": "true"},
    )
    assert answer.status_code == code
    stored = page.space.store.get(items[3].id)
    assert stored is not None
    assert stored.review.version == (1 if code == 200 else 0)


def test_no_decision_by_get_and_no_huge_form(page: Page, items: list[Item]) -> None:
    assert page.client.get(f"/items/{items[3].id}/decide?action=drop&version=0").status_code == 405
    page.post("/keywords/check", {"text": "x" * (MAX_BODY + 1)}, 413)


def test_hostile_titles_and_bodies_are_text(page: Page) -> None:
    item = make(f"标题{EVIL}", f"3月9日，某市上线“互联网+政务服务”平台{EVIL}。", source=EVIL)
    page.space.store.put([item])
    page.decide(item, "save", row=f"一句{EVIL}", note=EVIL)
    name = "</title><script>alert(3)</script>"
    for address in (
        f"/?item={item.id}&state=all",
        f"/?q={name}&sector={name}&window={WINDOW}",
        "/report/preview?scope=all",
        f"/items/{item.id}/archived",
    ):
        text = page.get(address)
        tree = lxml.html.fromstring(text)
        assert not [s for s in tree.iter("script") if not s.get("src")], address
        assert not tree.xpath("//img[@onerror]"), address
        assert "\x00" not in text
        assert "\u202e" not in text
        assert "49" not in tree.xpath("string(//h2)")
    shown = lxml.html.fromstring(page.get(f"/?item={item.id}&state=all")).cssselect("#item-title")[0].text_content()
    assert shown.startswith("标题<script>alert(1)</script>")


def test_a_javascript_link_is_no_link(page: Page) -> None:
    item = make("坏链接", "3月9日，某市上线“互联网+政务服务”平台。")
    item = replace(item, article=replace(item.article, url="javascript:alert(1)"))
    page.space.store.put([item])
    assert 'href="javascript' not in page.get(f"/?item={item.id}")


def test_another_address_asks_for_the_token(space: Workspace) -> None:
    app = create_app(make_services(space, WINDOW), hosts=host_headers("0.0.0.0", 8765), token=TOKEN)
    client = TestClient(app, base_url="http://desk.example:8765", follow_redirects=False)
    assert client.get("/").headers["location"] == "/login"
    assert client.get("/report/download.docx").headers["location"] == "/login"
    assert client.get("/", headers={"HX-Request": "true"}).headers["hx-redirect"] == "/login"
    assert client.get("/static/review.css").status_code == 200
    origin = {"Origin": "http://desk.example:8765"}
    client.get("/login")
    csrf = client.cookies[CSRF_COOKIE]
    assert "口令不对" in client.post("/login", data={"csrf": csrf, "token": "guess"}, headers=origin).text
    assert client.get("/").headers["location"] == "/login"
    assert client.post("/login", data={"csrf": csrf, "token": TOKEN}, headers=origin).status_code == 303
    assert client.get("/").headers["location"] == "/name"
    broken = {"HX-Request": "true", "HX-Current-URL": "http://["}
    assert client.get("/", headers=broken).headers["hx-redirect"] == "/name"
    assert TOKEN not in str(dict(client.cookies))


def test_wrong_tokens_are_counted_and_the_next_is_not_looked_at(
    space: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(make_services(space, WINDOW), hosts=host_headers("0.0.0.0", 8765), token=TOKEN)
    client = TestClient(app, base_url="http://desk.example:8765", follow_redirects=False)
    client.get("/login")
    form = {"csrf": client.cookies[CSRF_COOKIE], "token": "a-guess-of-somebody"}
    origin = {"Origin": "http://desk.example:8765"}
    assert [client.post("/login", data=form, headers=origin).status_code for _ in range(12)] == [200] * 10 + [429] * 2
    assert client.post("/login", data={**form, "token": TOKEN}, headers=origin).status_code == 429
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert client.get("/feeds/", headers=bearer).status_code == 429
    app.state.door.wrong.forget()
    guesses = [client.get("/feeds/", headers={"Authorization": "Bearer a-guess-of-somebody"}) for _ in range(11)]
    assert [answer.status_code for answer in guesses] == [401] * 10 + [429]
    app.state.door.wrong.forget()
    assert client.get("/feeds/", headers=bearer).status_code == 200
    assert client.post("/login", data={**form, "token": TOKEN}, headers=origin).status_code == 303
    assert "wrong token" in caplog.text
    assert "a-guess-of-somebody" not in caplog.text


def test_another_address_without_a_token_does_not_start(space: Workspace) -> None:
    with pytest.raises(UsageError, match="YUQING_REVIEW_TOKEN"):
        serve(space.settings, "0.0.0.0", 0, "")
    short = space.settings.model_copy(update={"review_token": Settings(review_token="short").review_token})
    with pytest.raises(UsageError, match="16 or more"):
        serve(short, "192.0.2.1", 0, "")


def test_the_token_must_not_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("yuqing.toml").write_text(f'review_token = "{TOKEN}"\n', "utf-8")
    with pytest.raises(YuqingError, match="YUQING_REVIEW_TOKEN"):
        load_settings()


def test_hosts() -> None:
    assert host_headers("127.0.0.1", 8765) == {"127.0.0.1:8765", "localhost:8765", "[::1]:8765"}
    assert host_headers("0.0.0.0", 8765) is None
    assert host_headers("desk.example", 8765) == {"desk.example:8765"}
    assert is_loopback("::1")
    assert is_loopback("localhost")
    assert not is_loopback("10.0.0.1")
    assert not is_loopback("localhost.evil.example")
