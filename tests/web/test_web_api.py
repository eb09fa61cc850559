"""The JSON API: pages, filters, counts, evidence, ETag, token; schemathesis against the running server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs
from starlette.testclient import TestClient

from indexer.facets import counted_fields
from indexer.filters import filters, query_of
from indexer.saved_searches import SavedSearch, save_search
from indexer.store import Query
from tests.web.conftest import ADDRESS, WINDOW
from yuqing.core.item_row import item_row
from yuqing.core.records import Document, Item, Review
from yuqing.monitor.publish.review_page import host_headers, make_services
from yuqing.monitor.workspace import Workspace
from yuqing.review.accounts import Accounts, User
from yuqing.review.web.app import create_app
from yuqing.review.web.guard import TOKEN_COOKIE, token_mark
from yuqing.review.web.login import SESSION_COOKIE, Door

TOKEN = "0123456789abcdef-secret"  # of the test only


def client(space: Workspace, token: str = "") -> TestClient:
    app = create_app(make_services(space, WINDOW), hosts=host_headers("127.0.0.1", 8765), token=token)
    return TestClient(app, base_url=ADDRESS)


@pytest.fixture
def api(space: Workspace) -> Iterator[TestClient]:
    with client(space) as opened:
        yield opened


def test_pages_lead_through_everything_once_and_in_order(api: TestClient, space: Workspace) -> None:
    wanted = [hit.item.id for hit in space.store.search(Query(relevant=None, sort="newest", size=100)).hits]
    found, after = [], ""
    while True:
        answer = api.get("/api/v1/items", params={"all": "true", "limit": 2, **({"after": after} if after else {})})
        page = answer.json()
        assert page["total"] == len(wanted) == 6
        found += [row["id"] for row in page["items"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert found == wanted


def test_every_filter_of_the_search_is_a_parameter_and_counts_the_same(api: TestClient, space: Workspace) -> None:
    described = api.get("/api/openapi.json").json()["paths"]["/v1/items"]["get"]["parameters"]
    assert {one["name"] for one in described} == {one.key for one in filters()} | {"saved", "limit", "after", "body"}
    for given in (
        {"text": "互联网+"}, {"window": "2018-03"}, {"since": "2018-03-10"}, {"until": "2018-03-09"},
        {"sector": "教育"}, {"region": "浙江省"}, {"ministry": "教育部"}, {"section": "enterprise"},
        {"source": "people"}, {"tier": "province-gov"}, {"state": "accepted"}, {"leads": "yes"}, {"all": "yes"},
    ):  # fmt: skip
        total = space.store.count(query_of(given))
        assert api.get("/api/v1/items", params=given).json()["total"] == total, given
        facets = api.get("/api/v1/facets", params=given).json()
        assert facets["total"] == total
        counted = space.store.search(query_of(given, size=0)).facets
        for name in counted_fields():
            assert [(one["value"], one["count"]) for one in facets["facets"][name]] == counted[name]
    assert api.get("/api/v1/items", params={"colour": "red"}).status_code == 422


def test_an_item_comes_with_its_text_and_evidence(api: TestClient, space: Workspace) -> None:
    (row,) = api.get("/api/v1/items", params={"ministry": "教育部"}).json()["items"]
    assert row["body"] is None
    found = api.get(f"/api/v1/items/{row['id']}").json()
    item = space.store.get(row["id"])
    assert item is not None
    assert found["item"]["body"] == item.article.body == item_row(item)["body"]
    (evidence,) = found["evidence"]
    assert item.article.body[evidence["start"] : evidence["end"]] == evidence["text"] == "互联网+教育"
    assert found["document"] is None
    missing = api.get(f"/api/v1/items/{'0' * 32}")
    assert missing.status_code == 404
    assert "There is no item" in missing.json()["detail"]


def test_the_particulars_of_a_document_come_with_their_words(
    api: TestClient, space: Workspace, items: list[Item]
) -> None:
    document = Document(
        number="国办发〔2018〕45号", issuer="国务院办公厅", found_in={"number": "发文字号：国办发〔2018〕45号"}
    )
    item = items[2]
    space.store.put([structs.replace(item, article=structs.replace(item.article, document=document))])
    found = api.get(f"/api/v1/items/{item.id}").json()
    assert found["item"]["document_number"] == found["document"]["number"] == "国办发〔2018〕45号"
    assert found["document"]["found_in"] == {"number": "发文字号：国办发〔2018〕45号"}
    assert api.get("/api/v1/items", params={"text": "国办发〔2018〕45号"}).json()["total"] == 1


def test_an_answer_that_is_known_is_not_sent_again_until_somebody_decides(api: TestClient, space: Workspace) -> None:
    first = api.get("/api/v1/items")
    again = api.get("/api/v1/items", headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    space.store.set_review(first.json()["items"][0]["id"], Review(state="accepted", by="王敏"), 0)
    changed = api.get("/api/v1/items", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.json()["items"][0]["state"] == "accepted"


def test_saved_searches_are_listed_and_taken(api: TestClient, space: Workspace) -> None:
    save_search(space.store, SavedSearch(name="浙江 的", filters={"region": "浙江省"}), "王敏", "")
    assert api.get("/api/v1/searches").json() == [
        {"name": "浙江 的", "filters": {"region": "浙江省"}, "alert": False}
    ]  # fmt: skip
    total = space.store.count(query_of({"region": "浙江省", "leads": "yes"}))
    assert api.get("/api/v1/items", params={"saved": "浙江 的", "leads": "true"}).json()["total"] == total == 1
    assert api.get("/api/v1/items", params={"saved": "无"}).status_code == 404


def test_windows_and_sources(api: TestClient) -> None:
    assert api.get("/api/v1/windows").json() == [{"value": "2018-03", "count": 6}]
    summary = api.get("/api/v1/windows/2018-03").json()
    assert (summary["first"], summary["last"], summary["total"]) == ("2018-02-14", "2018-03-15", 5)
    assert [one["id"] for one in api.get("/api/v1/sources").json()] == ["gov-zj", "people"]


def test_the_token_is_asked_for_and_nothing_can_be_written(space: Workspace) -> None:
    with client(space, TOKEN) as api:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic ???"}):
            refused = api.get("/api/v1/items", headers=headers)
            assert refused.status_code == 401
            assert "detail" in refused.json()
        assert api.get("/api/v1/items", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert api.get("/api/v1/items", auth=("anybody", TOKEN)).status_code == 200
        assert (
            api.get("/api/v1/items", headers={"Host": "evil.example", "Authorization": f"Bearer {TOKEN}"}).status_code
            == 421
        )
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            answer = api.request(method, "/api/v1/items", headers={"Authorization": f"Bearer {TOKEN}"})
            assert answer.status_code == 405
        api.cookies.set(TOKEN_COOKIE, token_mark(TOKEN))
        answer = api.get("/api/v1/items")
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_where_people_log_in_by_name_a_stranger_reads_nothing(space: Workspace, tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.json")
    accounts.put("王敏", "reader", "a long password")
    door = Door(accounts)
    services, hosts = make_services(space, WINDOW), host_headers("127.0.0.1", 8765)
    for token, code in (("", 401), (TOKEN, 200)):
        with TestClient(create_app(services, hosts=hosts, token=token, door=door), base_url=ADDRESS) as api:
            assert api.get("/api/v1/items").status_code == 401
            headers = {"Authorization": f"Bearer {token}"}
            assert api.get("/api/v1/items", headers=headers).status_code == code
            api.cookies.set(SESSION_COOKIE, door.open_session(User("王敏", "reader")))
            assert api.get("/api/v1/items").status_code == 200


@pytest.mark.long
def test_schemathesis_finds_nothing(space: Workspace, tmp_path: Path) -> None:
    environment = {
        **os.environ, "YUQING_DATA": str(tmp_path / "data"), "YUQING_SOURCES": str(tmp_path / "sources.yaml"),
        "YUQING_KEYWORDS": str(tmp_path / "keywords.yaml"), "YUQING_REVIEW_TOKEN": TOKEN, "NO_COLOR": "1",
    }  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "yuqing.monitor.cli", "review", "--port", "0"],
        cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
        assert found
        done = subprocess.run(
            [
                Path(sys.executable).with_name("schemathesis"), "run", f"{found[0]}/api/openapi.json",
                "--header", f"Authorization: Bearer {TOKEN}", "--seed", "1", "--max-examples", "3",
                "--generation-database", "none", "--warnings", "off",
            ],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=100,
        )  # fmt: skip
    finally:
        server.terminate()
        server.wait(20)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Tested: 7" in done.stdout
    print(done.stdout[done.stdout.rindex("SUMMARY") :])
