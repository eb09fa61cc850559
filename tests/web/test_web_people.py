"""Accounts, roles, the proxy's header, comments, and the sign-off of the issue."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import ADDRESS, WINDOW, Page, ticks
from yuqing.core.errors import UsageError
from yuqing.core.records import Item
from yuqing.monitor.publish.report import make_report
from yuqing.monitor.publish.review_page import host_headers, make_services, serve
from yuqing.monitor.workspace import Workspace
from yuqing.review.accounts import Accounts
from yuqing.review.web.app import create_app
from yuqing.review.web.guard import CSRF_COOKIE
from yuqing.review.web.login import Door, Proxy

Enter = Callable[..., TestClient]
PASSWORDS = {"主编": "chief-secret", "王敏": "editor-secret", "实习": "reader-secret"}


@pytest.fixture
def accounts(space: Workspace) -> Accounts:
    made = Accounts(space.settings.users_file)
    for name, role in (("主编", "chief"), ("王敏", "editor"), ("实习", "reader")):
        made.put(name, role, PASSWORDS[name])
    return made


@pytest.fixture
def enter(space: Workspace, accounts: Accounts) -> Enter:
    """Logs a person in; all share one server."""
    app = create_app(make_services(space, WINDOW), hosts=host_headers("127.0.0.1", 8765), door=Door(accounts))

    def come(name: str, password: str = "") -> TestClient:
        client = TestClient(app, base_url=ADDRESS, follow_redirects=False)
        client.get("/login")
        form = {"csrf": client.cookies[CSRF_COOKIE], "name": name, "token": password or PASSWORDS.get(name, "")}
        client.post("/login", data=form, headers={"Origin": ADDRESS})
        return client

    return come


def send(client: TestClient, address: str, data: dict[str, object]):
    form = {"csrf": client.cookies[CSRF_COOKIE], **data}
    return client.post(address, data=form, headers={"Origin": ADDRESS, "HX-Request": "true"})


def accept(client: TestClient, item: Item):
    form = {
        "version": "0",
        "action": "accept",
        "row": "一行。",
        "sections": list(item.tags.sections),
        "note": "",
        "reason": "",
    }
    return send(client, f"/items/{item.id}/decide", {**form, **ticks(item)})


def test_with_accounts_everybody_logs_in_and_decisions_carry_the_name(enter: Enter, space, items: list[Item]) -> None:
    stranger = enter("王敏", "wrong-password")
    assert stranger.get("/").headers["location"] == "/login"
    assert stranger.get("/report/download.docx").headers["location"] == "/login"
    client = enter("王敏")
    assert "王敏" in client.get("/").text
    accept(client, items[0])
    assert space.store.get(items[0].id).review.by == "王敏"
    send(client, "/logout", {})
    assert client.get("/").headers["location"] == "/login"


def test_a_login_leads_back_to_the_page(enter: Enter) -> None:
    stranger = enter("王敏", "wrong-password")
    here = "/report?window=2018-02"
    login = "/login?next=%2Freport%3Fwindow%3D2018-02"
    assert stranger.get(here).headers["location"] == login
    assert stranger.get("/report/download.docx", headers={"Referer": ADDRESS + here}).headers["location"] == login
    token = {"csrf": stranger.cookies[CSRF_COOKIE]}
    ours = {"Origin": ADDRESS, "Referer": ADDRESS + here}
    assert stranger.post("/report/undo", data=token, headers=ours).headers["location"] == login
    script = {"Origin": ADDRESS, "HX-Request": "true", "HX-Current-URL": ADDRESS + here}
    assert stranger.post("/report/edit", data=token, headers=script).headers["hx-redirect"] == login
    shown = stranger.get(login).text
    assert f'name="next" value="{here}"' in shown
    form = {**token, "name": "王敏", "token": PASSWORDS["王敏"]}
    wrong = stranger.post("/login", data={**form, "token": "wrong", "next": here}, headers={"Origin": ADDRESS})
    assert f'name="next" value="{here}"' in wrong.text
    for following, leads in ((here, here), ("//evil.example/", "/"), ("https://evil.example/", "/")):
        answer = stranger.post("/login", data={**form, "next": following}, headers={"Origin": ADDRESS})
        assert answer.headers["location"] == leads


def test_who_only_reads_gets_no_buttons_that_write(enter: Enter, space, items: list[Item]) -> None:
    accept(enter("王敏"), items[0])
    writing = (
        'name="action"',
        'hx-post="/bulk',
        "/comment",
        "/restore",
        "/report/edit",
        "/report/sign",
        "/search/save",
    )
    writing += ("/add?", "/keywords/save", "/keywords/apply", "/sources/look", "/add/look", "draggable")
    pages = (
        f"/?window={WINDOW}&state=all&item={items[0].id}",
        f"/report?window={WINDOW}",
        "/keywords",
        "/runs",
        "/search?text=x",
        "/add",
    )
    reader, editor = ("".join(enter(name).get(page).text for page in pages) for name in ("实习", "王敏"))
    assert [one for one in writing if one in reader] == []
    assert [one for one in writing if one not in editor] == ["/report/sign"]
    client = enter("实习")
    assert "/logout" in client.get("/keywords").text
    assert "政务服务" in send(client, "/keywords/words", {"text": space.settings.keywords.read_text("utf-8")}).text
    refused = client.post("/add/look", data={"csrf": client.cookies[CSRF_COOKIE]}, headers={"Origin": ADDRESS})
    assert refused.status_code == 403
    assert "您的角色是“只读”" in refused.text
    assert 'href="/"' in refused.text  # a page, with a way on


def test_a_forged_name_counts_for_nothing(enter: Enter, space, items: list[Item]) -> None:
    client = enter("王敏")
    client.cookies.set("yuqing_name", "boss")
    accept(client, items[0])
    assert space.store.get(items[0].id).review.by == "王敏"


def test_roles(enter: Enter, accounts: Accounts, items: list[Item]) -> None:
    reader, editor, chief = enter("实习"), enter("王敏"), enter("主编")
    assert reader.get(f"/?window={WINDOW}").status_code == 200
    refused = accept(reader, items[0])
    assert (refused.status_code, "只读" in refused.text) == (403, True)
    assert accept(editor, items[0]).status_code == 200
    assert send(editor, f"/report/sign?window={WINDOW}", {}).status_code == 403
    assert "已签发" in send(chief, f"/report/sign?window={WINDOW}", {}).text
    accounts.put("主编", "reader", PASSWORDS["主编"])  # a role that was taken away is gone at once
    assert send(chief, f"/report/take-back?window={WINDOW}", {}).status_code == 403
    accounts.remove("主编")
    assert chief.get("/").headers["location"] == "/login"


def test_passwords_are_hashed_and_guessing_is_slowed(accounts: Accounts) -> None:
    stored = accounts.path.read_text("utf-8")
    assert "secret" not in stored
    assert stored.count("$argon2id$") == 3
    assert accounts.path.stat().st_mode & 0o077 == 0
    assert accounts.check("王敏", "editor-secret")
    assert not accounts.check("nobody", "editor-secret")
    for _ in range(5):
        assert not accounts.check("王敏", "guess")
    with pytest.raises(UsageError, match="五分钟"):
        accounts.check("王敏", "editor-secret")
    for name, role, password in (("", "chief", "12345678"), ("甲", "boss", "12345678"), ("甲", "chief", "short")):
        with pytest.raises(UsageError):
            accounts.put(name, role, password)


def test_the_name_of_a_proxy_counts_from_its_address_only(space: Workspace, accounts: Accounts) -> None:
    def come(address: str, name: str) -> TestClient:
        door = Door(accounts, Proxy("X-Remote-User", ("10.0.0.1",)))
        app = create_app(make_services(space, WINDOW), hosts=None, door=door)
        headers = {"X-Remote-User": name.encode()}
        return TestClient(app, base_url=ADDRESS, follow_redirects=False, client=(address, 5), headers=headers)

    let_in = come("10.0.0.1", "王敏").get("/").text
    assert "王敏" in let_in
    assert "/logout" not in let_in  # the proxy would let her in again
    assert "只读" in come("10.0.0.1", "访客").get("/").text
    assert come("10.0.0.9", "王敏").get("/").headers["location"] == "/login"


def test_another_address_needs_accounts_or_a_token(space: Workspace) -> None:
    with pytest.raises(UsageError, match="yuqing users add"):
        serve(space.settings, "0.0.0.0", 0, WINDOW)


def test_comments_on_an_item(page: Page, open_page, items: list[Item]) -> None:
    page.post(f"/items/{items[2].id}/comment", {"text": "数字要核对<b>"})
    shown = open_page("李强").post(f"/items/{items[2].id}/comment", {"text": "已核对"})
    assert re.findall(r"<li><b>([^<]+)</b>", shown) == ["王敏", "李强"]
    assert "数字要核对&lt;b&gt;" in shown
    assert "已核对" in page.get(f"/?window={WINDOW}&item={items[2].id}")


def test_a_signed_issue_is_frozen_and_corrections_stand_under_it(page: Page, items: list[Item], tmp_path) -> None:
    for item in items[2:4]:
        page.decide(item, "accept", row=f"{item.article.title}。")
    page.post(f"/report/edit?window={WINDOW}", {"part": "preface", "value": "前言甲。", "version": "0", "basis": ""})
    shown = page.post(f"/report/sign?window={WINDOW}", {})
    mark = re.search(r"<code>([0-9a-f]{64})</code>", shown)
    assert mark
    made = page.client.get("/report/download.json").content
    assert hashlib.sha256(made).hexdigest() == mark[1]
    assert "本期已签发，报告已固定" in page.decide(items[4], "accept")
    refused = page.post(
        f"/report/edit?window={WINDOW}", {"part": "preface", "value": "改。", "version": "1", "basis": ""}
    )
    assert "本期已签发" in refused
    assert page.client.get("/report/download.json").content == made
    for path in make_report(page.space, WINDOW, tmp_path, ("json", "md")):
        assert path.suffix != ".json" or path.read_bytes() == made
    page.post(f"/report/correct?window={WINDOW}", {"text": "第1页“五省”应为“六省”。"})
    assert "第1页“五省”应为“六省”。" in page.client.get("/report/download.md").text
    assert "第1页“五省”应为“六省”。" in page.get(f"/report?window={WINDOW}")
    assert "前言甲。" in page.get(f"/report?window={WINDOW}")
    page.post(f"/report/take-back?window={WINDOW}", {})
    assert "本期已签发" not in page.get(f"/?window={WINDOW}&state=all")
    assert "贵阳签署合作协议" in page.get(f"/report?window={WINDOW}")
