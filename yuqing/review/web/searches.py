"""Searches that people keep, and the search over all windows and states."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from indexer.store import Query, Store
from yuqing.core.errors import UsageError
from yuqing.core.records import Edit, ReviewState
from yuqing.core.times import now
from yuqing.review.report.text import clean
from yuqing.review.web.base import app_state, field, person, render, to_name
from yuqing.review.web.labels import STATES

SCOPE = "searches"
SIZE = 50  # hits on a page
_RELEVANCE: dict[str, bool | None] = {"": None, "yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search; empty fields do not restrict."""

    q: str = ""
    window: str = ""
    state: ReviewState | str = ""
    rel: str = ""
    page: int = 1

    def link(self, **changes: str | int) -> str:
        """The query string with ``changes``."""
        given = {"q": self.q, "window": self.window, "state": self.state, "rel": self.rel, "page": 1, **changes}
        return urlencode({name: value for name, value in given.items() if value not in ("", 1)})

    def query(self, **changes: object) -> Query:
        """What is asked of the store."""
        given: dict[str, object] = {
            "text": self.q, "window": self.window, "state": self.state, "relevant": _RELEVANCE[self.rel],
            "facets": False, **changes,
        }  # fmt: skip
        return Query(**given)  # type: ignore[arg-type]


def page(request: Request) -> Response:
    """The hits in all windows, states and below the threshold, with counts for each; and the saved searches."""
    services = app_state(request).services
    asked = _asked(request)
    store = services.store
    found = store.search(asked.query(size=SIZE, offset=(asked.page - 1) * SIZE)) if asked.q else None
    windows = [name for name, _ in store.status().windows if name][::-1]
    counts = {
        "window": [(name, name, store.count(asked.query(window=name))) for name in windows],
        "state": [(state, name, store.count(asked.query(state=state))) for state, name in STATES.items()],
        "rel": [
            (value, name, store.count(asked.query(relevant=_RELEVANCE[value])))
            for value, name in (("yes", "相关"), ("no", "低于门槛"))
        ],
    }
    return render(
        request,
        "search.html",
        asked=asked,
        found=found,
        counts=counts if asked.q else {},
        size=SIZE,
        searches=saved_searches(store),
        versions={name: edit.version for name, edit in store.edits(SCOPE).items()},
    )


def save(request: Request) -> Response:
    """Keep a search under a name, or forget it."""
    name = person(request)
    if not name:
        return to_name(request)
    title = clean(field(request, "name")).strip()[:40]
    address = field(request, "address")[:500]
    if not title or (address and not address.startswith(("/?", "/search?"))):
        raise UsageError("请给这个检索起个名字。")
    store = app_state(request).services.store
    known = store.edits(SCOPE).get(title)
    edit = Edit(scope=SCOPE, part=title, value=address, by=name, at=now().isoformat())
    store.set_edit(edit, known.version if known else 0)
    return RedirectResponse(address or "/search", 303)


def saved_searches(store: Store) -> dict[str, str]:
    """Name → address of the searches that people keep."""
    return {name: edit.value for name, edit in store.edits(SCOPE).items() if edit.value}


def _asked(request: Request) -> Asked:
    given = request.query_params
    state, number = given.get("state", ""), given.get("page", "1")
    return Asked(
        q=given.get("q", "").strip(),
        window=given.get("window", ""),
        state=state if state in STATES else "",
        rel=given.get("rel", "") if given.get("rel", "") in _RELEVANCE else "",
        page=min(max(int(number), 1), 100) if number.isascii() and number.isdigit() else 1,
    )


ROUTES = [Route("/search", page), Route("/search/save", save, methods=["POST"])]
