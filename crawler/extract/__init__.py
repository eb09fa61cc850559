"""Extraction: a fetched page in, an article out. Plain functions without I/O.

Takes a Page and its source record; gives an Article, or Rejected with a reason. May import crawler.decode and
yuqing.core.
"""

from crawler.extract.article import extract
from crawler.extract.parts import join_parts, next_part

__all__ = ["extract", "join_parts", "next_part"]
