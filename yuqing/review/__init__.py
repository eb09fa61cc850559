"""The monthly window: draft rows, the report and the review page.

Takes a window's items and people's decisions; gives drafts, the report in its formats, and the pages on which people
decide. May import classifiers, indexer and yuqing.core. Its floors, each of which may import
those below it: web, issue, report, draft.
"""
