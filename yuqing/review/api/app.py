"""The API's routes: GET only, JSON, each response with an ETag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Path, Query, Request, Security
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPBearer

from indexer.saved_searches import UnknownSearchError, saved_searches
from indexer.store import NotFoundError, Store
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.times import Windows
from yuqing.review.api import read
from yuqing.review.api.answer import answer
from yuqing.review.api.models import (
    WINDOW,
    Count,
    Facets,
    Fault,
    ItemDetail,
    ItemPage,
    PageFilters,
    SavedSearchOut,
    SearchFilters,
    SourceOut,
    WindowSummary,
)

_FAULTS: dict[int | str, dict[str, Any]] = {
    304: {"description": "Unchanged since the given ETag; no body"},
    400: {"model": Fault, "description": "The request is not valid"},
    401: {"model": Fault, "description": "The token is missing or wrong"},
    404: {"model": Fault, "description": "Not found"},
    503: {"model": Fault, "description": "The store is unavailable"},
}


def create_api(store: Store, windows: Windows, sources: Mapping[str, str]) -> FastAPI:
    """The API over ``store``; ``sources`` maps source ids to names. Access is decided by the guard."""
    api = FastAPI(
        title="yuqing",
        version="1",
        summary="Stored 互联网+ news: items, tags with their evidence, counts. Read only.",
        docs_url=None,  # these pages would load scripts from elsewhere
        redoc_url=None,
        exception_handlers={YuqingError: _fault},  # type: ignore[dict-item]  # it is called for no other error
    )
    api.include_router(_routes(store, windows, sources))
    return api


def _routes(store: Store, windows: Windows, sources: Mapping[str, str]) -> APIRouter:
    # Documents in OpenAPI what the guard requires.
    shown = Security(HTTPBearer(auto_error=False, description="YUQING_REVIEW_TOKEN, if the server has one"))
    v1 = APIRouter(prefix="/v1", responses=_FAULTS, dependencies=[shown])

    @v1.get("/items", response_model=ItemPage)
    def items(request: Request, asked: Annotated[PageFilters, Query()]) -> Response:
        """The items that match the filters, newest first, page by page without a limit."""
        query = read.query_from(store, asked.given(), asked.saved or "")
        return answer(request, read.item_page(store, query, asked.limit, read.place_of(asked.after or ""), asked.body))

    @v1.get("/items/{item_id}", response_model=ItemDetail)
    def item(request: Request, item_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")]) -> Response:
        """One item with its text and the evidence of its tags."""
        return answer(request, read.item_detail(store, item_id))

    @v1.get("/facets", response_model=Facets)
    def facets(request: Request, asked: Annotated[SearchFilters, Query()]) -> Response:
        """Counts over everything that matches the filters."""
        query = read.query_from(store, asked.given(), asked.saved or "")
        return answer(request, read.facet_counts(store, replace(query, size=0)))

    @v1.get("/windows/{window}", response_model=WindowSummary)
    def window_summary(request: Request, window: Annotated[str, Path(pattern=WINDOW)]) -> Response:
        """A review window in figures."""
        return answer(request, read.window_summary(store, windows, window))

    @v1.get("/windows", response_model=list[Count])
    def window_names(request: Request) -> Response:
        """The windows that have items, with the total number of items in each."""
        found = [{"value": name, "count": count} for name, count in store.status().windows if name]
        return answer(request, found)

    @v1.get("/searches", response_model=list[SavedSearchOut])
    def searches(request: Request) -> Response:
        """The saved searches."""
        return answer(request, list(saved_searches(store).values()))

    @v1.get("/sources", response_model=list[SourceOut])
    def source_names(request: Request) -> Response:
        """The sources by id, in the order of sources.yaml."""
        return answer(request, [{"id": key, "name": name} for key, name in sources.items()])

    return v1


def _fault(request: Request, error: Exception) -> Response:
    missing = isinstance(error, (NotFoundError, UnknownSearchError))
    status = 404 if missing else 400 if isinstance(error, UsageError) else 503
    return JSONResponse({"detail": str(error)}, status)
