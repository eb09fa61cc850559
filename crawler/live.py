"""The download handler of live crawls: HTTP/1.1, with no request to a host in back-off.

The checks are here rather than in a middleware, because a middleware sees a request when it is queued for its host, and
while it waits the host may start to refuse, or another machine may take over its source.

With the settings SITE_PROXY (http://host:port) and SITE_PROXY_LOGIN (user:password) all requests go through a proxy.
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
    """The request was not sent because its host is in back-off."""


class TurnLostError(HostBackoffError):
    """The request was not sent because another machine has taken over the source, or may have."""


UNSURE_SECONDS = 0.2  # between two checks whether a turn was renewed


class LiveHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler with a check for hosts in back-off."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._of = crawler
        self._proxy: str = crawler.settings.get("SITE_PROXY") or ""
        login: str = crawler.settings.get("SITE_PROXY_LOGIN") or ""
        self._login = b"Basic " + b64encode(login.encode()) if login else b""

    async def download_request(self, request: Request) -> Response:
        """Fetch ``request``; raises HostBackoffError if its host is in back-off."""
        await self.check(request)
        return await self.fetch(request)

    async def check(self, request: Request) -> None:
        """Raise HostBackoffError if the host of ``request`` is in back-off, TurnLostError if the source is not ours any
        more.

        Waits as long as that is uncertain.
        """
        state, host = state_of(self._of), host_of(request.url)
        if state is None:
            return
        while (may := state.may_ask(host)) == "wait" and state.busy and self._of.engine and self._of.engine.running:
            await asyncio.sleep(UNSURE_SECONDS)
        if may != "yes":
            raise TurnLostError("not requested: another machine may have taken over the source")
        if sign := state.backing_off(host, now()):
            raise HostBackoffError(f"not requested: the host refused recently ({sign})")

    async def fetch(self, request: Request) -> Response:
        """Fetch without the check. Raises DNSLookupError for hosts that must not be requested through the proxy."""
        if self._proxy:
            host = host_of(request.url)
            if is_private_by_name(host):
                raise DNSLookupError(f"{host} is not a public host; not fetched")
            request.meta["proxy"] = self._proxy
            if self._login:
                request.headers["Proxy-Authorization"] = self._login
        return await super().download_request(request)
