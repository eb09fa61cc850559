"""The monthly window: draft rows, the report and the review page.

Takes a window's items and people's decisions; produces drafts, the report in its formats, and the pages on which people
decide. May import classifiers, indexer and yuqing.core. Its layers, each of which may import the ones below it: web,
issue, report, draft.
"""
