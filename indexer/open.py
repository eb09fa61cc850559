"""Opening the store that a setting names."""

from __future__ import annotations

from pathlib import Path

from indexer.access import NO_ACCESS, Access
from indexer.embedded import EmbeddedStore
from indexer.spool import SpoolingStore
from indexer.store import Store
from yuqing.core.errors import UsageError


def open_store(
    url: str, access: Access = NO_ACCESS, *, init: bool = False, analyzer: str = "", spool: Path | None = None
) -> Store:
    """The store at ``url``.

    A plain path, ``sqlite:///relative/path`` or ``sqlite:////absolute/path`` is the embedded store, created if missing;
    ``elasticsearch://host:9200[/prefix]`` (or http, https) is Elasticsearch, which ``init`` sets up (with sub-fields
    for ``analyzer``, see indexer/elastic/mapping.py). With ``spool`` a crawl's writes wait in that file while the
    server is down, even if it is down from the start.
    Raises UsageError for an unsupported URL, and YuqingError if the store cannot be opened.
    """
    scheme, separator, rest = url.partition("://")
    if not url.strip():
        raise UsageError("The store's URL is empty; give a file, for example data/store.sqlite.")
    if not separator:
        return EmbeddedStore(Path(url))
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return EmbeddedStore(Path(rest[1:]))
    if scheme in ("elasticsearch", "http", "https"):
        from indexer.elastic import ElasticStore  # load the client only if it is needed

        if spool:
            return SpoolingStore(lambda: ElasticStore(url, access, init=init, analyzer=analyzer), spool)
        return ElasticStore(url, access, init=init, analyzer=analyzer)
    raise UsageError(
        f"“{url}” is not a store; use a file, for example data/store.sqlite or sqlite:///data/store.sqlite, "
        "or elasticsearch://host:9200."
    )
