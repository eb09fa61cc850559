"""A DNS resolver that refuses private, loopback and link-local addresses.

What it answers is what is connected to: a name that points elsewhere a moment later changes nothing. Behind a site
proxy only that proxy's name is looked up here; what its own resolver says cannot be seen.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.base import ReactorBase
from twisted.internet.error import DNSLookupError


def is_public(address: str) -> bool:
    """Whether ``address`` (text form) belongs to the public Internet."""
    return ipaddress.ip_address(address).is_global


def is_private_by_name(host: str) -> bool:
    """Whether ``host`` says by itself that it is no public host: an address in any spelling, or a name without dot."""
    bare = host.strip("[]")
    try:
        return not is_public(bare)
    except ValueError:
        pass
    try:
        return not is_public(socket.inet_ntoa(socket.inet_aton(bare)))  # 127.1, 0x7f000001, 2130706433
    except (OSError, UnicodeEncodeError):
        return "." not in bare or bare.lower().rstrip(".").endswith((".localhost", ".local", ".internal"))


class PublicResolver(CachingThreadedResolver):
    """Scrapy's caching resolver, with answers outside the public Internet turned into look-up errors."""

    _proxy: str | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> PublicResolver:
        """Scrapy's way; the host of the setting SITE_PROXY may be anywhere."""
        made: PublicResolver = super().from_crawler(crawler, reactor)
        made._proxy = urlsplit(crawler.settings.get("SITE_PROXY") or "").hostname
        return made

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> defer.Deferred[str]:  # noqa: N802
        """The address of ``name``; fails with DNSLookupError when it is not public."""
        result: defer.Deferred[str] = super().getHostByName(name, timeout)
        return result.addCallback(self._checked, name)

    def _checked(self, address: Any, name: str) -> str:
        if name != self._proxy and not is_public(str(address)):
            raise DNSLookupError(f"{name} points to the private address {address}; not fetched")
        return str(address)
