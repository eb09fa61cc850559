"""Comments that people leave for each other on an item; they decide nothing."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from indexer.store import EditConflictError, NotFoundError, Store
from yuqing.core.errors import UsageError
from yuqing.core.records import Edit
from yuqing.core.times import now
from yuqing.review.report.text import clean
from yuqing.review.web.base import app_state, field, is_fragment, person, render, to_name
from yuqing.review.web.written import limited

_SCOPE = "comments:"  # prefix of the item's id
MAX_TEXT = 1000


def comments_on(store: Store, item_id: str) -> list[Edit]:
    """The comments on an item, oldest first."""
    return list(store.edits(_SCOPE + item_id).values())


def comment(request: Request) -> Response:
    """Add a comment."""
    name = person(request)
    if not name:
        return to_name(request)
    item_id, text = request.path_params["item_id"], limited(clean(field(request, "text")).strip(), MAX_TEXT, "评论")
    store = app_state(request).services.store
    item = store.get(item_id)
    if item is None:
        raise NotFoundError(item_id)
    if not text:
        raise UsageError("评论是空的。")
    while True:
        number = len(comments_on(store, item_id)) + 1
        edit = Edit(scope=_SCOPE + item_id, part=str(number), value=text, by=name, at=now().isoformat())
        try:
            store.set_edit(edit, 0)
            break
        except EditConflictError:
            continue  # somebody else's comment took the number
    if is_fragment(request):
        return render(request, "_comments.html", item=item, comments=comments_on(store, item_id))
    return RedirectResponse(f"/?window={item.window}&item={item.id}", 303)


ROUTES = [Route("/items/{item_id}/comment", comment, methods=["POST"])]
