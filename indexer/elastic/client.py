"""The connection to the server."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from elasticsearch import Elasticsearch, OrjsonSerializer

from indexer.access import Access
from yuqing.core.errors import UsageError

TIMEOUT = 60.0  # seconds; a bulk of 500 long articles takes about one second
RETRIES = 3
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Address:
    """Servers and index prefix of a store URL."""

    servers: tuple[str, ...]
    prefix: str

    @property
    def server(self) -> str:
        """The servers as shown in messages."""
        return ", ".join(self.servers)


def parse(url: str) -> Address:
    """``elasticsearch://host[:port][,host2[:port]…][/prefix]``: https, or plain http on loopback.

    http(s):// is used as given. Several hosts are nodes of one cluster, which stand in for each other.
    """
    scheme, _, rest = url.partition("://")
    netloc, _, path = rest.partition("/")
    prefix = path.strip("/") or "yuqing"
    hosts = [_host(scheme, part) for part in netloc.split(",")]
    named = prefix.replace("-", "").isalnum() and prefix.isascii() and prefix == prefix.lower()
    if None in hosts or "?" in rest or not named:
        raise UsageError(
            f"“{scheme}://{netloc.rpartition('@')[2]}…” is not an Elasticsearch address; write "
            "elasticsearch://host:9200 or elasticsearch://host1:9200,host2:9200/prefix (prefix in lower case). "
            "A key goes into YUQING_ELASTIC__API_KEY, never into the address."
        )
    return Address(tuple(host for host in hosts if host), prefix)


def _host(scheme: str, text: str) -> str | None:
    """One host of the address with scheme and port, or None if it is not valid."""
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if not host or parts.username is not None or parts.path:
        return None
    if scheme == "elasticsearch":
        scheme = "http" if host in _LOOPBACK else "https"
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}:{port or 9200}"


def connect(address: Address, access: Access) -> Elasticsearch:
    """A client for the servers of ``address``; nothing is sent yet.

    A request that one server does not answer goes to the next one. Only nodes that the address names are used (no
    sniffing): behind a proxy or in containers a cluster's own addresses cannot be reached from outside. Raises
    UsageError if the CA file does not exist.
    """
    if access.ca_file and not access.ca_file.is_file():
        raise UsageError(f"{access.ca_file}: the certificate file does not exist; check YUQING_ELASTIC__CA_FILE.")
    options: dict[str, object] = {}
    if access.api_key:
        options["api_key"] = access.api_key
    if access.ca_file:
        options["ca_certs"] = str(access.ca_file)
    return Elasticsearch(
        list(address.servers),
        request_timeout=TIMEOUT,
        max_retries=max(RETRIES, len(address.servers)),
        retry_on_timeout=True,
        retry_on_status=(502, 503, 504),
        serializer=OrjsonSerializer(),
        **options,  # type: ignore[arg-type]
    )
