"""Requests without a response: their outcome, in a user's words."""

from __future__ import annotations

import re

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.live import HostBackoffError
from yuqing.core.records import Outcome


class RobotsUnreachableError(IgnoreRequest):
    """The request was not sent because the host's robots.txt could not be read; ``outcome`` says why."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome


_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def failure_outcome(error: BaseException) -> tuple[Outcome, str]:
    """The outcome of a request that ended in ``error``, with a short detail."""
    whole = _ADDRESS.sub("", str(error))
    text = whole[:200]
    if isinstance(error, IgnoreRequest):
        if isinstance(error, HostBackoffError):
            return Outcome.BACKOFF, text
        if isinstance(error, RobotsUnreachableError):
            return error.outcome, text
        if "Forbidden by robots.txt" in whole:
            return Outcome.ROBOTS, "robots.txt forbids it" + whole.partition("Forbidden by robots.txt")[2]
        if "MAXSIZE" in whole:
            return Outcome.TOO_LARGE, "larger than the size limit when decompressed"
        if "max redirections" in whole:
            return Outcome.REDIRECT_LOOP, text
        return Outcome.FAILED, text
    if isinstance(error, DownloadCancelledError):
        return Outcome.TOO_LARGE, text
    if isinstance(error, DownloadTimeoutError):
        return Outcome.TIMEOUT, text
    if isinstance(error, CannotResolveHostError):
        return Outcome.NETWORK, f"the host name has no address ({text})"
    if isinstance(error, DownloadConnectionRefusedError):
        return Outcome.NETWORK, "connection refused"
    if isinstance(error, (DownloadFailedError, ResponseDataLossError, OSError)):
        return Outcome.NETWORK, text or type(error).__name__
    return Outcome.FAILED, f"{type(error).__name__}: {text}"
