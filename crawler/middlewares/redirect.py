"""Follows redirects on the source's own hosts only."""

from __future__ import annotations

from urllib.parse import urljoin

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from crawler.refusals import NO_ADDRESS
from yuqing.core.urls import host_allowed, host_of, url_fault


class SourceRedirectMiddleware(RedirectMiddleware):
    """Scrapy's redirects; a response that leads away from the source, or to itself, goes to the spider as it is."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Follow it, or pass the 3xx response on with ``request.meta['redirect_note']``."""
        location = response.headers.get("Location")
        if location is None or "hosts" not in request.meta:
            return super().process_response(request, response)
        try:
            target = urljoin(response.url, location.decode("latin-1").strip())
            fault = url_fault(target)
        except ValueError as error:
            fault = str(error)
        if fault:
            request.meta["redirect_note"] = f"{NO_ADDRESS} ({fault})"
            return response
        if target == request.url:
            request.meta["redirect_note"] = "self"
            return response
        if not host_allowed(host_of(target), request.meta["hosts"]):
            return response
        return _unfiltered(super().process_response(request, response))


def _unfiltered(answer: Request | Response) -> Request | Response:
    """Two URLs may lead to one page: the second must not be dropped as a duplicate, without an outcome."""
    if isinstance(answer, Request):
        answer.dont_filter = True
    return answer
