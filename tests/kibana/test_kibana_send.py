"""What is sent to a Kibana, and what its answers mean, against a small server that speaks as Kibana does."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from typer.testing import CliRunner

from indexer.elastic.names import Names
from indexer.kibana.dashboards_api import dashboard_bodies
from indexer.kibana.saved_objects import base_objects, dashboard_objects
from indexer.kibana.send import ImportRefusedError, send
from yuqing.core.errors import UsageError, YuqingError
from yuqing.monitor.cli import app

Json = dict[str, Any]
NAMES = Names("news")
KEY = "a2V5OnNlY3JldA=="
IMPORT = "saved_objects/_import?overwrite=true"


class FakeKibana:
    """Records requests and checks their form as Kibana does; ``answers`` overrides an answer by path."""

    def __init__(self) -> None:
        self.version = "8.19.16"
        self.key = KEY
        self.calls: list[tuple[str, str]] = []
        self.imported: list[Json] = []
        self.dashboards: dict[str, Json] = {}
        self.answers: dict[str, tuple[int, object]] = {}

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, object]:
        self.calls.append((method, path))
        if path in self.answers:
            return self.answers[path]
        if headers.get("Authorization") != f"ApiKey {self.key}":
            return 401, {"statusCode": 401, "error": "Unauthorized", "message": "Unauthorized"}
        if (method, path) == ("GET", "/s/team/api/status"):
            return 200, {
                "name": "k",
                "version": {"number": self.version},
                "status": {"overall": {"level": "available"}},
            }
        if headers.get("kbn-xsrf") is None:
            return 400, {"statusCode": 400, "message": "Request must contain a kbn-xsrf header."}
        if (method, path) == ("POST", "/s/team/api/saved_objects/_import?overwrite=true"):
            return self._import(headers, body)
        if method == "PUT" and path.startswith("/s/team/api/dashboards/"):
            assert headers["Content-Type"] == "application/json"
            self.dashboards[path.rpartition("/")[2]] = json.loads(body)
            return 200, {"id": path.rpartition("/")[2], "data": {}}
        return 404, {"statusCode": 404, "error": "Not Found", "message": "Not Found"}

    def _import(self, headers: Any, body: bytes) -> tuple[int, object]:
        form = message_from_bytes(
            b"Content-Type: " + headers["Content-Type"].encode() + b"\n\n" + body, policy=policy.HTTP
        )
        (part,) = form.iter_parts()
        assert part.get_param("name", header="content-disposition") == "file"
        assert part.get_filename().endswith(".ndjson"), "Kibana refuses another extension"
        self.imported = [json.loads(line) for line in part.get_payload(decode=True).decode().splitlines()]
        return 200, {"success": True, "successCount": len(self.imported), "warnings": [], "successResults": []}


@pytest.fixture
def kibana() -> FakeKibana:
    return FakeKibana()


@pytest.fixture
def url(kibana: FakeKibana) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def reply(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, found = kibana.answer(self.command, self.path, self.headers, body)
            data = found.encode() if isinstance(found, str) else json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = reply  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}/s/team"
        http.shutdown()


@pytest.mark.parametrize("version", ["8.9.0", "8.19.16", "9.0.4", "9.4.2"])
def test_before_9_5_everything_is_a_saved_object(kibana: FakeKibana, url: str, version: str) -> None:
    kibana.version = version
    sent = send(url + "/", NAMES, KEY)
    assert sent.version == version
    assert sent.titles[-2:] == ["月度监测", "采集健康"]
    assert kibana.imported == [*base_objects(NAMES), *dashboard_objects(NAMES)]
    assert [method for method, _ in kibana.calls] == ["GET", "POST"]


@pytest.mark.parametrize("version", ["9.5.0", "9.10.1-SNAPSHOT", "10.0.0"])
def test_since_9_5_dashboards_go_to_their_own_api(kibana: FakeKibana, url: str, version: str) -> None:
    kibana.version = version
    sent = send(url, NAMES, KEY)
    assert kibana.imported == base_objects(NAMES)
    assert kibana.dashboards == dashboard_bodies(NAMES)
    assert len(sent.titles) == 10


def test_a_kibana_that_is_away() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(YuqingError, match=rf"127\.0\.0\.1:{port}: Kibana cannot be reached.*check that it is running"):
        send(f"http://127.0.0.1:{port}", NAMES)


@pytest.mark.parametrize(
    "address", ["localhost:5601", "ftp://k", "http://", "http://user:secret@k:5601", "http://[::1", ""]
)
def test_odd_addresses_are_refused_without_showing_a_password(address: str) -> None:
    with pytest.raises(UsageError, match="is not the URL of a Kibana") as caught:
        send(address, NAMES)
    assert "secret" not in str(caught.value)


def test_a_wrong_key_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(YuqingError, match="does not accept the key; check YUQING_KIBANA__API_KEY") as caught:
        send(url, NAMES, "d3Jvbmc=")
    assert "d3Jvbmc" not in str(caught.value)


@pytest.mark.parametrize(
    ("path", "status", "body", "sentence"),
    [
        ("status", 200, {"version": {"number": "7.17.29"}}, "this is Kibana 7.17.29; the objects need 8.9 or later"),
        ("status", 200, {"version": {"number": "8.8.2"}}, "need 8.9 or later"),
        ("status", 200, {"status": {"overall": {"level": "available"}}}, "reveals its version only"),
        ("status", 200, {"tagline": "You Know, for Search"}, "is not a Kibana"),
        ("status", 200, "<html>hello</html>", "is not a Kibana"),
        ("status", 404, {"message": "Not Found"}, "base path is missing"),
        ("status", 302, "", "base path is missing"),
        ("status", 503, {"message": "Kibana server is not ready yet"}, "not ready yet.*try again"),
        (IMPORT, 403, {"message": "Unable to import"}, "has no permission.*Unable to import"),
        (IMPORT, 413, {"message": "Payload too large"}, "status 413: Payload too large"),
    ],
)  # fmt: skip
def test_what_an_answer_means(
    kibana: FakeKibana, url: str, path: str, status: int, body: object, sentence: str
) -> None:
    kibana.answers[f"/s/team/api/{path}"] = (status, body)
    with pytest.raises(YuqingError, match=sentence):
        send(url, NAMES, KEY)


def test_refused_objects_are_listed_each_with_its_reason(kibana: FakeKibana, url: str) -> None:
    missing = {"type": "missing_references", "references": [{"type": "index-pattern", "id": "news-view-items"}]}
    kibana.answers["/s/team/api/saved_objects/_import?overwrite=true"] = 200, {
        "success": False,
        "successCount": 8,
        "errors": [
            {"type": "search", "id": "news-search-pending", "title": "x", "error": missing},
            {"type": "dashboard", "id": "news-dashboard-health",
             "error": {"type": "unknown", "statusCode": 422, "message": "belongs to a more recent version"}},
        ],
    }  # fmt: skip
    with pytest.raises(ImportRefusedError) as caught:
        send(url, NAMES, KEY)
    assert str(caught.value).splitlines()[1:] == [
        "  search “本月待审”: missing_references, missing: index-pattern news-view-items",
        "  dashboard “采集健康”: unknown, belongs to a more recent version",
    ]


def test_a_dashboard_that_the_api_refuses_is_named(kibana: FakeKibana, url: str) -> None:
    kibana.version = "9.5.1"
    kibana.answers["/s/team/api/dashboards/news-dashboard-monthly"] = 400, {"message": "[panels.3]: invalid"}
    with pytest.raises(YuqingError, match=r"refused dashboard “月度监测” \(status 400: \[panels\.3\]: invalid\)"):
        send(url, NAMES, KEY)


def test_the_commands(kibana: FakeKibana, url: str, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YUQING_STORE", "elasticsearch://localhost:9200/news")
    monkeypatch.setenv("YUQING_KIBANA__API_KEY", KEY)
    done = CliRunner().invoke(app, ["kibana", "import", "--url", url])
    assert (done.exit_code, kibana.imported) == (0, [*base_objects(NAMES), *dashboard_objects(NAMES)])
    assert "Kibana 8.19.16 has 10 objects" in done.output
    done = CliRunner().invoke(app, ["kibana", "export", "--out", "there"])
    assert done.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "there").iterdir()) == [
        "kibana.ndjson", "news-dashboard-health.json", "news-dashboard-monthly.json"
    ]  # fmt: skip


def test_a_key_in_the_settings_file_is_refused(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "yuqing.toml").write_text(f'[kibana]\napi_key = "{KEY}"\n')
    done = CliRunner().invoke(app, ["kibana", "export"])
    assert isinstance(done.exception, YuqingError)
    assert "YUQING_KIBANA__API_KEY" in str(done.exception)
    assert KEY not in str(done.exception)
