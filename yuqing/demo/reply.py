"""What the demo server answers."""

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
    """A status, headers and a body; ``stream`` gives the body in pieces, without a length said before."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    stream: Iterable[bytes] | None = None


def html(body: bytes, status: int = 200, **headers: str) -> Reply:
    """An HTML answer without a charset in its header, as most of these sites send it."""
    return Reply(status=status, body=body, headers={"Content-Type": HTML, **headers})


def redirect(location: str, status: int = 302, **headers: str) -> Reply:
    """A redirect."""
    return Reply(status=status, headers={"Location": location, **headers})


def zipped(reply: Reply) -> Reply:
    """The same answer with ``Content-Encoding: gzip``."""
    return replace(
        reply,
        body=gzip.compress(reply.body, mtime=0),
        headers={**reply.headers, "Content-Encoding": "gzip"},
    )


def validated(reply: Reply) -> Reply:
    """The same answer with an ETag and a Last-Modified day, by which a client may ask for changes."""
    etag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
    return replace(reply, headers={**reply.headers, "ETag": etag, "Last-Modified": LAST_MODIFIED})


def unchanged(reply: Reply, request: Mapping[str, str]) -> bool:
    """Whether the conditional headers of ``request`` say that the client has this answer already."""
    etag = reply.headers.get("ETag")
    if etag is None:
        return False
    if "If-None-Match" in request:
        return etag in request["If-None-Match"]
    return request.get("If-Modified-Since") == reply.headers["Last-Modified"]
