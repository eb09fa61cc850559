"""What every page needs: the services, the cached queue, templates, the person's name."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import jinja2
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from yuqing.core.errors import UsageError
from yuqing.core.times import MONTH
from yuqing.core.urls import printed_url, url_fault
from yuqing.review.accounts import ROLE_NAMES, User
from yuqing.review.report.text import clean, web_url
from yuqing.review.web import labels, tag_form
from yuqing.review.web.details import chinese_detail
from yuqing.review.web.login import SESSION_COOKIE
from yuqing.review.web.queue_cache import QueueCache
from yuqing.review.web.services import Addition, NewSource, Services

HEAVY_AT_ONCE = 2
NAME_COOKIE = "yuqing_name"
MAX_NAME = 20
YEAR = 365 * 24 * 3600
_FOLDER = Path(__file__).parent

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_FOLDER / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
_TEMPLATES.globals.update(role_names=ROLE_NAMES, labels=labels, tag_form=tag_form)
_TEMPLATES.filters.update(clean=clean, web_url=web_url, chinese_detail=chinese_detail, printed_url=printed_url)
STATIC = _FOLDER / "static"


@dataclass(frozen=True, slots=True)
class AppState:
    """The services, the entries in memory, the additions and new sources awaiting the person's confirmation, and the
    slots for expensive work (:mod:`yuqing.review.web.heavy`)."""

    services: Services
    queue_cache: QueueCache
    waiting: OrderedDict[str, tuple[Addition, dict[str, str]]] = dataclass_field(default_factory=OrderedDict)
    proposals: OrderedDict[str, NewSource] = dataclass_field(default_factory=OrderedDict)
    heavy: asyncio.Semaphore = dataclass_field(default_factory=lambda: asyncio.Semaphore(HEAVY_AT_ONCE))


def app_state(request: Request) -> AppState:
    """The state shared by all pages."""
    found: AppState = request.app.state.shared
    return found


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A template as a response; every template gets the CSRF token and the person's name."""
    text = _TEMPLATES.get_template(template).render(
        csrf=request.state.csrf,
        user=request.state.user,
        logged_in=SESSION_COOKIE in request.cookies,  # whom a proxy has let in, it lets in again
        person=person(request),
        may_edit=may_edit(request),
        here=quote(_here(request), safe=""),
        window_asked=_window_asked(request),
        windows=window_names,
        **values,
    )
    return HTMLResponse(text, status)


def _window_asked(request: Request) -> str:
    """The window in the URL, which the links of the main menu keep; "" if none is named."""
    name = request.query_params.get("window", "")
    return name if MONTH.fullmatch(name) else ""


def _here(request: Request) -> str:
    return str(request.url.path) + (f"?{request.url.query}" if request.url.query else "")


def person(request: Request) -> str:
    """The name of the person using the browser, "" if not yet asked."""
    if request.state.user is not None:
        user: User = request.state.user
        return user.name
    return clean(unquote(request.cookies.get(NAME_COOKIE, ""))).strip()[:MAX_NAME]


def may_edit(request: Request) -> bool:
    """Whether the person may change anything; without accounts everybody may."""
    user: User | None = request.state.user
    return user is None or user.may("editor")


def name_cookie(name: str) -> str:
    """A name encoded for a cookie. Raises UsageError if it is empty or too long."""
    name = clean(name).strip()
    if not 1 <= len(name) <= MAX_NAME:
        raise UsageError(f"请填写姓名，最多 {MAX_NAME} 个字。")
    return quote(name)


def to_name(request: Request) -> Response:
    """Redirect to the form that asks for the name, and from there back to the current page."""
    return ask_first("/name", request)


def ask_first(form: str, request: HTTPConnection) -> Response:
    """Redirect to a form that is asked first, and from there back to the page where the person was."""
    headers = request.headers
    fragment = "hx-request" in headers
    file = "." in request.url.path  # a download, which shows no page to go on from
    own = request.scope["method"] == "GET" and not fragment and not file
    came = str(request.url) if own else headers.get("hx-current-url" if fragment else "referer", "/")
    parts = urlsplit("/" if url_fault(came) else came)
    back = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    address = form if back == "/" else f"{form}?next=" + quote(back, safe="")
    if fragment:
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


def own_address(text: str) -> str:
    """``text`` if it is a URL within this site, else the first page."""
    return text if re.fullmatch(r"/(?![/\\])[!-~]*", text) else "/"


def fields(request: Request) -> list[tuple[str, str]]:
    """The fields of the submitted form, in order."""
    found: list[tuple[str, str]] = request.state.form
    return found


def field(request: Request, name: str) -> str:
    """One field of the form, "" if absent."""
    return dict(fields(request)).get(name, "")


def is_fragment(request: Request) -> bool:
    """Whether the page's script made the request, which needs only part of the page."""
    return request.headers.get("hx-request") == "true" and "hx-history-restore-request" not in request.headers


def window_names(services: Services, shown: str) -> list[str]:
    """The selectable windows, newest first."""
    return sorted(
        {name for name, _ in services.store.status().windows if name} | {shown, services.window}, reverse=True
    )
