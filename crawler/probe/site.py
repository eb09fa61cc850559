"""What a probe may request: a site accessed by the crawler's rules, with a limited number of requests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from crawler.lists import Fetch
from crawler.probe.answers import Answer, state_of
from yuqing.core.urls import host_of

BUDGET = 8  # requests per probe, including robots.txt and redirects
Ask = Callable[[Fetch], Awaitable[Answer]]


class Site:
    """The site of one source during one probe.

    ``ask`` fetches by the crawler's rules and ``spent`` counts what reached the network for this source; a host that
    refused or did not respond is not contacted again, and nothing is requested twice.
    """

    def __init__(self, ask: Ask, spent: Callable[[], int], robots: Callable[[str], str], budget: int = BUDGET) -> None:
        self._ask, self._spent, self._robots = ask, spent, robots
        self._budget = budget
        self._closed: dict[str, Answer] = {}
        self._answers: dict[tuple[str, str, bytes], Answer] = {}

    @property
    def spent(self) -> int:
        """The requests made so far."""
        return self._spent()

    @property
    def left(self) -> int:
        """The number of requests still allowed."""
        return max(0, self._budget - self._spent())

    def robots(self, host: str) -> str:
        """The robots.txt of ``host`` as received; empty if it was not requested or there is none."""
        return self._robots(host)

    async def ask(self, fetch: Fetch) -> Answer | None:
        """The response to ``fetch``; None if no request is left. For a closed host, the response that closed it."""
        host, key = host_of(fetch.url), (fetch.method, fetch.url, fetch.body)
        if host in self._closed:
            return self._closed[host]
        if key in self._answers:
            return self._answers[key]
        if self.left < 1:
            return None
        answer = await self._ask(fetch)
        self._answers[key] = answer
        if state_of(answer)[0] in ("refused", "unreachable"):
            self._closed[host] = answer
        return answer
