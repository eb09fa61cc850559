"""How a site says no. Refusals are recorded with their sign and the host is left alone, never defeated."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.records import Outcome, Page

# 412: Ruishu; 521: Jiasule; 567: seen on mohrss; 403/405: cloud firewalls. Signs collected from the
# published clients of these sites (see docs/decisions.md).
_STATUS = {403, 405, 412, 418, 451, 521, 567}
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


def answer_outcome(page: Page) -> tuple[Outcome, str] | None:
    """The outcome of an answer that carries no article, with its detail; None when the body is to be read."""
    sign = refusal_sign(page.status, page.headers, page.body)
    if sign:
        return Outcome.REFUSED, sign
    if page.status == 304:
        return Outcome.UNCHANGED, "HTTP 304"
    if 300 <= page.status < 400:
        target = next((v for k, v in page.headers.items() if k.lower() == "location"), "")
        if page.note == "self":
            return Outcome.REFUSED, f"redirects to itself ({page.status})"
        return Outcome.OFF_SITE, f"HTTP {page.status} to {target}"
    if page.status != 200:
        return Outcome.HTTP_ERROR, f"HTTP {page.status}"
    return None


def _cookie(headers: Mapping[str, str]) -> str:
    value = next((v for k, v in headers.items() if k.lower() == "set-cookie"), "")
    return value.split("=", 1)[0].strip()
