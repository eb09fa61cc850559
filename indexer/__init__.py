"""Tagged items in, answers out: Elasticsearch, the embedded store, Kibana objects, reprint clusters.

Takes items, reviews and queries; gives stored items, hits and counts through the contract in :mod:`indexer.store`. May
import yuqing.core.
"""
