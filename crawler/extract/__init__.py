"""Extraction: turns a fetched page into an article. Plain functions without I/O.

Takes a Page and its source record; returns an Article, or a Rejected with a reason. May import crawler.decode and
yuqing.core.
"""

from crawler.extract.article import extract
from crawler.extract.parts import join_parts, next_part

__all__ = ["extract", "join_parts", "next_part"]
