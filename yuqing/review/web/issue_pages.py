"""The tab 报告: the issue as it will be printed, every part edited in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from indexer.store import EditConflictError
from yuqing.core.errors import UsageError
from yuqing.core.records import Edit, Item
from yuqing.core.times import Window
from yuqing.review.issue.arrange import NOTHING
from yuqing.review.issue.finish import Issue, finish
from yuqing.review.issue.parts import ACCEPTED, ENTRIES, EVERY, IssueEdits, scope_of
from yuqing.review.issue.signoff import correct, sign, sign_off
from yuqing.review.issue.signoff import take_back as take_back_sign_off
from yuqing.review.report.chapters import NO_SUMMITS
from yuqing.review.report.text import clean
from yuqing.review.report.write import FORMATS
from yuqing.review.web.base import app_state, field, fields, is_fragment, person, render, to_name
from yuqing.review.web.heavy import heavy
from yuqing.review.web.issue_edits import (
    bring_back,
    label_moved,
    last_of,
    make_edit,
    moment_of_action,
    moved,
    name_of,
    read_edit,
    take_back,
)
from yuqing.review.web.issue_view import IssueView, above, anchor, view_of

MAX_ROWS = 500  # rows of an issue that can be edited; one of more is read in the preview


def page(request: Request) -> Response:
    """The issue, with the downloads above it."""
    if not person(request):
        return to_name(request)
    window = asked_window(request)
    entries = app_state(request).queue_cache.get(window.name).ordered
    counts = Counter(entry.state for entry in entries if entry.relevant)
    every = _every(request, window)
    ready = bool(counts["accepted"] or (every and counts["pending"]))
    return render(
        request,
        "report.html",
        services=app_state(request).services,
        window=window,
        every=every,
        counts=counts,
        most=MAX_ROWS,
        crowded=every and counts["accepted"] + counts["pending"] > MAX_ROWS,
        view=_view(request, window) if ready else None,
        ready=ready,
        entries_version=_entries_version(request, window),
        formats=FORMATS,
        **_HELPERS,
    )


def part(request: Request) -> Response:
    """A part as a form."""
    window = asked_window(request)
    view = _view(request, window)
    key = request.query_params.get("part", "")
    if key not in view.issue.parts:
        raise UsageError("这一段已不在报告里，请刷新页面。")
    return _form(request, window, view, key)


def shown(request: Request) -> Response:
    """The issue as it stands, after an edit is given up."""
    return _issue(request, asked_window(request), focus=request.query_params.get("focus", ""))


def edit(request: Request) -> Response:
    """Store an edit and show the issue anew; a conflict shows both versions."""
    window = asked_window(request)
    name = person(request)
    if not name:
        return to_name(request)
    wanted, version = read_edit(dict(fields(request)), window.name, name)
    if refused := _signed(request, window):
        return refused
    try:
        app_state(request).services.store.set_edit(wanted, version)
    except EditConflictError as error:
        view = _view(request, window)
        if wanted.part in view.issue.parts:
            answer = _form(request, window, view, wanted.part, mine=wanted.value, theirs=error.stored)
            answer.headers["HX-Retarget"] = f"#{anchor(wanted.part)}"
            answer.headers["HX-Reswap"] = "outerHTML"
            return answer
        return _conflict(request, window, error)
    done = "已改" if wanted.value else "已恢复程序草稿"
    return _issue(request, window, notice=f"{done}：{name_of(wanted.part)}", focus=wanted.part)


def move(request: Request) -> Response:
    """Put a row, or a label with its rows, somewhere else."""
    key, to, section = (field(request, name) for name in ("key", "to", "section"))

    def changes(view: IssueView) -> list[tuple[str, str]]:
        return label_moved(view.issue, section, key, to) if section else moved(view.issue, key, to)

    return _change(request, changes, "顺序已改", f"label.{key}" if section else f"text.{key}")


def split(request: Request) -> Response:
    """Cut a row in two where the cursor stood."""
    key, first, second = (field(request, name).strip() for name in ("key", "first", "second"))
    if not first or not second:
        raise UsageError("请把光标放在要断开的地方，再点“拆成两行”。")
    return _change(
        request, lambda view: [(f"text.{key}", first), (f"split.{key}", second)], "已拆成两行", f"text.{key}"
    )


def join(request: Request) -> Response:
    """Put the second half of a row that was split back to the first."""
    key = field(request, "key")

    def changes(view: IssueView) -> list[tuple[str, str]]:
        whole = view.part(f"text.{key}").text + view.part(f"text.{key}~2").text
        return [(f"text.{key}", whole), (f"split.{key}", "")]

    return _change(request, changes, "已并回一行", f"text.{key}")


def undo(request: Request) -> Response:
    """Take an edit back, or bring a version of a part back."""
    window = asked_window(request)
    name = person(request)
    if not name:
        return to_name(request)
    if refused := _signed(request, window):
        return refused
    key, version = field(request, "part"), field(request, "version")
    if not (version.isascii() and version.isdigit()):
        raise UsageError("表单不完整，请刷新页面后再试。")
    store = app_state(request).services.store
    back = bring_back if field(request, "bring") else take_back
    try:
        back(store, window.name, key, int(version), name)
    except EditConflictError as error:
        return _conflict(request, window, error)
    if not is_fragment(request):
        return RedirectResponse(f"/report?window={window.name}", 303)
    return _issue(request, window, notice=f"已撤销：{name_of(key)}", focus=key)


@heavy
def sign_issue(request: Request) -> Response:
    """Sign the issue: from now on it is printed as it stands."""
    window, name = asked_window(request), person(request)
    if not name:
        return to_name(request)
    if refused := _signed(request, window):
        return refused
    here = app_state(request)
    try:
        sign(here.services.store, here.services.report(window.name, None), name)
    except EditConflictError as error:
        return _conflict(request, window, error)
    return _issue(request, window, notice="已签发，内容已固定")


def take_sign_back(request: Request) -> Response:
    """Take a sign-off back, so that the issue can be edited."""
    window, name = asked_window(request), person(request)
    if not name:
        return to_name(request)
    store = app_state(request).services.store
    signed = sign_off(store, window.name)
    if signed:
        try:
            take_back_sign_off(store, signed, name)
        except EditConflictError as error:
            return _conflict(request, window, error)
    return _issue(request, window, notice="已退回，可以再改")


def correction(request: Request) -> Response:
    """Put a correction under a signed issue."""
    window, name = asked_window(request), person(request)
    if not name:
        return to_name(request)
    text = clean(field(request, "text")).strip()[:1000]
    store = app_state(request).services.store
    signed = sign_off(store, window.name)
    if not text or signed is None:
        raise UsageError("请写明更正的内容；只有签发过的报告才有更正。")
    correct(store, signed, text, name)
    return _issue(request, window, notice="更正已记下，印在报告末尾")


def history(request: Request) -> Response:
    """Who changed what when."""
    window = asked_window(request)
    edits = app_state(request).services.store.edit_history(scope_of(window.name))
    return render(
        request,
        "issue_history.html",
        services=app_state(request).services,
        window=window,
        edits=edits[::-1],
        newest={edit.part: edit.version for edit in edits},
        **_HELPERS,
    )


def _change(
    request: Request, changes: Callable[[IssueView], Sequence[tuple[str, str]]], notice: str, focus: str
) -> Response:
    """Store several parts; what stands in the way of one is told, and the issue shown as it is now."""
    window = asked_window(request)
    name = person(request)
    if not name:
        return to_name(request)
    if refused := _signed(request, window):
        return refused
    view = _view(request, window)
    store = app_state(request).services.store
    wanted = changes(view)
    at = moment_of_action()
    for key, value in wanted:
        found = view.issue.parts.get(key)
        made = replace(make_edit(window.name, key, value, name, basis=found.basis if found else ""), at=at)
        try:
            store.set_edit(made, view.version(key))
        except EditConflictError as error:
            return _conflict(request, window, error)
    return _issue(request, window, notice=notice if wanted else "", focus=focus)


def _conflict(request: Request, window: Window, error: EditConflictError) -> Response:
    said = f"{error.stored.by} 刚改过“{name_of(error.stored.part)}”，没有保存；下面是现在的样子，请再改一次。"
    return _issue(request, window, fault=said)


def _signed(request: Request, window: Window) -> Response | None:
    if sign_off(app_state(request).services.store, window.name):
        return _issue(request, window, fault="本期已签发，不能再改；可以写更正，或由主编退回。")
    return None


def _form(
    request: Request, window: Window, view: IssueView, key: str, *, mine: str | None = None, theirs: Edit | None = None
) -> Response:
    names = app_state(request).services.names()
    return render(
        request,
        "_part_form.html",
        window=window,
        view=view,
        part=view.part(key),
        mine=mine,
        theirs=theirs,
        known=[*names["ministry"], *(place for place in names["region"] if "/" not in place), *names["enterprise"]],
        **_HELPERS,
    )


def _issue(request: Request, window: Window, **more: str) -> Response:
    return render(request, "_issue.html", window=window, view=_view(request, window, **more), **_HELPERS)


def _view(request: Request, window: Window, **more: str) -> IssueView:
    services = app_state(request).services
    changes = services.store.edit_history(scope_of(window.name))
    edits = IssueEdits({edit.part: edit for edit in changes})
    signed = sign_off(services.store, window.name)
    if signed:
        return view_of(finish(signed.report, NOTHING), signed, None, **more)
    return view_of(issue_of(request, window, edits), None, last_of(changes), **more)


def issue_of(request: Request, window: Window, edits: IssueEdits) -> Issue:
    """The issue as it stands, of the items that the queue knows to be in it."""
    here = app_state(request)
    entries = here.queue_cache.get(window.name).ordered
    every = _every(request, window, edits)
    wanted = [entry for entry in entries if entry.state == "accepted" or (every and entry.state == "pending")]
    if len(wanted) > MAX_ROWS:
        wanted = [entry for entry in wanted if entry.state == "accepted"]
    items: dict[str, Item] = here.services.store.get_many(card.id for entry in wanted for card in entry.cards)
    return here.services.issue(window.name, list(items.values()), edits, accepted_only=not every)


def _every(request: Request, window: Window, edits: IssueEdits | None = None) -> bool:
    """Whether drafts that nobody has looked at are in the issue too; accepted items only, unless it was chosen."""
    edits = edits or IssueEdits(app_state(request).services.store.edits(scope_of(window.name)))
    return edits.value(ENTRIES) == EVERY


def _entries_version(request: Request, window: Window) -> int:
    edit = app_state(request).services.store.edits(scope_of(window.name)).get(ENTRIES)
    return edit.version if edit else 0


def asked_window(request: Request) -> Window:
    """The window of the address."""
    services = app_state(request).services
    return services.windows.get(request.query_params.get("window") or services.window)


_HELPERS: dict[str, Any] = {
    "anchor": anchor,
    "above": above,
    "accepted": ACCEPTED,
    "every_entry": EVERY,
    "name_of": name_of,
    "no_summits": NO_SUMMITS,
}
ROUTES = [
    Route("/report", page),
    Route("/report/part", part),
    Route("/report/issue", shown),
    Route("/report/edit", edit, methods=["POST"]),
    Route("/report/move", move, methods=["POST"]),
    Route("/report/split", split, methods=["POST"]),
    Route("/report/join", join, methods=["POST"]),
    Route("/report/undo", undo, methods=["POST"]),
    Route("/report/sign", sign_issue, methods=["POST"]),
    Route("/report/take-back", take_sign_back, methods=["POST"]),
    Route("/report/correct", correction, methods=["POST"]),
    Route("/report/history", history),
]
