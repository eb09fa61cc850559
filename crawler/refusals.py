"""How a site refuses. Refusals are recorded with the evidence and the host is left alone, never circumvented."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from crawler.decode import decode
from yuqing.core.records import Outcome, Page

# 412: Ruishu; 521: Jiasule; 567: seen on mohrss; 403/405: cloud firewalls. Collected from published clients of these
# sites.
_STATUS = {403, 405, 412, 418, 451, 521, 567}
_LATER = {429, 503}
_CHALLENGE = re.compile(
    rb"__jsl_clearance|\$_ts\s*=\s*window|acw_sc__v2|/_Incapsula_|wzws-waf"
    rb"|\xe8\xae\xbf\xe9\x97\xae\xe9\xaa\x8c\xe8\xaf\x81"  # 访问验证
    rb"|document\.cookie\s*=(?=.*location\s*[.=])",
    re.DOTALL,
)
# Text of a page that asks for proof of being human, or was written by a firewall; such a page has no other text.
_PROOF = re.compile(
    r"(?:按住|拖动|拖拽|向右滑动|滑动)(?:下方|左侧|左边)?(?:的)?(?:滑块|滑条|按钮|拼图)|滑块验证|人机验证|(?:完成|进行|通过)(?:下方|以下|下列|滑动|图形)?(?:的)?(?:安全)?(?:验证|拼图)后?"
    r"|(?:访问|操作|请求)(?:过于|太|过|次数过于)(?:频繁|多|快)|(?:安全|访问|滑动|身份)验证|验证(?:您|你)(?:是|不是)|请输入(?:图片|图中)?(?:中的)?验证码|异常(?:访问|流量|请求)"
    r"|(?:IP|请求|访问|行为|操作).{0,16}(?:被(?:系统|防火墙|拦截|禁止|限制|封|阻断)|已(?:被)?(?:拦截|封禁|限制))|(?:网站|云|应用)防火墙|云防护|安全狗|web\s*application\s*firewall"
    r"|checking\s+your\s+browser|verify\s+you\s+are\s+(?:a\s+)?human|access\s+denied|are\s+you\s+a\s+robot",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>|\s+", re.IGNORECASE | re.DOTALL)
PROOF_TEXT = 400  # maximum number of characters on such a page; an article about the topic is hardly ever shorter
REFRESH_TO = "refresh to "  # in a page's note: its refresh leads away from the source
NO_ADDRESS = "leads to what is no address"  # start of the note for such a redirect or refresh
CHALLENGE_BYTES = 12_000  # a challenge is a small page; every saved article page is larger than this


def refusal_sign(status: int, headers: Mapping[str, str], body: bytes) -> str:
    """The evidence that a response is a refusal, or an empty string."""
    if status in _STATUS:
        cookie = _cookie(headers)
        return f"HTTP {status}" + (f", cookie {cookie}" if cookie else "")
    if status == 200 and len(body) < CHALLENGE_BYTES:
        mark = _CHALLENGE.search(body)
        if mark and b"<script" in body.lower():
            return f"challenge page ({mark[0].decode()})"
        return _proof_sign(body, headers)
    return ""


def _proof_sign(body: bytes, headers: Mapping[str, str]) -> str:
    """The words with which a short page asks for proof of being human, or says that it blocked the request."""
    text = _UNSEEN.sub("", decode(body, headers).text)
    mark = _PROOF.search(text) if len(text) <= PROOF_TEXT else None
    return f"challenge page ({mark[0]})" if mark else ""


def retry_after(status: int, headers: Mapping[str, str], when: datetime) -> timedelta | None:
    """How long a response asks to wait (503 or 429 with Retry-After, in seconds or as a date); else None."""
    said = _header(headers, "retry-after") if status in _LATER else ""
    try:
        wait = timedelta(seconds=int(said)) if said.isdecimal() else parsedate_to_datetime(said) - when
    except (ValueError, TypeError, OverflowError):  # empty, or neither seconds nor a date with a time zone
        return None
    return wait if wait > timedelta(0) else None


def answer_outcome(page: Page) -> tuple[Outcome, str] | None:
    """The outcome of a response without an article, with details; None if the body is to be processed."""
    sign = refusal_sign(page.status, page.headers, page.body)
    if sign:
        return Outcome.REFUSED, sign
    if page.note.startswith(NO_ADDRESS):
        return Outcome.BAD_ADDRESS, page.note
    if page.note.startswith(REFRESH_TO):
        return Outcome.OFF_SITE, page.note
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
