"""A DNS resolver that refuses private, loopback and link-local addresses."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.error import DNSLookupError


def is_public(address: str) -> bool:
    """Whether ``address`` (text form) belongs to the public Internet."""
    return ipaddress.ip_address(address).is_global


class PublicResolver(CachingThreadedResolver):
    """Scrapy's caching resolver, with answers outside the public Internet turned into look-up errors."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> defer.Deferred[str]:  # noqa: N802
        """The address of ``name``; fails with DNSLookupError when it is not public."""
        result: defer.Deferred[str] = super().getHostByName(name, timeout)
        return result.addCallback(self._checked, name)

    @staticmethod
    def _checked(address: Any, name: str) -> str:
        if not is_public(str(address)):
            raise DNSLookupError(f"{name} points to the private address {address}; not fetched")
        return str(address)
