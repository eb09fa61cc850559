"""The Elasticsearch store (extra ``es``); import it only when it is asked for, the client takes 0.4 s to load."""

from indexer.elastic.store import ElasticStore

__all__ = ["ElasticStore"]
