"""The embedded store: one SQLite file, no server.

Takes and gives what :mod:`indexer.store` says. May import indexer's modules (not elastic or kibana) and yuqing.core.
"""

from indexer.embedded.store import EmbeddedStore

__all__ = ["EmbeddedStore"]
