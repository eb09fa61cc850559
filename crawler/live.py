"""The download handler of live crawls: HTTP/1.1, and no request to a host that is left alone.

The checks stand here and not in a middleware, because a middleware sees a request when it is queued for its
host, and the host may begin to refuse, or its source become another machine's, while the request waits.

The settings SITE_PROXY (http://host:port) and SITE_PROXY_LOGIN (user:password) have all requests go through a proxy.
"""

from __future__ import annotations

import asyncio
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


class TurnLostError(HostBackoffError):
    """The request was not sent, because the source is another machine's by now, or may be."""


UNSURE_SECONDS = 0.2  # between two looks whether a turn was renewed


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
        await self.check(request)
        return await self.fetch(request)

    async def check(self, request: Request) -> None:
        """Raise HostBackoffError when the host of ``request`` is left alone, TurnLostError when it is not ours to ask.

        While it is not known whether it is, wait.
        """
        state, host = state_of(self._of), host_of(request.url)
        if state is None:
            return
        while (may := state.may_ask(host)) == "wait" and state.busy and self._of.engine and self._of.engine.running:
            await asyncio.sleep(UNSURE_SECONDS)
        if may != "yes":
            raise TurnLostError("not asked: the source may be another machine's by now")
        if sign := state.backing_off(host, now()):
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
