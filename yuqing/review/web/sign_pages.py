"""Signing off the issue, revoking the sign-off, and corrections."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from indexer.store import EditConflictError
from yuqing.core.errors import UsageError
from yuqing.review.issue.signoff import correct, sign, sign_off
from yuqing.review.issue.signoff import take_back as take_back_sign_off
from yuqing.review.report.text import clean
from yuqing.review.web.base import app_state, field, person, to_name
from yuqing.review.web.heavy import heavy
from yuqing.review.web.issue_answers import asked_window, conflict_answer, issue_answer, signed_answer
from yuqing.review.web.written import limited

MAX_TEXT = 1000  # characters of a correction


@heavy
def sign_issue(request: Request) -> Response:
    """Sign the issue: from now on it is printed unchanged."""
    window, name = asked_window(request), person(request)
    if not name:
        return to_name(request)
    if refused := signed_answer(request, window):
        return refused
    here = app_state(request)
    try:
        sign(here.services.store, here.services.report(window.name, None), name)
    except EditConflictError as error:
        return conflict_answer(request, window, error)
    return issue_answer(request, window, notice="已签发，内容已固定")


def take_sign_back(request: Request) -> Response:
    """Revoke a sign-off, so that the issue can be edited again."""
    window, name = asked_window(request), person(request)
    if not name:
        return to_name(request)
    store = app_state(request).services.store
    signed = sign_off(store, window.name)
    if signed:
        try:
            take_back_sign_off(store, signed, name)
        except EditConflictError as error:
            return conflict_answer(request, window, error)
    return issue_answer(request, window, notice="已退回，可以再改")


def correction(request: Request) -> Response:
    """Append a correction to a signed issue."""
    window, name = asked_window(request), person(request)
    if not name:
        return to_name(request)
    text = limited(clean(field(request, "text")).strip(), MAX_TEXT, "更正")
    store = app_state(request).services.store
    signed = sign_off(store, window.name)
    if not text or signed is None:
        raise UsageError("请写明更正的内容；只有签发过的报告才有更正。")
    correct(store, signed, text, name)
    return issue_answer(request, window, notice="更正已记下，印在报告末尾")


ROUTES = [
    Route("/report/sign", sign_issue, methods=["POST"]),
    Route("/report/take-back", take_sign_back, methods=["POST"]),
    Route("/report/correct", correction, methods=["POST"]),
]
