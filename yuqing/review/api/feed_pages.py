"""The feeds served by the review server."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from indexer.store import Store
from yuqing.core.errors import UsageError, YuqingError
from yuqing.review.api.answer import answer
from yuqing.review.api.feeds import FORMS, TYPES, all_feeds, entries, feed_of, render


def feed_routes(store: Store) -> list[Route]:
    """`/feeds` lists the feeds, which are at `/feeds/sections/province.atom`, `/feeds/searches/NAME.json` …"""

    def index(request: Request) -> Response:
        """Every feed with its URLs, as JSON."""
        found = [
            {"title": feed.title, **{form: _address(request, feed.path, form) for form in FORMS}}
            for feed in all_feeds(store)
        ]
        return answer(request, found)

    def feed(request: Request) -> Response:
        """One feed."""
        kind, name, form = (request.path_params[part] for part in ("kind", "name", "form"))
        if form not in FORMS:
            raise UsageError(f"“{form}” is not a feed format; available: {', '.join(FORMS)}.")
        wanted = feed_of(store, kind, name)
        text = render(wanted, entries(store, wanted), form, _address(request, wanted.path, form), str(request.base_url))
        return answer(request, text, TYPES[form])

    return [Route("/feeds/", _telling(index)), Route("/feeds/{kind}/{name}.{form}", _telling(feed))]


def _telling(page: Callable[[Request], Response]) -> Callable[[Request], Response]:
    def run(request: Request) -> Response:
        try:
            return page(request)
        except YuqingError as error:
            return JSONResponse({"detail": str(error)}, 404 if isinstance(error, UsageError) else 503)

    return run


def _address(request: Request, path: str, form: str) -> str:
    return f"{request.base_url}feeds/{quote(path)}.{form}"
