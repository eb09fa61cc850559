"""The middleware in front of every page: checks host, origin, token and CSRF, and sets the headers of every
response."""

from __future__ import annotations

import hashlib
import hmac
import html
import secrets
from base64 import b64decode
from collections.abc import AsyncGenerator
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import HTTPConnection, cookie_parser
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yuqing.core.urls import netloc_of
from yuqing.review.accounts import ROLE_NAMES, Role
from yuqing.review.web.base import ask_first
from yuqing.review.web.login import Door

MAX_BODY = 4 * 1024 * 1024  # keywords.yaml has 45 kB; encoding may triple it in a form, which has another text too
MAX_UPLOAD, MAX_FILES, UPLOADS = 16 * 1024 * 1024, 10, "/add/look"  # the only form that accepts files
CSRF_COOKIE, CSRF_FIELD, CSRF_HEADER = "yuqing_csrf", "csrf", "x-csrf-token"
READING = frozenset(f"/keywords/{name}" for name in ("words", "check", "try", "dry-run"))  # forms that change nothing
TOKEN_COOKIE = "yuqing_token"  # a name
PROGRAMS = ("/api/", "/feeds/")  # read by programs, which send no forms and keep no cookies
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # no-referrer would make browsers send "Origin: null" with our own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}

# Requested again from a page of this site, the URL comes with its cookies.
_AGAIN = '<!doctype html><html lang="zh-CN"><meta http-equiv="refresh" content="0;url={}"><title>…</title></html>'
# A refused form was left; the browser's way back shows it again, as it was filled in.
_REFUSED = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<title>没有完成</title><link rel="stylesheet" href="/static/review.css"><main class="narrow"><h1>没有完成</h1>'
    '<p class="problem" role="alert">{}</p><p>请按浏览器的“后退”回到刚才的页面，或<a href="/">回到审核</a>。</p>'
    "</main></html>"
)


def token_mark(token: str) -> str:
    """The cookie value of a browser that has given the token."""
    return hashlib.sha256(b"yuqing review " + token.encode()).hexdigest()


class Guard:
    """ASGI middleware. ``hosts`` are the Host headers accepted (None: any); ``token`` is required unless "" or ``door``
    identifies people by name.

    Form fields are passed to the pages as ``request.state.form``, parsed here once because one of them is the CSRF
    token, and files as ``request.state.files``.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None, token: str, door: Door) -> None:
        self._app, self._hosts, self._token, self._door = app, hosts, token, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = cookie_parser(headers.get("cookie", ""))
        if scope["path"].startswith(PROGRAMS):
            await self._to_programs(scope, receive, send, headers, cookies)
            return
        known = cookies.get(CSRF_COOKIE, "")
        csrf = known or secrets.token_urlsafe(32)
        state = scope.setdefault("state", {})
        state["csrf"], state["form"], state["user"] = csrf, [], None
        state["files"] = []
        state["closed"] = self._door.closed

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    sent.setdefault(name, value)
                if not known:
                    cookie = f"{CSRF_COOKIE}={csrf}; Path=/; HttpOnly; SameSite=Strict"
                    sent.append("set-cookie", cookie + ("; Secure" if scope["scheme"] == "https" else ""))
            await send(message)

        if _from_elsewhere(scope, headers) and not known:
            again = f"{scope['path']}?{scope['query_string'].decode('latin-1')}"
            await HTMLResponse(_AGAIN.format(html.escape(again)))(scope, receive, send)
            return
        refused = self._refuse(scope, headers, cookies)
        if refused is None and scope["method"] not in ("GET", "HEAD"):
            uploads = scope["path"] == UPLOADS and headers.get("content-type", "").startswith("multipart/form-data")
            body = await _body(receive, MAX_UPLOAD if uploads else MAX_BODY)
            if body is None:
                refused = _sorry(headers, "提交的内容过大，没有收下。", 413)
            else:
                if uploads:
                    state["form"], state["files"] = await _parts(headers, body)
                else:
                    state["form"] = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
                refused = _refuse_post(headers, dict(state["form"]), known)
        await (refused or self._app)(scope, receive, answer)

    async def _to_programs(
        self, scope: Scope, receive: Receive, send: Send, headers: Headers, cookies: dict[str, str]
    ) -> None:
        """Serve what programs read, which changes nothing: each request carries the token, or a browser's cookie."""

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    sent.setdefault(name, value)
            await send(message)

        refused: Response | None = None
        if not self._known_host(headers):
            refused = JSONResponse(
                {"detail": "This host name is not accepted; use the address shown at the start."}, 421
            )
        elif self._token and headers.get("authorization") and self._door.wrong.too_many():
            refused = JSONResponse({"detail": "Too many wrong tokens; try again in a minute."}, 429)
        elif not self._may_read(scope, headers, cookies):
            said = {"detail": "Give the token: “Authorization: Bearer …”, or as the password of Basic."}
            refused = JSONResponse(said, 401, {"www-authenticate": 'Bearer, Basic realm="yuqing"'})
        await (refused or self._app)(scope, receive, answer)

    def _may_read(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> bool:
        if self._token and headers.get("authorization"):
            if _bears(headers, self._token):
                return True
            self._door.wrong.add()
        if self._door.closed:
            return self._door.who(scope, headers, cookies) is not None
        return not self._token or self._shown(cookies)

    def _known_host(self, headers: Headers) -> bool:
        return self._hosts is None or headers.get("host", "").lower() in self._hosts

    def _shown(self, cookies: dict[str, str]) -> bool:
        return hmac.compare_digest(cookies.get(TOKEN_COOKIE, "").encode(), token_mark(self._token).encode())

    def _refuse(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        if not self._known_host(headers):
            return PlainTextResponse("不接受这个主机名；请用启动时显示的地址打开。", 421)
        if scope["path"].startswith("/static/") or scope["path"] == "/login":
            return None
        if self._door.closed:
            return self._refuse_stranger(scope, headers, cookies)
        if not self._token:
            return None
        if self._shown(cookies):
            return None
        return ask_first("/login", HTTPConnection(scope))

    def _refuse_stranger(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        user = self._door.who(scope, headers, cookies)
        scope["state"]["user"] = user
        if user is None:
            return ask_first("/login", HTTPConnection(scope))
        if scope["method"] in ("GET", "HEAD") or scope["path"] == "/logout" or user.may(_needed(scope["path"])):
            return None
        return _sorry(headers, f"您的角色是“{ROLE_NAMES[user.role]}”，不能这样做；请找主编。", 403)


def _sorry(headers: Headers, said: str, status: int) -> Response:
    """A refusal: as text for the page's script, else as a page from which the person can go back."""
    if headers.get("hx-request"):
        return PlainTextResponse(said, status)
    return HTMLResponse(_REFUSED.format(said), status)


def _needed(path: str) -> Role:
    """The role required for a form: the chief's for the sign-off; an editor's for whatever else changes something."""
    if path in READING:
        return "reader"
    return "chief" if path in ("/report/sign", "/report/take-back") else "editor"


def _bears(headers: Headers, token: str) -> bool:
    """Whether the request carries the token, as Bearer or as the Basic password, which feed readers support."""
    scheme, _, given = headers.get("authorization", "").strip().partition(" ")
    if scheme.lower() == "basic":
        try:
            given = b64decode(given, validate=True).decode().partition(":")[2]
        except ValueError:
            return False
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(given.strip().encode(), token.encode())


def _from_elsewhere(scope: Scope, headers: Headers) -> bool:
    """Whether the request comes from a link or bookmark on another site: browsers then withhold our cookies."""
    cross = headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") == "navigate"
    return scope["method"] == "GET" and cross


def _refuse_post(headers: Headers, form: dict[str, str], known: str) -> Response | None:
    if netloc_of(headers.get("origin", "")) != headers.get("host", "").lower():
        return _sorry(headers, "请求来自别的网站，已拒绝。", 403)
    given = headers.get(CSRF_HEADER) or form.get(CSRF_FIELD, "")
    if not known or not hmac.compare_digest(given.encode(), known.encode()):
        return _sorry(headers, "页面已过期，请刷新后再试；填写的内容仍在页面上。", 403)
    return None


async def _parts(headers: Headers, body: bytes) -> tuple[list[tuple[str, str]], list[tuple[str, bytes]]]:
    """The fields, and the files by name and content, of a multipart form; empty if it cannot be parsed."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    parser = MultiPartParser(headers, stream(), max_files=MAX_FILES, max_part_size=MAX_BODY)
    try:
        form = await parser.parse()
    except MultiPartException:
        return [], []
    fields, files = [], []
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields.append((name, value))
        elif value.filename:
            files.append((value.filename, await value.read()))
    await form.close()
    return fields, files


async def _body(receive: Receive, most: int) -> bytes | None:
    """The whole body, or None if it is too large or the browser disconnected."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            return None
        if not message.get("more_body"):
            return b"".join(parts)
