"""The tab 报告: the issue as it will be printed, each part editable in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from indexer.store import EditConflictError
from yuqing.core.errors import UsageError
from yuqing.core.records import Edit
from yuqing.core.times import Window
from yuqing.review.issue.parts import LABEL, scope_of
from yuqing.review.report.write import FORMATS
from yuqing.review.web.base import app_state, field, fields, is_fragment, person, render, to_name
from yuqing.review.web.heavy import heavy
from yuqing.review.web.issue_answers import (
    HELPERS,
    MAX_ROWS,
    asked_window,
    conflict_answer,
    entries_version,
    entry_doubts,
    issue_answer,
    issue_view,
    part_doubts,
    signed_answer,
    takes_every,
)
from yuqing.review.web.issue_edits import (
    MAX_TEXT,
    bring_back,
    done_text,
    label_moved,
    make_edit,
    moment_of_action,
    moved,
    name_of,
    read_edit,
    take_back,
)
from yuqing.review.web.issue_view import IssueView, anchor
from yuqing.review.web.written import limited


def page(request: Request) -> Response:
    """The issue, with the download links above it."""
    if not person(request):
        return to_name(request)
    window = asked_window(request)
    entries = app_state(request).queue_cache.get(window.name).ordered
    counts = Counter(entry.state for entry in entries if entry.relevant)
    every = takes_every(request, window)
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
        view=issue_view(request, window) if ready else None,
        doubts=(),
        ready=ready,
        entries_version=entries_version(request, window),
        formats=FORMATS,
        **HELPERS,
    )


def part(request: Request) -> Response:
    """A part as an edit form."""
    window = asked_window(request)
    view = issue_view(request, window)
    key = request.query_params.get("part", "")
    if key not in view.issue.parts:
        raise UsageError("这一段已不在报告里，请刷新页面。")
    return _form(request, window, view, key)


def shown(request: Request) -> Response:
    """The current issue, after an edit is cancelled."""
    return issue_answer(request, asked_window(request), focus=request.query_params.get("focus", ""))


def edit(request: Request) -> Response:
    """Store an edit and show the updated issue; a conflict shows both versions."""
    window = asked_window(request)
    name = person(request)
    if not name:
        return to_name(request)
    wanted, version = read_edit(dict(fields(request)), window.name, name)
    if refused := signed_answer(request, window):
        return refused
    try:
        app_state(request).services.store.set_edit(wanted, version)
    except EditConflictError as error:
        view = issue_view(request, window)
        if wanted.part in view.issue.parts:
            answer = _form(request, window, view, wanted.part, mine=wanted.value, theirs=error.stored)
            answer.headers["HX-Retarget"] = f"#{anchor(wanted.part)}"
            answer.headers["HX-Reswap"] = "outerHTML"
            return answer
        return conflict_answer(request, window, error)
    return issue_answer(request, window, notice=done_text(wanted.part, wanted.value), focus=wanted.part)


def move(request: Request) -> Response:
    """Move a row, or a label with its rows, elsewhere."""
    key, to, section = (field(request, name) for name in ("key", "to", "section"))

    def changes(view: IssueView) -> list[tuple[str, str]]:
        return label_moved(view.issue, section, key, to) if section else moved(view.issue, key, to)

    nothing = {"up": "已在最前，不能再上移。", "down": "已在最后，不能再下移。"}.get(
        to, "只能移到同一章里；要列入别的章，请用“互见”。"
    )
    return _change(request, changes, "顺序已改", "" if section else f"text.{key}", nothing=nothing)


def split(request: Request) -> Response:
    """Split a row at the cursor."""
    key, first, second = (field(request, name).strip() for name in ("key", "first", "second"))
    if not first or not second:
        raise UsageError("请把光标放在要断开的地方，再点“拆成两行”。")
    for half in (first, second):
        limited(half, MAX_TEXT, "行文字")
    return _change(
        request, lambda view: [(f"text.{key}", first), (f"split.{key}", second)], "已拆成两行", f"text.{key}"
    )


def join(request: Request) -> Response:
    """Rejoin the second half of a split row with the first."""
    key = field(request, "key")

    def changes(view: IssueView) -> list[tuple[str, str]]:
        whole = view.part(f"text.{key}").text + view.part(f"text.{key}~2").text
        return [(f"text.{key}", whole), (f"split.{key}", "")]

    return _change(request, changes, "已并回一行", f"text.{key}")


def undo(request: Request) -> Response:
    """Undo an edit, or restore a version of a part."""
    window = asked_window(request)
    name = person(request)
    if not name:
        return to_name(request)
    if refused := signed_answer(request, window):
        return refused
    key, version = field(request, "part"), field(request, "version")
    if not (version.isascii() and version.isdigit()):
        raise UsageError("表单不完整，请刷新页面后再试。")
    store = app_state(request).services.store
    back = bring_back if field(request, "bring") else take_back
    try:
        back(store, window.name, key, int(version), name)
    except EditConflictError as error:
        return conflict_answer(request, window, error)
    if not is_fragment(request):
        return RedirectResponse(f"/report?window={window.name}", 303)
    return issue_answer(request, window, notice=f"已撤销：{name_of(key)}", focus=key)


def history(request: Request) -> Response:
    """Show who changed what and when."""
    window = asked_window(request)
    edits = app_state(request).services.store.edit_history(scope_of(window.name))
    return render(
        request,
        "issue_history.html",
        services=app_state(request).services,
        window=window,
        view=issue_view(request, window),
        edits=edits[::-1],
        newest={edit.part: edit.version for edit in edits},
        **HELPERS,
    )


@heavy
def check(request: Request) -> Response:
    """List the rows that say what their articles do not."""
    if not person(request):
        return to_name(request)
    window = asked_window(request)
    view = issue_view(request, window)
    rows = list(view.issue.report.entries())
    found = [(row, doubts) for row in rows if (doubts := entry_doubts(request, row, row.text))]
    return render(request, "issue_check.html", window=window, rows=len(rows), found=found, **HELPERS)


def _change(
    request: Request,
    changes: Callable[[IssueView], Sequence[tuple[str, str]]],
    notice: str,
    focus: str,
    *,
    nothing: str = "",
) -> Response:
    """Store several parts; report what prevents it, if anything, and show the current issue. ``nothing`` is said if
    there is nothing to change."""
    window = asked_window(request)
    name = person(request)
    if not name:
        return to_name(request)
    if refused := signed_answer(request, window):
        return refused
    view = issue_view(request, window)
    store = app_state(request).services.store
    wanted = changes(view)
    if nothing and not wanted:
        raise UsageError(nothing)
    at = moment_of_action()
    for key, value in wanted:
        found = view.issue.parts.get(key)
        made = replace(make_edit(window.name, key, value, name, basis=found.basis if found else ""), at=at)
        try:
            store.set_edit(made, view.version(key))
        except EditConflictError as error:
            return conflict_answer(request, window, error)
    label = next((value for key, value in wanted if key.startswith(f"{LABEL}.")), "")
    if label:  # a slip of the mouse may have put a row under another's name
        notice += f"；这一行现在列在“{label}”名下"
    return issue_answer(request, window, notice=notice if wanted else "", focus=focus)


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
        doubts=part_doubts(request, view, key, view.part(key).text if mine is None else mine),
        mine=mine,
        theirs=theirs,
        known=[*names["ministry"], *(place for place in names["region"] if "/" not in place), *names["enterprise"]],
        **HELPERS,
    )


ROUTES = [
    Route("/report", page),
    Route("/report/part", part),
    Route("/report/issue", shown),
    Route("/report/edit", edit, methods=["POST"]),
    Route("/report/move", move, methods=["POST"]),
    Route("/report/split", split, methods=["POST"]),
    Route("/report/join", join, methods=["POST"]),
    Route("/report/undo", undo, methods=["POST"]),
    Route("/report/history", history),
    Route("/report/check", check),
]
