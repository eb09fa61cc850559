"""Fetching a single page by the crawler's rules, in a separate process: Scrapy's reactor can only be started once per
process."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit

import msgspec

from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.jsonio import to_json
from yuqing.core.records import Outcome, Page, PageResult
from yuqing.core.urls import url_fault
from yuqing.monitor.settings import Settings

SECONDS = 240.0  # two retries after the longest timeout, and a site's own crawl delay


class Fetched(msgspec.Struct):
    """A page, or the reason why there is none."""

    page: Page | None = None
    result: PageResult | None = None


def check_address(url: str) -> str:
    """``url`` in the form in which it can be fetched. Raises UsageError if it is not a web address."""
    if url_fault(url.strip()) or urlsplit(url.strip()).username:
        raise UsageError(f"“{url[:200]}”不是网页地址；请写 http:// 或 https:// 开头的完整地址。")
    return url.strip().partition("#")[0]


def fetch_page(settings: Settings, url: str) -> Fetched:
    """Fetch ``url``: robots.txt, delay, limits and back-off apply as in a crawl. Nothing is kept.

    Raises UsageError for an invalid URL, YuqingError if the fetching process fails.
    """
    address = check_address(url)
    command = [sys.executable, "-m", __name__, address]
    try:
        done = subprocess.run(
            command, input=settings.model_dump_json(), capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Fetched(result=PageResult(url=address, source_id="", outcome=Outcome.TIMEOUT))
    try:
        return msgspec.json.decode(done.stdout, type=Fetched)
    except msgspec.MsgspecError:
        last = done.stderr.strip().splitlines()[-1:] or ["no answer"]
        raise YuqingError(f"{address}: the page could not be fetched ({last[0][:300]}).") from None


def _run(settings: Settings, url: str) -> Fetched:
    from scrapy import signals

    from crawler.spiders.one_page import OnePageSpider
    from yuqing.monitor.run.crawl import unstarted_settings
    from yuqing.monitor.run.crawler_process import CrawlerProcess

    found: list[Page | PageResult] = []

    def scraped(item: Any) -> None:
        found.append(item)

    wanted = unstarted_settings(settings)
    wanted.set("ITEM_PIPELINES", {}, priority="cmdline")
    process = CrawlerProcess(wanted)
    crawler = process.create_crawler(OnePageSpider)
    crawler.signals.connect(scraped, signals.item_scraped)
    crawling = process.crawl(crawler, url=url)
    process.start()
    crawling.result()
    pages = [item for item in found if isinstance(item, Page)]
    results = [item for item in found if isinstance(item, PageResult)]
    failed = PageResult(url=url, source_id="", outcome=Outcome.FAILED, detail="no answer")
    return Fetched(page=pages[0]) if pages else Fetched(result=(results or [failed])[0])


if __name__ == "__main__":
    given = Settings(**json.loads(sys.stdin.read()))
    sys.stdout.buffer.write(to_json(_run(given, sys.argv[1])))
