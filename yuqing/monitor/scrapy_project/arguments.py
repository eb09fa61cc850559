"""The spider's arguments (`-a NAME=VALUE`) as the options of a crawl."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.sources import choose
from crawler.spiders.sources import SourcesSpider
from yuqing.core.errors import UsageError
from yuqing.core.records import Source
from yuqing.monitor.run.crawl import CrawlOptions


def crawl_options(given: Mapping[str, str], sources: Mapping[str, Source]) -> CrawlOptions:
    """The options. Raises UsageError for an unknown argument or an invalid value."""
    spider = SourcesSpider(**given)
    if spider.backfill and not spider.since:
        raise UsageError("backfill needs a past window: add -a since=DAY.")
    chosen = choose(dict(sources), spider.chosen)
    return CrawlOptions(
        sources=tuple(source.id for source in chosen) if spider.chosen else (),
        since=spider.since,
        until=spider.until,
        limit=spider.left,
        backfill=spider.backfill,
    )
