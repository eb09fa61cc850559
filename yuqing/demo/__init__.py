"""The demo web: news sites in miniature, served on loopback under their real URLs, for `yuqing demo` and tests.

Takes the source records and the texts in content/; gives a running server and what a right crawl of it must find. May
import crawler and yuqing.core.
"""
