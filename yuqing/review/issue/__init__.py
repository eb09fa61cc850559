"""The issue as people write it: their edits over the drafted report, outdated ones told, and the sign-off.

Takes a :class:`~yuqing.review.report.records.Report` and the edits of its window; gives the report as it will be
published. May import report, draft and yuqing.core.
"""
