"""What a page refers to besides its links: the list of a known system, a feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from crawler.extract.select import text_of
from crawler.lists import jpaas
from crawler.lists.links import base_of, resolve
from yuqing.core.records import ListPage

_DATASTORE = re.compile(r"<record>\s{0,40}<!\[CDATA\[|<nextgroup>", re.IGNORECASE)
_DATASOURCE = re.compile(r"data=[\"']datasource:[0-9a-f]{32}[\"']")
_CHANNEL = re.compile(r"<meta\b[^<>]*\bname=[\"']channelid[\"'][^<>]*\bcontent=[\"'][0-9a-f]{32}[\"']", re.IGNORECASE)
_CHNLID = re.compile(r"chnlid\s*=\s*\d+", re.IGNORECASE)
_SID = re.compile(r"\bsid[\"']?\s*[:=]\s*[\"']?(\d{1,9})", re.IGNORECASE)
_GKMLPT = re.compile(r"[\"'(](?:https?://[\w.-]+)?/gkmlpt(?:/index)?[\"')#]")
_CODES = re.compile(r"\b(webSiteCode|channelCode)(?:\[\])?[\"']?\s*[:=,]\s*\[?\s*[\"']([\w-]{2,40})[\"']")


def system_lists(html: str, url: str, channel: str = "") -> Iterator[ListPage]:
    """The lists of known systems of which the page at ``url`` shows signs, as records."""
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


def feeds(root: etree._Element, url: str) -> list[str]:
    """The feeds of a page, declared in its head or linked as RSS."""
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
