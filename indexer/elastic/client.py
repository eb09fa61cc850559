"""The connection to the server."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from elasticsearch import Elasticsearch, OrjsonSerializer

from indexer.access import Access
from yuqing.core.errors import UsageError

TIMEOUT = 60.0  # seconds; a bulk of 500 long articles takes about one
RETRIES = 3
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Address:
    """Server and index prefix of a store URL."""

    server: str
    prefix: str


def parse(url: str) -> Address:
    """``elasticsearch://host[:port][/prefix]``: https, or plain http on loopback; http(s):// is taken as it is."""
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    prefix = parts.path.strip("/") or "yuqing"
    if not host or parts.query or parts.username or not prefix.replace("-", "").isalnum() or prefix != prefix.lower():
        raise UsageError(
            f"“{parts.scheme}://{parts.hostname or ''}…” is no Elasticsearch address; write "
            "elasticsearch://host:9200 or elasticsearch://host:9200/prefix (prefix in lower case). "
            "A key goes into YUQING_ELASTIC__API_KEY, never into the address."
        )
    scheme = parts.scheme
    if scheme == "elasticsearch":
        scheme = "http" if host in _LOOPBACK else "https"
    shown = f"[{host}]" if ":" in host else host
    return Address(f"{scheme}://{shown}:{port or 9200}", prefix)


def connect(server: str, access: Access) -> Elasticsearch:
    """A client for ``server``; nothing is sent yet. Raises UsageError when the CA file is not there."""
    if access.ca_file and not access.ca_file.is_file():
        raise UsageError(f"{access.ca_file}: there is no such certificate file; check YUQING_ELASTIC__CA_FILE.")
    options: dict[str, object] = {}
    if access.api_key:
        options["api_key"] = access.api_key
    if access.ca_file:
        options["ca_certs"] = str(access.ca_file)
    if access.fingerprint:
        options["ssl_assert_fingerprint"] = access.fingerprint
    return Elasticsearch(
        server,
        request_timeout=TIMEOUT,
        max_retries=RETRIES,
        retry_on_timeout=True,
        retry_on_status=(502, 503, 504),
        serializer=OrjsonSerializer(),
        **options,  # type: ignore[arg-type]
    )
