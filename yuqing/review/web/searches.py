"""Searching all windows and states, and saved searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from indexer.filters import filters, query_of
from indexer.saved_searches import SavedSearch, remove_search, save_search, saved_searches
from yuqing.core.errors import UsageError
from yuqing.core.facets import FACETS
from yuqing.core.times import now
from yuqing.review.report.text import clean
from yuqing.review.web.base import app_state, field, person, render, to_name
from yuqing.review.web.filters import Filters
from yuqing.review.web.labels import SECTIONS, STATES

SIZE = 50  # hits per page
# The queue's filters by their names in a search; its order and the number of reprints have no counterpart.
_QUEUE = {"q": "text", "province": "region"}


_COUNTED = ("text", "window", "state", "all")  # filters with a place of their own on the page
_TITLES = {facet.key: facet.label for facet in FACETS} | {
    "source": "来源", "tier": "层级", "since": "自", "until": "至", "leads": "转载合并",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: its filters as strings, and the page of its hits."""

    given: dict[str, str]
    page: int = 1

    def link(self, **changes: str) -> str:
        """The query string with ``changes``."""
        return urlencode({name: value for name, value in {**self.given, **changes}.items() if value})


def page(request: Request) -> Response:
    """The hits in all windows and states, including below the threshold, with counts for each; and the saved
    searches."""
    store = app_state(request).services.store
    asked = _asked(request)
    found, counts = None, {}
    if asked.given:
        found = store.search(query_of(asked.given, size=SIZE, offset=(asked.page - 1) * SIZE, facets=False))

        def count(**changes: str) -> int:
            return store.count(query_of({**asked.given, **changes}))

        windows = [name for name, _ in store.status().windows if name][::-1]
        counts = {
            "window": [(name, name, count(window=name)) for name in windows],
            "state": [(state, name, count(state=state)) for state, name in STATES.items()],
            "all": [("", "相关", count(all="")), ("yes", "含低于门槛", count(all="yes"))],
        }
    return render(
        request,
        "search.html",
        asked=asked,
        narrowed=_narrowed(request, asked),
        found=found,
        counts=counts,
        size=SIZE,
        searches=saved_searches(store).values(),
        link=link_of,
    )


def _narrowed(request: Request, asked: Asked) -> list[tuple[str, str, str]]:
    """The other filters of the search: key, name, and value as people read it."""
    names: dict[str, Mapping[str, str]] = {
        "section": SECTIONS,
        "source": app_state(request).services.sources,
        "leads": {"yes": "是"},
    }
    return [
        (key, _TITLES[key], names.get(key, {}).get(value, value))
        for key, value in asked.given.items()
        if key not in _COUNTED
    ]


def save(request: Request) -> Response:
    """Save a search under a name, or delete it."""
    by = person(request)
    if not by:
        return to_name(request)
    store, name = app_state(request).services.store, clean(field(request, "name")).strip()
    if field(request, "forget"):
        remove_search(store, name, by, now().isoformat())
        return RedirectResponse("/search", 303)
    given = {one.key: clean(field(request, one.key)).strip() for one in filters() if field(request, one.key).strip()}
    search = SavedSearch(name=name, filters=given, alert=field(request, "alert") == "yes")
    try:
        save_search(store, search, by, now().isoformat())
    except UsageError:
        raise UsageError("请给这个检索起个名字：最多 40 个字，不含斜线和逗号。") from None
    return RedirectResponse(f"/search?{link_of(search)}", 303)


def link_of(search: SavedSearch) -> str:
    """The query string of a saved search."""
    return urlencode(dict(search.filters))


def as_search(chosen: Filters) -> dict[str, str]:
    """The queue's filters as search filters."""
    known = {one.key for one in filters()}
    shown = {_QUEUE.get(name, name): value for name, value in chosen.settings().items()}
    given = {name: value for name, value in shown.items() if name in known and value != "none"}
    given.pop("state", None)
    if chosen.state != "all":
        given["state"] = chosen.state
    return given | ({"all": "yes"} if chosen.rel else {})


def _asked(request: Request) -> Asked:
    params = request.query_params
    given = {one.key: value for one in filters() if (value := params.get(one.key, "").strip())}
    number = params.get("page", "1")
    return Asked(given, min(max(int(number), 1), 100) if number.isascii() and number.isdigit() else 1)


ROUTES = [Route("/search", page), Route("/search/save", save, methods=["POST"])]
