"""What a page names beside its links: the list of a known system, a JSON answer that its script asks for, a feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from crawler.extract.select import text_of
from crawler.lists import jpaas
from crawler.lists.links import base_of, resolve
from yuqing.core.records import ListPage

MOST = 3  # answers that a page's scripts name and that are asked for
_DATASTORE = re.compile(r"<record>\s{0,40}<!\[CDATA\[|<nextgroup>", re.IGNORECASE)
_DATASOURCE = re.compile(r"data=[\"']datasource:[0-9a-f]{32}[\"']")
_CHANNEL = re.compile(r"<meta\b[^<>]*\bname=[\"']channelid[\"'][^<>]*\bcontent=[\"'][0-9a-f]{32}[\"']", re.IGNORECASE)
_CHNLID = re.compile(r"chnlid\s*=\s*\d+", re.IGNORECASE)
_SID = re.compile(r"\bsid[\"']?\s*[:=]\s*[\"']?(\d{1,9})", re.IGNORECASE)
_GKMLPT = re.compile(r"[\"'(](?:https?://[\w.-]+)?/gkmlpt(?:/index)?[\"')#]")
_CODES = re.compile(r"\b(webSiteCode|channelCode)(?:\[\])?[\"']?\s*[:=,]\s*\[?\s*[\"']([\w-]{2,40})[\"']")
_QUOTED = re.compile(r"[\"'`]([^\"'`\s<>\\]{4,300})[\"'`]")
_ANSWER = re.compile(
    r"\.json(?:$|\?)|/api/|(?:^|/)ds_[0-9a-f]{32}|/\w*(?:list|query|search|articles|news)\w*(?:\.(?:do|action|jsp|ashx|php))?\?",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:js|css|png|jpe?g|gif|svg|ico|woff2?|s?html?)(?:$|\?)", re.IGNORECASE)
_PLAIN_DATA = re.compile(r"manifest|config|lang|locale|i18n|menu|weather|dict", re.IGNORECASE)
_MOUNT = re.compile(r"<(?:div|main|section)\b[^<>]*\bid=[\"']?(?:app|root|__next|__nuxt|main-app)\b[^<>]*>\s*</", re.I)
_ASKS = re.compile(
    r"XMLHttpRequest|\$\.(?:ajax|get|getJSON|post)\b|\bfetch\s*\(|axios|\bv-for=|\bng-repeat=|\{\{[^{}]{1,80}\}\}"
)
_NEEDS = re.compile(r"<noscript\b[^<>]*>[^<>]{0,300}(?:javascript|脚本)", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|noscript)\b.*?</\1\s*>|<[^<>]*>|\s+", re.IGNORECASE | re.DOTALL)
BARE = 400  # characters: a page that shows no more has no text of its own


def system_lists(html: str, url: str, channel: str = "") -> Iterator[ListPage]:
    """The lists of known systems that the page at ``url`` shows signs of, as records."""
    if _DATASTORE.search(html):
        yield ListPage(url=url, adapter="jcms-xml", channel=channel)
    if jpaas.names_unit(html):
        yield ListPage(url=url, adapter="jpaas", channel=channel)
    if _DATASOURCE.search(html):
        yield ListPage(url=url, adapter="xinhua-ds", channel=channel)
    if _CHANNEL.search(html):
        yield ListPage(url=url, adapter="ucap-json", channel=channel)
    if _CHNLID.search(html):
        yield ListPage(url=url, adapter="fjdzapp", channel=channel)
    if "/queryList" in html and (codes := dict(_CODES.findall(html))):
        params = {f"{name}[]": value for name, value in codes.items()}
        yield ListPage(url=urljoin(url, "/queryList"), adapter="query-list", channel=channel, params=params)
    if _GKMLPT.search(html) and (sid := _SID.search(html)):
        yield ListPage(url=urljoin(url, f"/gkmlpt/api/all/0?page=1&sid={sid[1]}"), adapter="gkmlpt", channel=channel)


def named_answers(html: str, url: str) -> list[str]:
    """The addresses of JSON answers that the page's own scripts and attributes name, the likeliest first."""
    found: dict[str, int] = {}
    for match in _QUOTED.finditer(html):
        text = match[1].replace("&amp;", "&")
        if not _ANSWER.search(text) or _FILE.search(text) or _PLAIN_DATA.search(text) or "{" in text or "$" in text:
            continue
        if (target := resolve(url, text)) and target != url:
            rank = 0 if ".json" in text else 1 if "/api/" in text else 2
            found[target] = min(found.get(target, 9), rank)
    return sorted(found, key=lambda target: found[target])[:MOST]


def is_script_drawn(html: str) -> bool:
    """Whether a page shows next to no text of its own and a script is to fill it."""
    if "<script" not in html.lower() or len(_UNSEEN.sub("", html)) > BARE:
        return False
    return bool(_MOUNT.search(html) or _ASKS.search(html) or _NEEDS.search(html))


def feeds(root: etree._Element, url: str) -> list[str]:
    """The feeds that a page names, in its head or as a link called RSS."""
    base = base_of(root, url)
    found: dict[str, None] = {}
    for link in root.iter("link", "a"):
        kind, text = link.get("type", "").lower(), text_of(link).lower() if link.tag == "a" else ""
        is_feed = "alternate" in link.get("rel", "").lower() and ("xml" in kind or "feed+json" in kind)
        if (is_feed or text in ("rss", "rss订阅", "rss 订阅", "atom", "订阅")) and (
            target := resolve(base, link.get("href", ""))
        ):
            found[target] = None
    return list(found)
