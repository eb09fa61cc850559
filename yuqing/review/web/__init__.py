"""The review page: the window's queue, the report as it stands, the rules and the runs, in a browser.

Takes :class:`~yuqing.review.web.services.Services`, which the program around it fills; gives a Starlette application.
May import draft, report, classifiers, indexer and yuqing.core.
"""
