"""A single article that a person names, fetched by the crawler's rules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import scrapy

from crawler.sources import source_for
from crawler.spiders.sources import SourcesSpider
from yuqing.core.records import Link, Source
from yuqing.core.urls import host_of


class OnePageSpider(SourcesSpider):
    """Fetches the page ``url`` with its parts. A host that no source owns is accessed for this page only."""

    name = "one-page"

    def __init__(self, url: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url = url

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The only request."""
        host = host_of(self.url)
        known = source_for(self.url, self.known)
        source = known or Source(id=host, name=host, tier="commercial", hosts=(host,))
        yield scrapy.Request(
            self.url,
            callback=self.parse_article,
            errback=self.failed,
            cb_kwargs={"source": source, "link": Link(url=self.url)},
            meta={"hosts": source.hosts},
        )
