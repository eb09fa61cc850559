"""The runs of the crawler and how the sources fare, from the ledger."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from review.web.base import render, room


def runs(request: Request) -> Response:
    """The latest runs and a line on every source."""
    desk = room(request).desk
    health = desk.health()
    return render(request, "runs.html", runs=desk.runs(), health=health, ill=sum(line.ill for line in health))


def run(request: Request) -> Response:
    """One run: pages by outcome, whole and for each source."""
    desk = room(request).desk
    found, sources = desk.run(request.path_params["run_id"])
    return render(request, "run.html", run=found, sources=sources, names=desk.sources)


ROUTES = [Route("/runs", runs), Route("/runs/{run_id}", run)]
