"""Canonical URLs and the ids made from them."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_DEFAULT_PORT = {"http": 80, "https": 443}
_TRACKING = ("utm_", "spm", "from", "isappinstalled", "share_", "scene")


_MAX_URL = 2048  # characters; no site of ours has one of 1,000
# What no address holds as it stands: control characters, white space at its edges or a line's end, lone surrogates.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|^ | $")
_IPV6 = re.compile(r"\[[0-9a-f:.]+\](?::\d*)?", re.IGNORECASE)
_UNSTORED = re.compile("[\x00\ud800-\udfff]")
_HOST = re.compile(r"[^\s/?#@:\[\]\\<>\"^`{|}%]+")


def url_fault(url: str) -> str:
    """Why ``url`` is no http(s) address that can be asked for or kept, in a few words; empty when it is one."""
    return _fault(url)[0]


def url_fault_in_chinese(url: str) -> str:
    """The same for the analysts' files."""
    return _fault(url)[1]


def _fault(url: str) -> tuple[str, str]:
    """In English and in Chinese."""
    if len(url) > _MAX_URL:
        return f"it has {len(url)} characters, more than {_MAX_URL}", f"有 {len(url)} 个字符，超过 {_MAX_URL}"
    if found := _UNPRINTABLE.search(url):
        code = f"U+{ord(found[0]):04X}"
        return f"it holds the character {code}", f"含有字符 {code}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:  # urllib's words for a bracket without its pair, or a port that is no number
        return str(error), "方括号不成对，或端口不是数字"
    if parts.scheme not in ("http", "https"):
        return "it begins with neither http:// nor https://", "不以 http:// 或 https:// 开头"
    if parts.netloc.rpartition("@")[2].startswith("["):
        if not _IPV6.fullmatch(parts.netloc.rpartition("@")[2]):
            return "what stands in its brackets is no IPv6 address", "方括号里不是 IPv6 地址"
    elif not host or not _HOST.fullmatch(host):
        return "it names no host", "没有主机名"
    elif any(not 0 < len(label) <= 63 for label in host.rstrip(".").split(".")) or len(host) > 253:
        return "its host name is malformed", "主机名写法不对"
    return ("port 0 cannot be asked", "端口不能是 0") if port == 0 else ("", "")


def printable(text: str) -> str:
    """``text`` as UTF-8 and SQLite can hold it: a lone surrogate and NUL become U+FFFD."""
    if not _UNSTORED.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def canonical_url(url: str) -> str:
    """One spelling for one page: scheme-free host in lower case, no fragment, no tracking parameters.

    http and https of a host are the same page (the sites changed over during 2018–2023), so the canonical
    form says http. Query parameters keep their order, because some of the sites depend on it. What is no address
    (see :func:`url_fault`) is its own canonical form, so that a record with it can still be told from others.
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
    """The host of ``url`` in lower case, or an empty string where there is none or it is malformed."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:  # a bracket without its pair
        return ""


def netloc_of(url: str) -> str:
    """Host and port of ``url`` as it has them, in lower case; an empty string where it is malformed."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def host_allowed(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether ``host`` is one of ``hosts`` or below one of them."""
    return any(host == allowed or host.endswith("." + allowed) for allowed in hosts)
