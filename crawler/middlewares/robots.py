"""robots.txt according to RFC 9309: an unreachable one forbids everything, a missing one forbids nothing.

Parsed by Scrapy's parser (protego), which looks for a group's name anywhere in the user agent; here a group applies to
us only if its product token is ours.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawler.failures import RobotsUnreachableError, failure_outcome
from crawler.live import HostBackoffError
from crawler.state import state_of
from yuqing.core.records import Outcome
from yuqing.core.times import now

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: at least this much must be parsed
ABSENT_AFTER = timedelta(days=30)  # RFC 9309, 2.3.1.4: unreachable for this long counts as absent
MAX_DELAY = 600.0  # seconds; a site that demands more between two requests cannot be crawled
_AGENT_LINE = re.compile(r"^(\s*user-?agent\s*:)([^#\r\n]*)", re.IGNORECASE | re.MULTILINE)
_TOKEN = re.compile(r"[A-Za-z_-]+")


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with the rules of RFC 9309, and with Crawl-delay as the minimum delay of a host."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._token = product_token(crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"])
        self._unreachable: dict[str, RobotsUnreachableError] = {}

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise if robots.txt forbids ``request`` or could not be read; apply its Crawl-delay to the host."""
        netloc = request.url.split("/", 3)[2]
        if netloc in self._unreachable:
            raise self._unreachable[netloc]
        if rp is None:
            return
        if not rp.allowed(request.url, self._token):
            self._stats.inc_value("robotstxt/forbidden")
            raise IgnoreRequest("Forbidden by robots.txt")
        delay = rp.crawl_delay(self._token) or 0.0
        if delay > MAX_DELAY:
            raise IgnoreRequest(f"Forbidden by robots.txt: it asks for {delay:.0f} s between two requests")
        if delay > self.crawler.settings.getfloat("DOWNLOAD_DELAY"):
            self._hold(request, delay)

    def _hold(self, request: Request, delay: float) -> None:
        """Keep requests to the host of ``request`` at least ``delay`` seconds apart, throttled or not."""
        downloader: Any = self.crawler.engine.downloader
        key = downloader.get_slot_key(request)
        pause = {"delay": delay, "jitter": 0.0, "concurrency": 1}
        downloader.per_slot_settings[key] = pause
        if slot := downloader.slots.get(key):
            slot.delay, slot.jitter, slot.concurrency = max(slot.delay, delay), 0.0, 1
        request.meta["autothrottle_dont_adjust_delay"] = True

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            why = f"robots.txt: HTTP {response.status}, so nothing is requested until it can be read"
            self._refuse(netloc, RobotsUnreachableError(Outcome.HTTP_ERROR, why))
            self._settle(netloc)
            return
        self._answered(netloc)
        rules = own_groups(response.body, self._token) if 200 <= response.status < 300 else b""
        await super()._parse_robots(response.replace(body=rules), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        """No response: forbidden, unless redirects did not end or the host is in back-off anyway."""
        if not isinstance(exc, IgnoreRequest):
            outcome, detail = failure_outcome(exc)
            self._refuse(netloc, RobotsUnreachableError(outcome, f"robots.txt: {detail}"))
        elif not isinstance(exc, HostBackoffError):
            self._answered(netloc)
        self._settle(netloc)

    def _refuse(self, netloc: str, why: RobotsUnreachableError) -> None:
        state, when = state_of(self.crawler), now()
        if state is None or when - state.robots_unreachable(netloc, when) < ABSENT_AFTER:
            self._unreachable[netloc] = why

    def _answered(self, netloc: str) -> None:
        if state := state_of(self.crawler):
            state.robots_answered(netloc)

    def _settle(self, netloc: str) -> None:
        """Release the requests that wait for robots.txt."""
        waiting: Any = self._parsers[netloc]
        self._parsers[netloc] = None
        waiting.callback(None)


def product_token(agent: str) -> str:
    """The product token of a user agent, in lower case: yuqing for yuqing/0.1 (…)."""
    found = _TOKEN.search(agent)
    return "yuqing" if "yuqing" in agent.lower() or not found else found[0].lower()


def own_groups(body: bytes, token: str) -> bytes:
    """The first 500 KiB of a robots.txt, with other groups renamed so that only ``token`` and ``*`` can match us."""
    text = body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")

    def renamed(match: re.Match[str]) -> str:
        name = match[2].strip()
        found = _TOKEN.match(name)
        ours = found is not None and found[0].lower() == token
        return f"{match[1]} {'*' if name == '*' else token if ours else '0'}"

    return _AGENT_LINE.sub(renamed, text).encode()
