"""A host that refuses again and again is left alone for a day (crawler/live.py keeps requests from it)."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from core.times import now
from core.urls import host_of
from crawler.headers import plain_headers
from crawler.refusals import refusal_sign
from crawler.state import UrlState, state_of

logger = logging.getLogger(__name__)


class RestingMiddleware:
    """Counts refusals in a row a host; after REFUSAL_LIMIT of them the host rests REFUSAL_REST_HOURS."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._limit = crawler.settings.getint("REFUSAL_LIMIT")
        self._rest = timedelta(hours=crawler.settings.getint("REFUSAL_REST_HOURS"))
        self._row: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RestingMiddleware:
        """Always on."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Response:
        """Count refusals; any other answer from the host ends the row."""
        host = host_of(request.url)
        sign = refusal_sign(response.status, plain_headers(response), response.body)
        if not sign:
            self._row[host] = 0
            return response
        self._row[host] += 1
        if self._row[host] >= self._limit:
            self._state.refused(host, now() + self._rest, sign)
            logger.warning("%s refused %d times in a row (%s): left alone", host, self._row[host], sign)
        return response

    @property
    def _state(self) -> UrlState:
        return state_of(self._crawler)
