"""The review page: the window's queue, the current report, the rules and the runs, in a browser.

Takes :class:`~yuqing.review.web.services.Services`, provided by the surrounding program; produces a Starlette
application. May import draft, report, classifiers, indexer and yuqing.core.
"""
