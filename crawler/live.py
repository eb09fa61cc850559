"""The download handler of live crawls: HTTP/1.1, and no request to a host that is left alone.

The check stands here and not in a middleware, because a middleware sees a request when it is queued for its
host, and the host may begin to refuse while the request waits.

The settings SITE_PROXY (http://host:port) and SITE_PROXY_LOGIN (user:password) have all requests go through a proxy.
"""

from __future__ import annotations

from base64 import b64encode

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.internet.error import DNSLookupError

from crawler.resolver import is_private_by_name
from crawler.state import state_of
from yuqing.core.times import now
from yuqing.core.urls import host_of


class HostBackoffError(IgnoreRequest):
    """The request was not sent, because its host is left alone."""


class LiveHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler behind the check for hosts that are backed off."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._of = crawler
        self._proxy: str = crawler.settings.get("SITE_PROXY") or ""
        login: str = crawler.settings.get("SITE_PROXY_LOGIN") or ""
        self._login = b"Basic " + b64encode(login.encode()) if login else b""

    async def download_request(self, request: Request) -> Response:
        """Fetch ``request``; raises HostBackoffError when its host is left alone."""
        self.check(request)
        return await self.fetch(request)

    def check(self, request: Request) -> None:
        """Raise HostBackoffError when the host of ``request`` is left alone."""
        state = state_of(self._of)
        if state and (sign := state.backing_off(host_of(request.url), now())):
            raise HostBackoffError(f"not asked: the host refused lately ({sign})")

    async def fetch(self, request: Request) -> Response:
        """Fetch without the check. Raises DNSLookupError for what no proxy may be asked for."""
        if self._proxy:
            host = host_of(request.url)
            if is_private_by_name(host):
                raise DNSLookupError(f"{host} is no public host; not fetched")
            request.meta["proxy"] = self._proxy
            if self._login:
                request.headers["Proxy-Authorization"] = self._login
        return await super().download_request(request)
