"""Extraction: a fetched page in, an article out. Plain functions without I/O."""

from crawler.extract.article import extract
from crawler.extract.parts import join_parts, next_part

__all__ = ["extract", "join_parts", "next_part"]
