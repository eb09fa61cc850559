"""Adding a source by URL: a preview of its record and what it reads, before it is written."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from yuqing.core.errors import UsageError
from yuqing.review.web.base import app_state, field, person, render, to_name

WAITING = 20  # previewed proposals that were neither written nor discarded; the oldest are forgotten


def look(request: Request) -> Response:
    """Preview the record that the site of a URL would get, with ten links of its list and an article as extracted."""
    if not person(request):
        return to_name(request)
    here = app_state(request)
    url = field(request, "url").strip()
    try:
        found = here.services.new_sources.look(url)
    except UsageError as error:
        return render(request, "source.html", url=url, problem=str(error), found=None, token="", written=None)
    token = ""
    if found.whole:
        token = secrets.token_urlsafe(16)
        here.proposals[token] = found
        while len(here.proposals) > WAITING:
            here.proposals.popitem(last=False)
    return render(request, "source.html", url=url, problem=found.problem, found=found, token=token, written=None)


def keep(request: Request) -> Response:
    """Write the record that was previewed."""
    if not person(request):
        return to_name(request)
    here = app_state(request)
    found = here.proposals.pop(field(request, "token"), None)
    if found is None:
        raise UsageError("这条记录已经写入，或已过时；请重新填写网址。")
    backup = here.services.new_sources.keep(found)
    return render(request, "source.html", url="", problem="", found=found, token="", written=backup)


ROUTES = [Route("/sources/look", look, methods=["POST"]), Route("/sources/keep", keep, methods=["POST"])]
