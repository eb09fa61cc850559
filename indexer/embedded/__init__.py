"""The embedded store: one SQLite file, no server.

Implements the protocol in :mod:`indexer.store`. May import indexer's modules (not elastic or kibana) and yuqing.core.
"""

from indexer.embedded.store import EmbeddedStore

__all__ = ["EmbeddedStore"]
