"""Scrapy's process with a time limit: on SIGTERM it waits for the pages in flight, but not for long."""

from __future__ import annotations

import os
import signal
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from yuqing.monitor.ending import CRAWL_SECONDS, after, end_by_force


class CrawlerProcess(AsyncCrawlerProcess):
    """A second signal, sent CRAWL_SECONDS after the first, makes Scrapy drop the pages in flight."""

    def _signal_shutdown(self, signum: int, _: Any) -> None:
        super()._signal_shutdown(signum, _)
        if signum == signal.SIGTERM:
            after(CRAWL_SECONDS, lambda: os.kill(os.getpid(), signal.SIGTERM))
            end_by_force(128 + signum, CRAWL_SECONDS + 2)
