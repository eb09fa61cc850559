"""The queue: list, item, decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from msgspec import structs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from indexer.saved_searches import saved_searches
from indexer.store import ConflictError, NotFoundError, Query
from yuqing.core.errors import UsageError
from yuqing.core.records import Item, Review
from yuqing.review.issue.signoff import is_signed
from yuqing.review.web.base import app_state, field, fields, is_fragment, person, render, to_name
from yuqing.review.web.comments import comments_on
from yuqing.review.web.decisions import Refused, read_decision, restored
from yuqing.review.web.filters import PAGE, Filters, View, apply_filters, parse_filters, progress
from yuqing.review.web.item_view import ItemView, row_doubts, view_item
from yuqing.review.web.labels import STATES
from yuqing.review.web.queue_cache import WindowQueue, place_of
from yuqing.review.web.same_event import alike_in_store
from yuqing.review.web.searches import as_search, link_of

MAX_HITS = 500  # of a text search, best first; more words find fewer


@dataclass(frozen=True, slots=True)
class Notice:
    """What was just done, how to undo it (the version now stored and the one before, or the batch), and what of an
    accepted row its article does not say."""

    text: str
    item_id: str = ""
    version: int = 0
    before: int = 0
    batch: str = ""
    doubts: tuple[str, ...] = ()


def queue(request: Request) -> Response:
    """The page, or only the part below its header if the filters changed."""
    if not person(request):
        return to_name(request)
    filters = read_filters(request)
    view = view_of(request, filters)
    if not filters.item and view.entries:
        page = min(int(filters.page or 1), _pages(view))
        filters = replace(filters, item=view.entries[(page - 1) * PAGE].head.id)
    return show_work(request, filters, view)


def decide(request: Request) -> Response:
    """Store a decision and go to the next entry; a conflict shows both versions."""
    here = app_state(request)
    item = _item(request)
    filters = replace(read_filters(request), item=item.id)
    name = person(request)
    if not name:
        return to_name(request)
    view = view_of(request, filters)
    following = _next(here.queue_cache.get(filters.window), view, item.id)
    read = read_decision(fields(request), item, name, here.services.names(), reasons=here.services.reasons)
    if isinstance(read, Refused):
        kept = structs.replace(read.review, version=int(field(request, "version")))
        return show_work(request, filters, view, _detail(request, item, form=kept, problem=read.reason))
    review, version = read
    try:
        stored = here.services.store.set_review(item.id, review, version)
    except ConflictError as error:
        mine = structs.replace(review, version=error.stored.version)
        return show_work(request, filters, view, _detail(request, item, form=mine, conflict=error.stored))
    here.queue_cache.note(item.id, stored)
    if field(request, "action") in ("accept", "drop"):
        filters = replace(filters, item=following)
    done = "已保存" if field(request, "action") == "save" else STATES[stored.state]
    doubts = row_doubts(stored.row, [item], here.services.listed()) if stored.state == "accepted" else ()
    notice = Notice(f"{done}：{item.article.title}", item.id, stored.version, version, doubts=doubts)
    return show_work(request, filters, view_of(request, filters), notice=notice)


def restore(request: Request) -> Response:
    """Restore an earlier version from the history, as a new decision."""
    here = app_state(request)
    item = _item(request)
    filters = replace(read_filters(request), item=item.id)
    name = person(request)
    if not name:
        return to_name(request)
    version, to = field(request, "version"), field(request, "to")
    if not all(text.isascii() and text.isdigit() for text in (version, to)):
        raise UsageError("表单不完整，请刷新页面后再试。")
    review = restored(here.services.store, item.id, int(to), name)
    try:
        stored = here.services.store.set_review(item.id, review, int(version))
    except ConflictError as error:
        mine = structs.replace(review, version=error.stored.version)
        detail = _detail(request, item, form=mine, conflict=error.stored)
        return show_work(request, filters, view_of(request, filters), detail)
    here.queue_cache.note(item.id, stored)
    notice = Notice(
        f"已撤销，恢复为“{STATES[stored.state]}”：{item.article.title}", item.id, stored.version, int(version)
    )
    return show_work(request, filters, view_of(request, filters), notice=notice)


def archived(request: Request) -> Response:
    """The page as it was fetched, shown as text: nothing in it is run or loaded."""
    item = _item(request)
    return render(request, "archived.html", item=item, found=app_state(request).services.archived(item))


def read_filters(request: Request) -> Filters:
    """The filters in the URL."""
    filters = parse_filters(request.query_params, app_state(request).services.window)
    app_state(request).services.windows.get(filters.window)
    return filters


def view_of(request: Request, filters: Filters) -> View:
    """The entries that match the filters, in order."""
    here = app_state(request)
    found, note = None, ""
    if filters.q:
        query = Query(text=filters.q, window=filters.window, relevant=None, size=MAX_HITS, facets=False)
        answer = here.services.store.search(query)
        found = {hit.item.id: rank for rank, hit in enumerate(answer.hits)}
        if answer.total > MAX_HITS:
            note = f"检索到 {answer.total} 篇，只列最相关的 {MAX_HITS} 篇；请加词缩小范围。"
    return replace(
        apply_filters(here.queue_cache.get(filters.window).ordered, filters, found, here.services.listed()), note=note
    )


def show_work(
    request: Request,
    filters: Filters,
    view: View,
    detail: ItemView | None = None,
    notice: Notice | None = None,
) -> Response:
    """The queue with an entry open; only the part below its header if the page's script made the request."""
    here = app_state(request)
    entries = here.queue_cache.get(filters.window)
    place = place_of(entries.by_item.get(filters.item), view.entries) if filters.item else None
    if filters.item and detail is None:
        item = here.services.store.get(filters.item)
        detail = _detail(request, item) if item else None
    page = place // PAGE + 1 if place is not None else min(int(filters.page or 1), _pages(view))
    filters = replace(filters, page=str(page) if page > 1 else "")
    answer = render(
        request,
        "_work.html" if is_fragment(request) else "queue.html",
        services=here.services,
        names=None if is_fragment(request) else here.services.names(),
        filters=filters,
        view=view,
        shown=view.entries[(page - 1) * PAGE : page * PAGE],
        page=page,
        pages=_pages(view),
        place=place,
        detail=detail,
        notice=notice,
        chosen="item" in request.query_params or notice is not None,
        progress=progress(entries.marks),
        signed=is_signed(here.services.store, filters.window),
        everywhere=_everywhere(request, filters),
        item=detail.item if detail else None,
        comments=comments_on(here.services.store, detail.item.id) if detail else [],
        searches=saved_searches(here.services.store).values(),
        link=link_of,
        as_search=as_search,
    )
    if is_fragment(request):
        answer.headers["HX-Push-Url"] = "/?" + filters.link()
    return answer


def _everywhere(request: Request, filters: Filters) -> int:
    """The number of matches for the text in all windows and states."""
    if not filters.q:
        return 0
    return app_state(request).services.store.count(Query(text=filters.q, relevant=None))


def _detail(
    request: Request, item: Item, *, form: Review | None = None, conflict: Review | None = None, problem: str = ""
) -> ItemView:
    here = app_state(request)
    entry = here.queue_cache.get(item.window).by_item.get(item.id) if item.window else None
    history = here.services.store.history(item.id)
    return view_item(
        item,
        entry.cards if entry else (),
        history,
        here.services.listed(),
        alike_in_store(here.services.store, item),
        form=form,
        conflict=conflict,
        problem=problem,
    )


def _item(request: Request) -> Item:
    item_id = request.path_params["item_id"]
    item = app_state(request).services.store.get(item_id)
    if item is None:
        raise NotFoundError(item_id)
    return item


def _next(entries: WindowQueue, view: View, item_id: str) -> str:
    """The entry after an item's, or the one before if it is the last; the item itself if the view does not show it."""
    place = place_of(entries.by_item.get(item_id), view.entries)
    if place is None or len(view.entries) < 2:
        return item_id if place is None else ""
    return view.entries[place + 1 if place + 1 < len(view.entries) else place - 1].head.id


def _pages(view: View) -> int:
    return max(1, -(-len(view.entries) // PAGE))


ROUTES = [
    Route("/", queue),
    Route("/items/{item_id}/decide", decide, methods=["POST"]),
    Route("/items/{item_id}/restore", restore, methods=["POST"]),
    Route("/items/{item_id}/archived", archived),
]
