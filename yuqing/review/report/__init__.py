"""The window's items in, the report out: sections, summaries, charts, and one renderer a format.

Takes items; gives a :class:`~yuqing.review.report.records.Report` and its files. May import draft and yuqing.core.
"""
