"""The crawler's runs and the health of the sources, from the ledger."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from yuqing.core.times import now
from yuqing.review.web.base import app_state, render
from yuqing.review.web.labels import SPANS
from yuqing.review.web.run_charts import FAULTS, NEWS, PAGES, day_chart
from yuqing.review.web.services import FaultLine

EXAMPLES = 3  # per kind of fault, each from a different source


def runs(request: Request) -> Response:
    """Pages and new items per day, every source with its last probe, faults with examples, and the latest runs."""
    services = app_state(request).services
    asked = request.query_params.get("days", "")
    span = asked if asked in SPANS else next(iter(SPANS))
    last = now().date()
    first = last - timedelta(days=int(span) - 1)
    counts = services.crawl_days(first)
    health = services.health()
    faults: dict[str, list[FaultLine]] = {}
    for line in services.faults(first, FAULTS):
        faults.setdefault(line.outcome, []).append(line)
    return render(
        request,
        "runs.html",
        runs=services.runs(),
        health=health,
        probes=services.probes(),
        ill=sum(line.ill for line in health),
        span=span,
        charts=[
            day_chart("每天处理的页面（按结果）", PAGES, counts, first, last),
            day_chart("每天的新条目", NEWS, counts, first, last),
        ],
        faults=sorted(faults.items(), key=lambda pair: -sum(line.count for line in pair[1])),
        examples=EXAMPLES,
        names=services.sources,
    )


def run(request: Request) -> Response:
    """One run: pages by outcome, in total and per source."""
    services = app_state(request).services
    found, sources = services.run(request.path_params["run_id"])
    return render(request, "run.html", run=found, sources=sources, names=services.sources)


ROUTES = [Route("/runs", runs), Route("/runs/{run_id}", run)]
