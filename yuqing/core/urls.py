"""Canonical URLs and the ids made from them."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

BY_HAND_HOST = "by-hand.invalid"  # of articles that a person typed without a URL; nothing can be fetched from it
_DEFAULT_PORT = {"http": 80, "https": 443}
_TRACKING = ("utm_", "spm", "from", "isappinstalled", "share_", "scene")


_MAX_URL = 2048  # characters; no URL of the shipped sources reaches 1,000
# Not allowed in a URL: control characters, spaces at either end, line separators, lone surrogates.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|^ | $")
_IPV6 = re.compile(r"\[[0-9a-f:.]+\](?::\d*)?", re.IGNORECASE)
_UNSTORED = re.compile("[\x00\ud800-\udfff]")
_HOST = re.compile(r"[^\s/?#@:\[\]\\<>\"^`{|}%]+")


def printed_url(url: str) -> str:
    """``url`` as people are shown it: empty for an article that has none."""
    return "" if url.startswith(f"http://{BY_HAND_HOST}/") else url


def url_fault(url: str) -> str:
    """Why ``url`` is not an http(s) URL that can be fetched or stored, in a few words; empty if it is one."""
    return _fault(url)[0]


def url_fault_in_chinese(url: str) -> str:
    """The same for the analysts' files."""
    return _fault(url)[1]


def _fault(url: str) -> tuple[str, str]:
    """The fault in English and in Chinese."""
    if len(url) > _MAX_URL:
        return f"it has {len(url)} characters, more than {_MAX_URL}", f"有 {len(url)} 个字符，超过 {_MAX_URL}"
    if found := _UNPRINTABLE.search(url):
        code = f"U+{ord(found[0]):04X}"
        return f"it contains the character {code}", f"含有字符 {code}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:  # urllib's message for an unpaired bracket or a port that is not a number
        return str(error), "方括号不成对，或端口不是数字"
    if parts.scheme not in ("http", "https"):
        return "it begins with neither http:// nor https://", "不以 http:// 或 https:// 开头"
    if parts.netloc.rpartition("@")[2].startswith("["):
        if not _IPV6.fullmatch(parts.netloc.rpartition("@")[2]):
            return "the part in brackets is not an IPv6 address", "方括号里不是 IPv6 地址"
    elif not host or not _HOST.fullmatch(host):
        return "it has no host", "没有主机名"
    elif any(not 0 < len(label) <= 63 for label in host.rstrip(".").split(".")) or len(host) > 253:
        return "its host name is malformed", "主机名写法不对"
    return ("port 0 cannot be requested", "端口不能是 0") if port == 0 else ("", "")


def printable(text: str) -> str:
    """``text`` made safe for UTF-8 and SQLite: lone surrogates and NUL become U+FFFD."""
    if not _UNSTORED.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def canonical_url(url: str) -> str:
    """One spelling per page: always http, host in lower case, no fragment, no tracking parameters.

    http and https are the same page (the sites moved to https during 2018–2023), so the canonical form
    uses http. Query parameters keep their order, because some sites depend on it. An invalid URL
    (see :func:`url_fault`) is its own canonical form, so that records that have one remain distinct.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").rstrip(".")
    netloc = host if port in (None, 80, 443, _DEFAULT_PORT.get(parts.scheme)) else f"{host}:{port}"
    query = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not any(key == mark or (mark.endswith("_") and key.startswith(mark)) for mark in _TRACKING)
    ]
    return urlunsplit(("http", netloc, parts.path or "/", urlencode(query, errors="replace"), ""))


def item_id(url: str) -> str:
    """The id of the item at ``url``: 32 hex digits of the canonical URL's SHA-256."""
    return hashlib.sha256(canonical_url(url).encode(errors="replace")).hexdigest()[:32]


def host_of(url: str) -> str:
    """The host of ``url`` in lower case, or an empty string if there is none or it is malformed."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:  # an unpaired bracket
        return ""


def netloc_of(url: str) -> str:
    """Host and port as written in ``url``, in lower case; an empty string if it is malformed."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def host_allowed(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether ``host`` is one of ``hosts`` or a subdomain of one."""
    return any(host == allowed or host.endswith("." + allowed) for allowed in hosts)
