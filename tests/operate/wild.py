"""Servers that misbehave: each function deals with one connection whose request was read."""

from __future__ import annotations

import os
import select
import socket
import struct

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
PAUSE = 0.1  # seconds between two drops


def slow_loris(client: socket.socket) -> None:
    """A head that never ends, a byte at a time."""
    client.sendall(_HEAD + b"X-Slow: ")
    _drip(client, b"x")


def dripping(client: socket.socket) -> None:
    """A body that never ends, a byte at a time."""
    client.sendall(_HEAD + b"\r\n")
    _drip(client, b"<")


def endless(client: socket.socket) -> None:
    """A body that never ends, as fast as the client reads."""
    client.sendall(_HEAD + b"Connection: close\r\n\r\n<html><body>")
    while True:
        client.sendall(b"<p>endless</p>" * 4096)


def reset(client: socket.socket) -> None:
    """No answer, and the connection reset."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(client.detach())  # close() would wait for the files that the server's handler made of it


def reset_in_the_body(client: socket.socket) -> None:
    """Half a body, and the connection reset."""
    client.sendall(_HEAD + b"Content-Length: 5000\r\n\r\n" + b"<p>half</p>" * 200)
    reset(client)


def cut_short(client: socket.socket) -> None:
    """Half a body, and a polite end."""
    client.sendall(_HEAD + b"Content-Length: 5000\r\nConnection: close\r\n\r\n" + b"<p>half</p>" * 200)


def no_http(client: socket.socket) -> None:
    """Something that is no HTTP."""
    client.sendall(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")


def _drip(client: socket.socket, byte: bytes) -> None:
    while not select.select([client], [], [], PAUSE)[0]:  # readable: the client hung up
        client.sendall(byte)
