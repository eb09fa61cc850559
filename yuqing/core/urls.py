"""Canonical URLs and the ids made from them."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_DEFAULT_PORT = {"http": 80, "https": 443}
_TRACKING = ("utm_", "spm", "from", "isappinstalled", "share_", "scene")


def canonical_url(url: str) -> str:
    """One spelling for one page: scheme-free host in lower case, no fragment, no tracking parameters.

    http and https of a host are the same page (the sites changed over during 2018–2023), so the canonical
    form says http. Query parameters keep their order, because some of the sites depend on it.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").rstrip(".")
    port = parts.port
    netloc = host if port in (None, 80, 443, _DEFAULT_PORT.get(parts.scheme)) else f"{host}:{port}"
    query = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not any(key == mark or (mark.endswith("_") and key.startswith(mark)) for mark in _TRACKING)
    ]
    return urlunsplit(("http", netloc, parts.path or "/", urlencode(query), ""))


def item_id(url: str) -> str:
    """The id of the item at ``url``: 32 hex digits of the canonical URL's SHA-256."""
    return hashlib.sha256(canonical_url(url).encode()).hexdigest()[:32]


def host_of(url: str) -> str:
    """The host of ``url`` in lower case, or an empty string where there is none or it is malformed."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:  # a bracket without its pair
        return ""


def host_allowed(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether ``host`` is one of ``hosts`` or below one of them."""
    return any(host == allowed or host.endswith("." + allowed) for allowed in hosts)
