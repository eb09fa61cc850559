"""The monthly window: draft rows, the report and the review page.

Takes a window's items and people's decisions; gives drafts, the report in its formats, and the pages on which people
decide. May import the three packages at the top and yuqing.core. Inside, web may import report and draft, and report
may import draft.
"""
