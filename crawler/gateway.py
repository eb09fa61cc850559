"""A download handler that sends every request to one loopback server, whatever its host.

Used for the demo web and in tests: the engine, the middlewares and the spider see the real URLs, and the bytes come
over real HTTP. The server reads the host from ``Host`` and the scheme from ``X-Forwarded-Proto``. Enabled by the
setting ``GATEWAY_PORT``.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.live import LiveHandler


class GatewayHandler(LiveHandler):
    """HTTP/1.1 to 127.0.0.1:GATEWAY_PORT under the original host name."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        self._port = crawler.settings.getint("GATEWAY_PORT")
        if not self._port:
            raise NotConfigured("GATEWAY_PORT is not set")
        super().__init__(crawler)

    async def download_request(self, request: Request) -> Response:
        """Fetch ``request`` from the loopback server; the response carries the original URL."""
        await self.check(request)
        parts = urlsplit(request.url)
        inner = request.replace(url=urlunsplit(("http", f"127.0.0.1:{self._port}", parts.path or "/", parts.query, "")))
        inner.headers["Host"] = parts.netloc
        inner.headers["X-Forwarded-Proto"] = parts.scheme
        response = await self.fetch(inner)
        return response.replace(url=request.url)
