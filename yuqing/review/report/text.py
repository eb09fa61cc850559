"""Escaping and cleaning text for each format."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from yuqing.core.urls import printed_url

# What XML 1.0 forbids, and the bidirectional overrides that can make a line display differently from its content.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BREAKS = re.compile(r"[\r\n\t\u2028\u2029]+")
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9.:-]+(?:[/?#][!-~]*)?")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|#~])")


def clean(text: str) -> str:
    """``text`` without control characters; line breaks and tabs become spaces."""
    return text if text.isprintable() else _BREAKS.sub(" ", _CONTROL.sub("", text))


def xml(text: str) -> str:
    """``text`` for XML content and attributes."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def markdown(text: str) -> str:
    """``text`` as Markdown that shows it literally, also inside a table."""
    return _MARKDOWN.sub(r"\\\1", clean(text))


def web_url(url: str) -> str:
    """``url`` if it is an http(s) URL that may be linked, else an empty string."""
    url = printed_url(url)
    if _PLAIN_URL.fullmatch(url):  # nearly all; urlsplit takes ten times as long
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return clean(url).replace(" ", "%20") if parts.scheme in ("http", "https") and parts.netloc else ""
