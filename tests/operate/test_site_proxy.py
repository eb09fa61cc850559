"""The sites are asked through the proxy of the settings, and through no other."""

from __future__ import annotations

import gzip
import threading
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from crawler.resolver import is_private_by_name
from tests.operate.conftest import HOST, Home
from yuqing.core.errors import YuqingError
from yuqing.monitor.settings import load_settings

LOGIN = "采集:geheim"
DIRECT = {"YUQING_CRAWL__GATEWAY": "0"}

pytestmark = pytest.mark.long


class Proxy:
    """A forward proxy in front of a web; what it was asked for, and the logins that came along."""

    def __init__(self, web_port: int) -> None:
        self.asked: list[str] = []
        self.logins: set[str | None] = set()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                proxy.note(self)
                parts = urlsplit(self.path)
                inner = Request(f"http://127.0.0.1:{web_port}{parts.path}", headers={"Host": parts.netloc})
                with urlopen(inner, timeout=30) as answer:
                    body = answer.read()
                self.send_response(200)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_CONNECT(self) -> None:
                proxy.note(self)
                self.send_error(502)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def note(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        self.logins.add(request.headers["Proxy-Authorization"])


@pytest.fixture
def proxy(home: Home) -> Iterator[Proxy]:
    made = Proxy(home.web.port)
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_all_requests_go_through_it_with_its_login(home: Home, proxy: Proxy) -> None:
    urls = home.articles(3)
    page = home.web.pages[f"{HOST}/list/"]
    page.body = page.body.replace(b"</ul>", f"<li><a href='https://{HOST}/a/x.html'>x</a></li></ul>".encode())
    given = {"YUQING_CRAWL__PROXY": proxy.url, "YUQING_CRAWL__PROXY_LOGIN": LOGIN, "YUQING_LOG_LEVEL": "DEBUG"}
    said = home.run("crawl", **DIRECT, **given)
    assert set(proxy.asked) >= {*urls, f"http://{HOST}/robots.txt", f"{HOST}:443"}
    coded = b64encode(LOGIN.encode()).decode()
    assert proxy.logins == {f"Basic {coded}"}
    kept = b"".join(gzip.decompress(file.read_bytes()) for file in (home.path / "data/archive").rglob("*.gz"))
    for secret in ("geheim", coded):
        assert secret not in said
        assert secret.encode() not in kept
    assert all(url in kept.decode("utf-8", "replace") for url in urls)


def test_one_of_the_environment_is_not_used_and_that_is_said(home: Home, proxy: Proxy) -> None:
    home.articles(1)
    said = " ".join(home.run("crawl", **DIRECT, http_proxy=proxy.url, HTTPS_PROXY=proxy.url).split())
    assert proxy.asked == []
    assert "http_proxy is set, but the crawler does not use it" in said
    assert "环境变量 http_proxy 对采集不起作用" in said


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "[::ffff:10.0.0.1]", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost", "intranet",
     "db.internal", "x.localhost.", "169.254.169.254"],
)  # fmt: skip
def test_what_is_no_public_host_is_asked_of_no_proxy(host: str) -> None:
    assert is_private_by_name(host)


@pytest.mark.parametrize("host", ["www.gov.cn", "1.2.4.8", "[2400:3200::1]", "例子.中国"])
def test_a_public_host_is(host: str) -> None:
    assert not is_private_by_name(host)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('proxy = "http://user:geheim@proxy.example:8080"', "YUQING_CRAWL__PROXY_LOGIN"),
        ('proxy_login = "user:geheim"', "YUQING_CRAWL__PROXY_LOGIN"),
        ('proxy = "socks5://proxy.example:1080"', "not http://host:port"),
        ('proxy = "proxy.example:8080"', "not http://host:port"),
        ('proxy = "http://[::1"', "not http://host:port"),
    ],
)
def test_a_proxy_that_cannot_be_is_named(home: Home, monkeypatch: pytest.MonkeyPatch, line: str, sentence: str) -> None:
    home.settings(f"[crawl]\n{line}\n")
    monkeypatch.chdir(home.path)
    with pytest.raises(YuqingError, match=sentence) as caught:
        load_settings()
    assert "geheim" not in str(caught.value)
