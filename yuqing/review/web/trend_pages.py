"""The tab 月度: the months side by side, filtered by sector, place or ministry, and two months compared."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from yuqing.core.facets import FACETS, stored_fields
from yuqing.review.web.base import app_state, render
from yuqing.review.web.heavy import heavy
from yuqing.review.web.trend_sheet import trends_xlsx
from yuqing.review.web.trends import FILTERS, KINDS, WINDOWS, Pairs, Trends, compared, read_trends

_SHOWN = 36  # small charts per kind; there are 31 provinces
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FACET = {
    field.key: facet.key for facet in FACETS for field in facet.fields
}  # the facet that a stored field belongs to
_QUEUE = {field.key: field.queue for field in stored_fields()}  # the filter of the queue that counts it


def _asked(request: Request) -> tuple[Trends, Pairs, str, str]:
    """The requested months, the filter, and the two months to compare."""
    services = app_state(request).services
    store = services.store
    windows = sorted(name for name, _ in store.status().windows if name)[-WINDOWS:]
    params = request.query_params
    tags = tuple((facet, params[facet]) for facet in FILTERS if params.get(facet))
    trends = read_trends(store, windows, tags)
    usual = services.window if services.window in windows else windows[-1] if windows else ""
    now = params.get("now", "") if params.get("now") in windows else usual
    earlier = [name for name in windows if name < now] or [name for name in windows if name != now]
    before = (
        params.get("before", "")
        if params.get("before") in windows and params["before"] != now
        else (earlier[-1] if earlier else "")
    )
    return trends, tags, before, now


@heavy
def months(request: Request) -> Response:
    """Small charts of each sector, province, ministry and kind of action; the new words; two months compared."""
    trends, tags, before, now = _asked(request)
    return render(
        request,
        "months.html",
        trends=trends,
        kinds=KINDS,
        filters=FILTERS,
        narrowed=dict(tags),
        before=before,
        now=now,
        differences=compared(trends, before, now) if before and now else {},
        shown=_SHOWN,
        at=trends.windows.index(now) if now else 0,
        most={kind: max((max(line.counts) for line in lines), default=1) for kind, lines in trends.kinds.items()},
        query=urlencode([*tags, ("before", before), ("now", now)]),
        facet=_FACET.__getitem__,
        narrow=lambda facet, name: urlencode([*(pair for pair in tags if pair[0] != facet), (facet, name)]),
        queue=lambda kind, name, window: urlencode([("window", window), (_QUEUE[kind], name), ("state", "all")]),
    )


@heavy
def months_xlsx(request: Request) -> Response:
    """The same data as a workbook."""
    trends, _, before, now = _asked(request)
    headers = {"content-disposition": 'attachment; filename="months.xlsx"'}
    return Response(trends_xlsx(trends, before, now), media_type=_SHEET, headers=headers)


ROUTES = [Route("/months", months), Route("/months.xlsx", months_xlsx)]
