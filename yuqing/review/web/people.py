"""Who is there: the name that decisions carry, and the token of a page that is not on loopback."""

from __future__ import annotations

import hmac

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from yuqing.core.errors import UsageError
from yuqing.review.web.base import NAME_COOKIE, YEAR, field, name_cookie, own_address, render
from yuqing.review.web.guard import TOKEN_COOKIE, token_mark


def ask_name(request: Request) -> Response:
    """The form that asks for the name."""
    return render(request, "name.html", problem="", next=own_address(request.query_params.get("next", "/")))


def set_name(request: Request) -> Response:
    """Keep the name for a year, and go where the person was."""
    following = own_address(field(request, "next"))
    try:
        value = name_cookie(field(request, "name"))
    except UsageError as error:
        return render(request, "name.html", problem=str(error), next=following)
    answer = RedirectResponse(following, 303)
    answer.set_cookie(NAME_COOKIE, value, max_age=YEAR, httponly=True, samesite="strict", secure=_secure(request))
    return answer


def ask_token(request: Request) -> Response:
    """The form that asks for the token."""
    return render(request, "login.html", problem="")


def set_token(request: Request) -> Response:
    """Let a browser in that knows the token."""
    token: str = request.app.state.token
    if not token or not hmac.compare_digest(field(request, "token").strip().encode(), token.encode()):
        return render(request, "login.html", problem="口令不对。")
    answer = RedirectResponse("/", 303)
    answer.set_cookie(TOKEN_COOKIE, token_mark(token), httponly=True, samesite="strict", secure=_secure(request))
    return answer


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"


ROUTES = [
    Route("/name", ask_name),
    Route("/name", set_name, methods=["POST"]),
    Route("/login", ask_token),
    Route("/login", set_token, methods=["POST"]),
]
