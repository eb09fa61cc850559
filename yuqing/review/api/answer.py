"""A response with an ETag, and without a body if the client already has it."""

from __future__ import annotations

import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from yuqing.core.jsonio import to_json


def answer(request: Request, value: Any, kind: str = "application/json") -> Response:
    """``value`` (bytes as they are, anything else as JSON), or 304 if the client already has it."""
    body = value if isinstance(value, bytes) else to_json(value)
    mark = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": mark, "cache-control": "private, no-cache"}
    given = request.headers.get("if-none-match", "")
    if mark in (one.strip().removeprefix("W/") for one in given.split(",")) or given.strip() == "*":
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)
