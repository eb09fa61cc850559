"""A small real web server for crawler tests: it answers by (host, path), over loopback."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """What the server says."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


@dataclass
class Wild:
    """An answer outside the rules of HTTP: ``act`` gets the connection."""

    act: Callable[[socket.socket], None]


Handler = Callable[[dict[str, str]], Answer | Wild]


class Web:
    """The answers by host and path, and how often each was asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Wild | Handler] = {}
        self.hits: Counter[str] = Counter()
        self.port = 0

    def put(self, url: str, text: str | bytes = b"", status: int = 200, **headers: str) -> None:
        """Answer ``url`` (scheme-free) with ``text``; header names are written with underscores."""
        body = text.encode() if isinstance(text, str) else text
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[url] = Answer(body, status, {"Content-Type": "text/html; charset=utf-8", **named})


@contextmanager
def serve() -> Iterator[Web]:
    """A running web."""
    web = Web()

    class Responder(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 1 << 16  # head and body in one packet: without a wait of 40 ms for the client's word

        def do_GET(self) -> None:
            url = f"{self.headers['Host']}{self.path}"
            web.hits[url] += 1
            found = web.pages.get(url, Answer(b"not here", 404))
            answer = found(dict(self.headers)) if callable(found) else found
            if isinstance(answer, Wild):
                self.close_connection = True
                with suppress(OSError):  # the client hung up
                    answer.act(self.connection)
                return
            self.send_response(answer.status)
            for name, value in {**answer.headers, "Content-Length": str(len(answer.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Responder)
    web.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
