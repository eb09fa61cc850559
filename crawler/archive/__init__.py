"""The archive: every fetched page as a WARC record, written before the page is processed.

Stores pages (:class:`ArchiveWriter`) and reads them back (:func:`read_pages`). The files are concatenated gzip members
(:mod:`gzip_members`, :mod:`warc`); once a month :mod:`tidy` packs those of each day into one (:mod:`packs`). May import
yuqing.core.
"""

from crawler.archive.gzip_members import VanishedError
from crawler.archive.warc import (
    ArchiveWriter,
    Span,
    archive_files,
    find_pages,
    pieces,
    read_pages,
    run_files,
    run_spans,
    spans,
)

__all__ = [
    "ArchiveWriter",
    "Span",
    "VanishedError",
    "archive_files",
    "find_pages",
    "pieces",
    "read_pages",
    "run_files",
    "run_spans",
    "spans",
]
