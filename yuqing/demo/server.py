"""The demo web's server: a single loopback port that answers for every host."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from yuqing.core.records import Source
from yuqing.demo.articles import address
from yuqing.demo.reply import Reply, unchanged
from yuqing.demo.site import build_web


class DemoWeb:
    """Serves the demo web of ``sources`` on 127.0.0.1 within a with block; ``hits`` counts the requests.

    The requested site is taken from the ``Host`` header and the scheme from ``X-Forwarded-Proto``; the key of ``hits``
    is (host, path with query).
    """

    def __init__(self, sources: Mapping[str, Source], port: int = 0) -> None:
        self.web = build_web(sources)
        self.hits: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="demo-web", daemon=True)

    @property
    def port(self) -> int:
        """The port that the server listens on."""
        return int(self._server.server_address[1])

    def __enter__(self) -> DemoWeb:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, host: str, target: str, scheme: str, body: bytes = b"") -> Reply:
        """Count the request and look up its answer."""
        with self._lock:
            self.hits[host, target] += 1
        return self.web.answer(host, target, scheme, body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    block_on_close = False  # a client's idle keep-alive connection must not delay the exit

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore clients that hang up; report other errors."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _handler(demo: DemoWeb) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "nginx"
        sys_version = ""
        disable_nagle_algorithm = True
        wbufsize = 1 << 16  # send head and body in one packet

        def do_GET(self) -> None:
            """Answer as the site named in the Host header."""
            scheme = self.headers.get("X-Forwarded-Proto", "http")
            host, target = address(f"{scheme}://{self.headers.get('Host', '')}{self.path}")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            reply = demo.answer(host, target, scheme, body)
            try:
                if unchanged(reply, dict(self.headers.items())):
                    self._send(Reply(status=304, headers=reply.headers))
                elif reply.stream is not None:
                    self._send_stream(reply)
                else:
                    self._send(reply)
            except (BrokenPipeError, ConnectionResetError):  # the client has read enough
                self.close_connection = True

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 304:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if self.command != "HEAD" and reply.status != 304:
                self.wfile.write(reply.body)

        def _send_stream(self, reply: Reply) -> None:
            self.close_connection = True
            self.send_response(reply.status)
            for name, value in {**reply.headers, "Connection": "close"}.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in reply.stream or ():
                self.wfile.write(piece)

        do_HEAD = do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Log nothing; requests are counted in ``hits``."""

    return Handler
