"""A DNS resolver that refuses private, loopback and link-local addresses.

The address it returns is the one connected to, so a name that points elsewhere a moment later changes nothing. Behind a
site proxy only the proxy's name is resolved here; what the proxy's resolver returns cannot be checked.
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
    """Whether ``host`` is evidently not public: a private address in any notation, or a name without a dot."""
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
    """Scrapy's caching resolver, with addresses outside the public Internet turned into lookup errors."""

    _proxy: str | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> PublicResolver:
        """Called by Scrapy; the host of the setting SITE_PROXY may have any address."""
        made: PublicResolver = super().from_crawler(crawler, reactor)
        made._proxy = urlsplit(crawler.settings.get("SITE_PROXY") or "").hostname
        return made

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> defer.Deferred[str]:  # noqa: N802
        """The address of ``name``; fails with DNSLookupError if it is not public."""
        result: defer.Deferred[str] = super().getHostByName(name, timeout)
        return result.addCallback(self._checked, name)

    def _checked(self, address: Any, name: str) -> str:
        if name != self._proxy and not is_public(str(address)):
            raise DNSLookupError(f"{name} points to the private address {address}; not fetched")
        return str(address)
