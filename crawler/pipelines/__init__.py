"""The pipelines of this package for the spider's pages: the archive first, the URL memory last.

Processes the spider's records. May import crawler and yuqing.core.
"""
