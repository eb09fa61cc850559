"""The issue as people edit it: their edits on top of the drafted report, flagged when outdated, and the sign-off.

Takes a :class:`~yuqing.review.report.records.Report` and the edits of its window; produces the report to be published.
May import report, draft and yuqing.core.
published. May import report, draft and yuqing.core.
"""
