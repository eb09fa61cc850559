"""Back-off: a host that refuses repeatedly is left alone for a day; one that states a waiting time, for that long.

crawler/live.py blocks the requests to it.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime, timedelta

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.refusals import refusal_sign, retry_after
from crawler.responses import plain_headers
from crawler.state import state_of
from yuqing.core.times import now
from yuqing.core.urls import host_of

logger = logging.getLogger(__name__)


class BackoffMiddleware:
    """Counts consecutive refusals per host; after REFUSAL_LIMIT of them the host is in back-off for REFUSAL_REST_HOURS.

    A 503 or 429 with Retry-After triggers the back-off at once, for the requested time but at most those hours.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._limit = crawler.settings.getint("REFUSAL_LIMIT")
        self._rest = timedelta(hours=crawler.settings.getint("REFUSAL_REST_HOURS"))
        self._row: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackoffMiddleware:
        """Always enabled."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Response:
        """Count refusals; any other response from the host resets the count."""
        host, headers, when = host_of(request.url), plain_headers(response), now()
        if wait := retry_after(response.status, headers, when):
            sign = f"HTTP {response.status}, asked to wait {wait.total_seconds():.0f} s"
            self._leave(host, when + min(wait, self._rest), sign)
            logger.warning("%s: %s; left alone", host, sign)
            request.meta["dont_retry"] = True  # Scrapy's retries would come too early
            return response
        sign = refusal_sign(response.status, headers, response.body)
        if not sign:
            self._row[host] = 0
            return response
        self._row[host] += 1
        if self._row[host] >= self._limit:
            self._leave(host, when + self._rest, sign)
            logger.warning("%s refused %d times in a row (%s): left alone", host, self._row[host], sign)
        return response

    def _leave(self, host: str, until: datetime, sign: str) -> None:
        if state := state_of(self._crawler):
            state.refused(host, until, sign)
