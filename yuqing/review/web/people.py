"""Identifying people: the name shown with decisions, and the token of a page that is not on loopback."""

from __future__ import annotations

import hmac

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from yuqing.core.errors import UsageError
from yuqing.review.web.base import NAME_COOKIE, YEAR, field, name_cookie, own_address, render
from yuqing.review.web.guard import TOKEN_COOKIE, token_mark
from yuqing.review.web.login import SESSION_COOKIE, Door


def ask_name(request: Request) -> Response:
    """The form that asks for the name."""
    return render(request, "name.html", problem="", next=own_address(request.query_params.get("next", "/")))


def set_name(request: Request) -> Response:
    """Store the name for a year, and go back to the previous page."""
    following = own_address(field(request, "next"))
    try:
        value = name_cookie(field(request, "name"))
    except UsageError as error:
        return render(request, "name.html", problem=str(error), next=following)
    answer = RedirectResponse(following, 303)
    answer.set_cookie(NAME_COOKIE, value, max_age=YEAR, httponly=True, samesite="strict", secure=_secure(request))
    return answer


def ask_token(request: Request) -> Response:
    """The form that asks for name and password if there are accounts, else for the token."""
    return _login_form(request, own_address(request.query_params.get("next", "/")))


def set_token(request: Request) -> Response:
    """Let in a person who knows the password, or a browser that knows the token, and go back to the previous page."""
    following = own_address(field(request, "next"))
    if request.state.closed:
        return _log_in(request, following)
    token: str = request.app.state.token
    wrong = request.app.state.door.wrong
    if wrong.too_many():
        return _login_form(request, following, "口令错误次数过多，请一分钟后再试。", 429)
    if not token or not hmac.compare_digest(field(request, "token").strip().encode(), token.encode()):
        wrong.add()
        return _login_form(request, following, "口令不对。")
    answer = RedirectResponse(following, 303)
    answer.set_cookie(TOKEN_COOKIE, token_mark(token), httponly=True, samesite="strict", secure=_secure(request))
    return answer


def _log_in(request: Request, following: str) -> Response:
    door: Door = request.app.state.door
    try:
        user = door.accounts.check(field(request, "name").strip(), field(request, "token")) if door.accounts else None
    except UsageError as error:
        return _login_form(request, following, str(error))
    if user is None:
        return _login_form(request, following, "姓名或口令不对。")
    answer = RedirectResponse(following, 303)
    token = door.open_session(user)
    answer.set_cookie(SESSION_COOKIE, token, httponly=True, samesite="strict", secure=_secure(request))
    return answer


def log_out(request: Request) -> Response:
    """End the session."""
    door: Door = request.app.state.door
    door.close_session(request.cookies.get(SESSION_COOKIE, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


def _login_form(request: Request, following: str, problem: str = "", status: int = 200) -> Response:
    return render(request, "login.html", status, problem=problem, named=request.state.closed, next=following)


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"


ROUTES = [
    Route("/name", ask_name),
    Route("/name", set_name, methods=["POST"]),
    Route("/login", ask_token),
    Route("/login", set_token, methods=["POST"]),
    Route("/logout", log_out, methods=["POST"]),
]
