"""Archives every page before anything else happens to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.archive import ArchiveWriter
from crawler.pipelines.keeping import keeping
from yuqing.core.records import Page


class ArchivePipeline:
    """Writes pages to the WARC files below ARCHIVE_DIR, under the run id RUN_ID."""

    def __init__(self, writer: ArchiveWriter) -> None:
        self._writer = writer

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchivePipeline:
        """Enabled by ARCHIVE_DIR."""
        folder = crawler.settings.get("ARCHIVE_DIR")
        if not folder:
            raise NotConfigured("ARCHIVE_DIR is not set")
        return cls(ArchiveWriter(Path(folder), crawler.settings["RUN_ID"]))

    def process_item(self, item: Any) -> Any:
        """Archive a page; other records pass through."""
        if isinstance(item, Page):
            with keeping():
                self._writer.write(item)
        return item

    def close_spider(self) -> None:
        """Close the WARC file."""
        self._writer.close()
