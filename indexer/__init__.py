"""From tagged items to search results: Elasticsearch, the embedded store, Kibana objects, reprint clusters.

Takes items, reviews and queries; produces stored items, hits and counts through the protocol in :mod:`indexer.store`.
May import yuqing.core.
"""
