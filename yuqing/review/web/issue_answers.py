"""Shared by the pages of the issue: the current issue, and the responses that show it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from indexer.store import EditConflictError
from yuqing.core.records import Item
from yuqing.core.times import Window
from yuqing.review.issue.arrange import NOTHING
from yuqing.review.issue.finish import Issue, finish
from yuqing.review.issue.parts import ACCEPTED, ENTRIES, EVERY, TEXT, IssueEdits, scope_of
from yuqing.review.issue.signoff import sign_off
from yuqing.review.report.chapters import NO_SUMMITS
from yuqing.review.report.records import Entry
from yuqing.review.web.base import app_state, may_edit, render
from yuqing.review.web.issue_edits import is_paragraph, last_of, name_of, value_text
from yuqing.review.web.issue_view import IssueView, above, anchor, view_of
from yuqing.review.web.item_view import row_doubts

MAX_ROWS = 500  # maximum number of rows for editing; a larger issue can only be previewed


def conflict_answer(request: Request, window: Window, error: EditConflictError) -> Response:
    said = f"{error.stored.by} 刚改过“{name_of(error.stored.part)}”，您的修改没有保存；下面是现在的内容，请再改一次。"
    return issue_answer(request, window, fault=said)


def signed_answer(request: Request, window: Window) -> Response | None:
    if sign_off(app_state(request).services.store, window.name):
        return issue_answer(request, window, fault="本期已签发，不能再改；可以写更正，或由主编退回。")
    return None


def issue_answer(request: Request, window: Window, **more: str) -> Response:
    """The issue; a row that was just edited is compared with its articles."""
    view = issue_view(request, window, **more)
    part = view.issue.parts.get(view.focus) if view.notice else None
    doubts = part_doubts(request, view, part.key, part.text) if part and part.edited else ()
    return render(request, "_issue.html", window=window, view=view, doubts=doubts, **HELPERS)


def issue_view(request: Request, window: Window, **more: str) -> IssueView:
    services = app_state(request).services
    changes = services.store.edit_history(scope_of(window.name))
    edits = IssueEdits({edit.part: edit for edit in changes})
    signed = sign_off(services.store, window.name)
    may = may_edit(request)
    if signed:
        return view_of(finish(signed.report, NOTHING), signed, None, may_edit=may, **more)
    return view_of(issue_of(request, window, edits), None, last_of(changes), may_edit=may, **more)


def issue_of(request: Request, window: Window, edits: IssueEdits) -> Issue:
    """The current issue, made from the items that the queue counts as part of it."""
    here = app_state(request)
    entries = here.queue_cache.get(window.name).ordered
    every = takes_every(request, window, edits)
    wanted = [entry for entry in entries if entry.state == "accepted" or (every and entry.state == "pending")]
    if len(wanted) > MAX_ROWS:
        wanted = [entry for entry in wanted if entry.state == "accepted"]
    items: dict[str, Item] = here.services.store.get_many(card.id for entry in wanted for card in entry.cards)
    return here.services.issue(window.name, list(items.values()), edits, accepted_only=not every)


def takes_every(request: Request, window: Window, edits: IssueEdits | None = None) -> bool:
    """Whether the issue includes unreviewed drafts; by default it holds accepted items only."""
    edits = edits or IssueEdits(app_state(request).services.store.edits(scope_of(window.name)))
    return edits.value(ENTRIES) == EVERY


def entries_version(request: Request, window: Window) -> int:
    edit = app_state(request).services.store.edits(scope_of(window.name)).get(ENTRIES)
    return edit.version if edit else 0


def part_doubts(request: Request, view: IssueView, key: str, text: str) -> tuple[str, ...]:
    """What the text of the row whose part ``key`` is says that its articles do not."""
    entry = next((one for one in view.issue.report.entries() if f"{TEXT}.{one.id}" == key), None)
    return entry_doubts(request, entry, text) if entry else ()


def entry_doubts(request: Request, entry: Entry, text: str) -> tuple[str, ...]:
    """What ``text``, written for ``entry``, says that its articles do not."""
    services = app_state(request).services
    found = services.store.get_many(entry.item_ids)
    items = [found[item_id] for item_id in entry.item_ids if item_id in found]
    return row_doubts(text, items, services.listed())


def asked_window(request: Request) -> Window:
    """The window in the URL."""
    services = app_state(request).services
    return services.windows.get(request.query_params.get("window") or services.window)


HELPERS: dict[str, Any] = {
    "anchor": anchor,
    "above": above,
    "accepted": ACCEPTED,
    "every_entry": EVERY,
    "is_paragraph": is_paragraph,
    "name_of": name_of,
    "no_summits": NO_SUMMITS,
    "value_text": value_text,
}
