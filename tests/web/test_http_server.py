"""The server of the review page and clients that keep it waiting."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from yuqing.monitor.publish import http_server


async def length(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server with little patience."""
    monkeypatch.setattr(http_server, "IDLE_SECONDS", 0.4)
    monkeypatch.setattr(http_server, "BODY_SECONDS", 0.4)
    server = http_server.Server(Starlette(routes=[Route("/", length, methods=["GET", "POST"])]))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n"],
    ids=["silent", "half a head", "half a body"],
)
def test_a_client_that_keeps_it_waiting_is_hung_up_on_even_if_it_sends_a_little(port: int, begun: bytes) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=0.1)) as client:
        client.sendall(begun)
        for _ in range(100):
            try:
                if client.recv(1) == b"":
                    break
            except TimeoutError:
                if begun:
                    client.sendall(b"x")
            except OSError:
                break
        else:
            pytest.fail("it is still waited for")


def test_others_are_served_with_one_connection_for_several_requests(port: int) -> None:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as client:
        for size in (0, 3_000_000, 5):
            client.request("POST", "/", b"x" * size)
            assert client.getresponse().read() == str(size).encode()


def test_a_head_without_end_is_refused(port: int) -> None:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as client:
        try:
            client.request("GET", "/", headers={"X-Long": "x" * 100 * http_server.MAX_HEAD})
            assert client.getresponse().status == 400
        except ConnectionError:  # it did not even wait for the end
            pass
