"""The demo web: news sites in miniature, served on loopback under their real URLs, for `yuqing demo` and tests.

Takes the source records and the texts in content/; produces a running server and the results expected of a correct
crawl. May import crawler and yuqing.core.
"""
