"""The report as files: preview and downloads."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.times import Window
from yuqing.review.report.records import Report
from yuqing.review.report.write import FORMATS
from yuqing.review.report.write import render as render_report
from yuqing.review.web.base import app_state, render
from yuqing.review.web.details import chinese_fault
from yuqing.review.web.heavy import heavy
from yuqing.review.web.issue_answers import asked_window

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
# The report's own html has inline styles and no script; the sandbox lets its links open only in a new tab.
_PREVIEW_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


@heavy
def preview(request: Request) -> Response:
    """The report's html for the preview frame."""
    window, every = _asked(request)
    try:
        made = _render(request, window.name, every, "html")
    except YuqingError as error:
        return render(request, "error.html", message=chinese_fault(str(error)))
    return Response(made, media_type=_TYPES["html"], headers={"content-security-policy": _PREVIEW_CSP})


@heavy
def download(request: Request) -> Response:
    """The report as a file. Its name is generated here: no part of the URL gets into a path."""
    window, every = _asked(request)
    kind = next((name for name in FORMATS if name == request.path_params["kind"]), None)
    if kind is None:
        raise UsageError(f"没有这种格式；可下载：{'、'.join(FORMATS)}。")
    made = _render(request, window.name, every, kind)
    headers = {"content-disposition": f'attachment; filename="report-{window.name}.{kind}"'}
    return Response(made, media_type=_TYPES[kind], headers=headers)


def _render(request: Request, window: str, every: bool | None, kind: str) -> bytes:
    report: Report = app_state(request).services.report(window, None if every is None else not every)
    return render_report(report, [kind], app_state(request).services.house)[kind]


def _asked(request: Request) -> tuple[Window, bool | None]:
    """The window, and whether unreviewed drafts are requested too; None: as chosen for the issue."""
    scope = request.query_params.get("scope", "")
    every = {"all": True, "accepted": False}.get(scope)
    return asked_window(request), every


ROUTES = [
    Route("/report/preview", preview),
    Route("/report/download.{kind}", download),
]
