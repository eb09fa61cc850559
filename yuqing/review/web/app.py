"""Assembling the application."""

from __future__ import annotations

from collections import OrderedDict

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from indexer.store import NotFoundError
from yuqing.core.errors import UsageError, YuqingError
from yuqing.review.api.app import create_api
from yuqing.review.api.feed_pages import feed_routes
from yuqing.review.web import (
    add_pages,
    bulk_pages,
    comments,
    issue_pages,
    keyword_pages,
    people,
    queue_pages,
    report_pages,
    run_pages,
    searches,
    sign_pages,
    source_pages,
    trend_pages,
)
from yuqing.review.web.base import STATIC, AppState, render
from yuqing.review.web.details import chinese_fault
from yuqing.review.web.guard import PROGRAMS, Guard
from yuqing.review.web.login import Door
from yuqing.review.web.queue_cache import QueueCache
from yuqing.review.web.services import Services


def create_app(
    services: Services, *, hosts: frozenset[str] | None, token: str = "", door: Door | None = None
) -> Starlette:
    """The review page over ``services``; ``hosts``, ``token``, ``door``: :class:`yuqing.review.web.guard.Guard`."""
    door = door or Door()
    pages = (
        queue_pages,
        bulk_pages,
        comments,
        searches,
        add_pages,
        issue_pages,
        sign_pages,
        report_pages,
        keyword_pages,
        run_pages,
        source_pages,
        trend_pages,
        people,
    )
    app = Starlette(
        routes=[
            *(route for page in pages for route in page.ROUTES),
            Mount("/static", StaticFiles(directory=STATIC)),
            *feed_routes(services.store),
            Mount("/api", create_api(services.store, services.windows, services.sources)),
        ],
        middleware=[Middleware(Guard, hosts=hosts, token=token, door=door)],
        exception_handlers={YuqingError: _sorry, HTTPException: _not_here},
    )
    app.state.shared = AppState(services, QueueCache(services.store))
    app.state.token, app.state.door = token, door
    app.state.batches = OrderedDict()
    return app


def _sorry(request: Request, error: Exception) -> Response:
    """The page for an error that the user can fix."""
    status = 404 if isinstance(error, NotFoundError) else 400 if isinstance(error, UsageError) else 503
    return render(request, "error.html", status, message=chinese_fault(str(error)))


def _not_here(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if request.url.path.startswith(PROGRAMS):
        return JSONResponse({"detail": f"There is nothing at {request.url.path}."}, status)
    return render(request, "error.html", status, message="没有这个页面。" if status == 404 else "这样打开不行。")
