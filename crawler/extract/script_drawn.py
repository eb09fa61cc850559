"""Recognises pages rendered by a script in the browser, and the JSON URLs that they name. No script is run."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import etree

from crawler.extract.tree import parse

BARE = 400  # characters: a page that shows no more has no text of its own
MOST = 3  # JSON URLs reported per page
_QUOTED = re.compile(r"[\"'`]([^\"'`\s<>\\]{4,300})[\"'`]")
_ANSWER = re.compile(
    r"\.json(?:$|\?)|/api/|(?:^|/)ds_[0-9a-f]{32}"
    r"|/\w*(?:list|query|search|articles|news)\w*(?:\.(?:do|action|jsp|ashx|php))?\?",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:js|css|png|jpe?g|gif|svg|ico|woff2?|s?html?)(?:$|\?)", re.IGNORECASE)
_NO_LIST = re.compile(r"manifest|config|lang|locale|i18n|menu|weather|dict", re.IGNORECASE)
_MOUNT = re.compile(r"<(?:div|main|section)\b[^<>]*\bid=[\"']?(?:app|root|__next|__nuxt|main-app)\b[^<>]*>\s*</", re.I)
_ASKS = re.compile(
    r"XMLHttpRequest|\$\.(?:ajax|get|getJSON|post)\b|\bfetch\s*\(|axios|\bv-for=|\bng-repeat=|\{\{[^{}]{1,80}\}\}"
)
_NEEDS = re.compile(r"<noscript\b[^<>]*>[^<>]{0,300}(?:javascript|脚本)", re.IGNORECASE)
_UNSEEN = ("script", "style", "noscript")


def is_script_drawn(html: str) -> bool:
    """Whether a page shows almost no text of its own and a script is to fill it."""
    if "<script" not in html.lower() or _shown(html) > BARE:  # the patterns take six times as long as the text
        return False
    return bool(_MOUNT.search(html) or _ASKS.search(html) or _NEEDS.search(html))


def _shown(html: str) -> int:
    """Characters that the page shows without any script."""
    root = parse(html)
    if root is None:
        return 0
    for element in list(root.iter(*_UNSEEN)):
        element.clear(keep_tail=True)
    return len("".join(etree.tostring(root, method="text", encoding="unicode").split()))


def named_answers(html: str, url: str) -> list[str]:
    """The URLs of JSON resources that the page's own scripts and attributes name, the likeliest first."""
    found: dict[str, int] = {}
    for match in _QUOTED.finditer(html):
        text = match[1].replace("&amp;", "&")
        if not _ANSWER.search(text) or _FILE.search(text) or _NO_LIST.search(text) or "{" in text or "$" in text:
            continue
        try:
            target = urljoin(url, text)
        except ValueError:
            continue
        if target.startswith(("http://", "https://")) and target != url:
            rank = 0 if ".json" in text else 1 if "/api/" in text else 2
            found[target] = min(found.get(target, 9), rank)
    return sorted(found, key=lambda target: found[target])[:MOST]


def script_sign(html: str, url: str) -> str:
    """What to report of a script-rendered page, with the first JSON URL that it names; empty for any other page."""
    if not is_script_drawn(html):
        return ""
    named = named_answers(html, url)
    return f"drawn by script, names {named[0][:200]}" if named else "drawn by script"
