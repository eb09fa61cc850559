"""The embedded store: one SQLite file, no server."""

from indexer.embedded.store import EmbeddedStore

__all__ = ["EmbeddedStore"]
