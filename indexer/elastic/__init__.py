"""The Elasticsearch store (extra ``es``); import it only where it is used, because the client takes 0.4 s to load.

Implements :mod:`indexer.store`. May import indexer's modules (except embedded and kibana) and yuqing.core.
"""

from indexer.elastic.store import ElasticStore

__all__ = ["ElasticStore"]
