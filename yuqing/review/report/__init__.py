"""From the window's items to the report: sections, summaries, charts, and one renderer per format.

Takes items; produces a :class:`~yuqing.review.report.records.Report` and its files. May import draft and yuqing.core.
"""
