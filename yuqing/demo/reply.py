"""Responses of the demo server."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

HTML = "text/html"
JSON = "application/json; charset=utf-8"
LAST_MODIFIED = "Thu, 15 Mar 2018 08:00:00 GMT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A status, headers and a body; ``stream`` yields the body in chunks, without an announced length."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    stream: Iterable[bytes] | None = None


def html(body: bytes, status: int = 200, **headers: str) -> Reply:
    """An HTML response without a charset in its header, which is how most of these sites send it."""
    return Reply(status=status, body=body, headers={"Content-Type": HTML, **headers})


def redirect(location: str, status: int = 302, **headers: str) -> Reply:
    """A redirect."""
    return Reply(status=status, headers={"Location": location, **headers})


def zipped(reply: Reply) -> Reply:
    """The same response with ``Content-Encoding: gzip``."""
    return replace(
        reply,
        body=gzip.compress(reply.body, mtime=0),
        headers={**reply.headers, "Content-Encoding": "gzip"},
    )


def validated(reply: Reply) -> Reply:
    """The same response with an ETag and a Last-Modified day, for conditional requests."""
    etag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
    return replace(reply, headers={**reply.headers, "ETag": etag, "Last-Modified": LAST_MODIFIED})


def unchanged(reply: Reply, request: Mapping[str, str]) -> bool:
    """Whether the conditional headers of ``request`` show that the client already has this response."""
    etag = reply.headers.get("ETag")
    if etag is None:
        return False
    if "If-None-Match" in request:
        return etag in request["If-None-Match"]
    return request.get("If-Modified-Since") == reply.headers["Last-Modified"]
