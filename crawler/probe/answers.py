"""Classifying the response to a probe, before its links are examined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.decode import decode
from crawler.extract.select import text_of
from crawler.extract.tree import MAX_BYTES, MAX_TAGS, parse
from crawler.probe.records import ListState
from crawler.refusals import answer_outcome
from yuqing.core.records import Outcome, Page
from yuqing.core.urls import host_of

_BY_OUTCOME: dict[Outcome, ListState] = {
    Outcome.ROBOTS: "robots",
    Outcome.REFUSED: "refused",
    Outcome.BACKOFF: "refused",
    Outcome.TOO_LARGE: "too-large",
    Outcome.REDIRECT_LOOP: "loop",
    Outcome.OFF_SITE: "off-site",
    Outcome.HTTP_ERROR: "server-error",
}
_LOGIN = re.compile(r"(?:^|[/._-])(?:login|signin|sso|passport|cas|auth)(?:[/._?-]|$)", re.IGNORECASE)
_HOME = re.compile(r"/?(?:(?:index|default|home|main)(?:\.\w{2,5})?)?/?", re.IGNORECASE)
PERMANENT = (301, 308)


@dataclass(frozen=True, slots=True)
class Answer:
    """The response to one request: the page, or how it ended without one. ``asked`` is the requested URL.

    ``permanent``: each redirect on the way was a permanent one.
    """

    asked: str
    page: Page | None = None
    outcome: Outcome | None = None
    detail: str = ""
    permanent: bool = False

    @property
    def led_elsewhere(self) -> bool:
        """Whether a redirect led anywhere other than to the same URL under the other scheme."""
        return self.page is not None and _bare(self.page.url) != _bare(self.asked)


def state_of(answer: Answer) -> tuple[ListState, str]:
    """The state evident from the response alone, with a detail; ``ok`` if its content has to be examined."""
    page = answer.page
    if page is None:
        return _BY_OUTCOME.get(answer.outcome or Outcome.FAILED, "unreachable"), answer.detail
    if said := answer_outcome(page):
        outcome, detail = said
        if outcome is Outcome.HTTP_ERROR:
            return ("server-error" if page.status >= 500 or page.status == 429 else "missing"), detail
        return _BY_OUTCOME.get(outcome, "missing"), detail
    if len(page.body) > MAX_BYTES or page.body.count(b"<") > MAX_TAGS:
        return "too-large", f"{len(page.body):,} bytes, {page.body.count(b'<'):,} tags"
    if answer.led_elsewhere:
        if _LOGIN.search(urlsplit(page.url).path) or _LOGIN.search(host_of(page.url)):
            return "login", page.url
        if _HOME.fullmatch(urlsplit(page.url).path) and not _HOME.fullmatch(urlsplit(answer.asked).path):
            return "home", page.url
    return "ok", ""


def moved_host(answer: Answer) -> str:
    """The URL on another host given by a permanent redirect, or an empty string."""
    page = answer.page
    if page is None or page.status not in PERMANENT:
        return ""
    target = next((value for name, value in page.headers.items() if name.lower() == "location"), "")
    return target if host_of(target) and host_of(target) != host_of(page.url) else ""


def asks_to_log_in(html: str) -> bool:
    """Whether a page is a password form and little else."""
    root = parse(html)
    if root is None or root.find(".//input[@type='password']") is None:
        return False
    return sum(len(text_of(anchor)) >= 8 for anchor in root.iter("a")) < 5


def text_of_page(page: Page) -> str:
    """The decoded body."""
    return decode(page.body, page.headers).text


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path.rstrip('/') or '/'}?{parts.query}"
