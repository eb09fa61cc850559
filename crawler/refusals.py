"""How a site says no. Refusals are recorded with their sign and the host is left alone, never defeated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from yuqing.core.records import Outcome, Page

# 412: Ruishu; 521: Jiasule; 567: seen on mohrss; 403/405: cloud firewalls. Signs collected from the
# published clients of these sites (see docs/decisions.md).
_STATUS = {403, 405, 412, 418, 451, 521, 567}
_LATER = {429, 503}
_CHALLENGE = re.compile(
    rb"__jsl_clearance|\$_ts\s*=\s*window|acw_sc__v2|/_Incapsula_|wzws-waf"
    rb"|\xe8\xae\xbf\xe9\x97\xae\xe9\xaa\x8c\xe8\xaf\x81"  # 访问验证
    rb"|document\.cookie\s*=(?=.*location\s*[.=])",
    re.DOTALL,
)
CHALLENGE_BYTES = 12_000  # a challenge is a small page; every saved article page is larger than this


def refusal_sign(status: int, headers: Mapping[str, str], body: bytes) -> str:
    """The sign by which an answer is a refusal, or an empty string."""
    if status in _STATUS:
        cookie = _cookie(headers)
        return f"HTTP {status}" + (f", cookie {cookie}" if cookie else "")
    if status == 200 and len(body) < CHALLENGE_BYTES:
        mark = _CHALLENGE.search(body)
        if mark and b"<script" in body.lower():
            return f"challenge page ({mark[0].decode()})"
    return ""


def retry_after(status: int, headers: Mapping[str, str], when: datetime) -> timedelta | None:
    """How long an answer asks to be left alone (503 or 429 with Retry-After, in seconds or as a date); else None."""
    said = _header(headers, "retry-after") if status in _LATER else ""
    try:
        wait = timedelta(seconds=int(said)) if said.isdecimal() else parsedate_to_datetime(said) - when
    except (ValueError, TypeError, OverflowError):  # empty, or neither seconds nor a date with its zone
        return None
    return wait if wait > timedelta(0) else None


def answer_outcome(page: Page) -> tuple[Outcome, str] | None:
    """The outcome of an answer that carries no article, with its detail; None when the body is to be read."""
    sign = refusal_sign(page.status, page.headers, page.body)
    if sign:
        return Outcome.REFUSED, sign
    if page.status == 304:
        return Outcome.UNCHANGED, "HTTP 304"
    if 300 <= page.status < 400:
        target = _header(page.headers, "location")
        if page.note == "self":
            return Outcome.REFUSED, f"redirects to itself ({page.status})"
        return Outcome.OFF_SITE, f"HTTP {page.status} to {target}"
    if page.status != 200:
        wait = retry_after(page.status, page.headers, page.fetched_at)
        return Outcome.HTTP_ERROR, f"HTTP {page.status}" + (
            f", asks to wait {wait.total_seconds():.0f} s" if wait else ""
        )
    return None


def _cookie(headers: Mapping[str, str]) -> str:
    return _header(headers, "set-cookie").split("=", 1)[0].strip()


def _header(headers: Mapping[str, str], wanted: str) -> str:
    return next((value for name, value in headers.items() if name.lower() == wanted), "")
