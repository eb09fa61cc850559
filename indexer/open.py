"""The store that a setting names."""

from __future__ import annotations

from pathlib import Path

from core.errors import UsageError
from indexer.embedded import EmbeddedStore
from indexer.store import Store


def open_store(url: str) -> Store:
    """The store at ``url``: ``sqlite:///relative/path``, ``sqlite:////absolute/path`` or a plain path.

    Raises UsageError for a scheme that is not known, and YuqingError when the store cannot be opened.
    """
    scheme, separator, rest = url.partition("://")
    if not url.strip():
        raise UsageError("The store's address is empty; give a file, for example data/store.sqlite.")
    if not separator:
        return EmbeddedStore(Path(url))
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return EmbeddedStore(Path(rest[1:]))
    raise UsageError(f"“{url}” is no store; use a file, for example data/store.sqlite or sqlite:///data/store.sqlite.")
