"""Follows ``<meta http-equiv="refresh">`` like a redirect, on the source's own hosts only."""

from __future__ import annotations

import re

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import HtmlResponse, Response
from scrapy.utils.response import get_meta_refresh

from crawler.refusals import NO_ADDRESS, refusal_sign
from crawler.responses import plain_headers
from yuqing.core.urls import host_allowed, host_of, url_fault

MAX_DELAY = 15  # seconds; a page with a longer delay is meant to be read
MAX_TEXT = 120  # characters; a page with more is processed itself (an article that returns to its list, a notice)
_UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<[^>]*>|\s+", re.IGNORECASE | re.DOTALL)


class SourceMetaRefreshMiddleware(MetaRefreshMiddleware):
    """Follows the refresh of a page that is nearly empty, as often as redirects are followed.

    The note of the final page records this; a page whose refresh leads away from the source goes to the spider with the
    target in ``request.meta['refresh_to']``.
    """

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The next request, or the response itself."""
        hosts = request.meta.get("hosts")
        if hosts is None or response.status != 200 or not isinstance(response, HtmlResponse):
            return response
        if b"refresh" not in response.body[:4096].lower():
            return response
        try:
            delay, target = get_meta_refresh(response, ignore_tags=("script", "noscript", "style"))
        except ValueError as error:  # raised by urllib for a malformed URL
            request.meta["redirect_note"] = f"{NO_ADDRESS} ({error})"
            return response
        if not target or delay is None or delay > MAX_DELAY or target.partition("#")[0] == response.url:
            return response
        if len(_UNSEEN.sub("", response.text)) > MAX_TEXT:
            return response
        if refusal_sign(response.status, plain_headers(response), response.body):
            return response
        if fault := url_fault(target):
            request.meta["redirect_note"] = f"{NO_ADDRESS} ({fault})"
            return response
        if not host_allowed(host_of(target), hosts):
            request.meta["refresh_to"] = target
            return response
        self.crawler.stats.inc_value("refresh/followed")
        following = self._redirect(
            self._redirect_request_using_get(request, response, target), request, f"meta refresh of {response.url}"
        )
        following.dont_filter = (
            True  # the target may have been requested already; two pages that lead there both need an outcome
        )
        following.meta["redirect_note"] = f"behind the refresh of {request.meta.get('refreshed', request.url)}"
        following.meta["refreshed"] = request.meta.get("refreshed", request.url)
        return following
