"""The Elasticsearch store (extra ``es``); import it only where it is asked for, the client takes 0.4 s to load.

Takes and gives what :mod:`indexer.store` says. May import indexer's modules (not embedded or kibana) and yuqing.core.
"""

from indexer.elastic.store import ElasticStore

__all__ = ["ElasticStore"]
