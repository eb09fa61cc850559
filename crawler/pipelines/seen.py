"""Remembers a page as fetched, as the very last step: after a crash before this point it is fetched again."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from crawler.pipelines.keeping import keeping
from crawler.state import state_of
from yuqing.core.records import Page

_DONE = {200, 304, 404, 410}  # other responses may change: requested again in the next run


def is_done(page: Page) -> bool:
    """Whether ``page`` is an article page that the next run need not request."""
    return page.kind == "article" and page.status in _DONE


class SeenPipeline:
    """Writes article pages to the spider's URL memory."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SeenPipeline:
        """Called by Scrapy; the spider has the memory, which exists before the first page."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Remember an article page that was answered."""
        state = state_of(self._crawler)
        if state and isinstance(item, Page) and is_done(item):
            with keeping():
                state.fetched(item)
        return item
