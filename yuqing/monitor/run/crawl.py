"""One crawl: Scrapy with the settings of yuqing.toml, each page through archive, store and ledger."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from itemadapter import ItemAdapter
from scrapy import Spider, signals
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from scrapy.settings import Settings as ScrapySettings
from twisted.python.failure import Failure

from crawler import settings as manners
from crawler.search import search_pages
from crawler.sources import choose
from crawler.spiders.sources import SourcesSpider
from yuqing.core.errors import YuqingError
from yuqing.core.records import Outcome, PageResult, Source
from yuqing.core.times import now
from yuqing.monitor.gc_tuning import collect_seldom
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.ledger_file import Run
from yuqing.monitor.logs import log_run
from yuqing.monitor.run.crawler_process import CrawlerProcess
from yuqing.monitor.run.item_writer import open_writer, settle_shared
from yuqing.monitor.run.open_memory import open_memory
from yuqing.monitor.run.pipeline import RunSink, StorePipeline
from yuqing.monitor.run.telling import Telling
from yuqing.monitor.run.uncounted import as_it_was
from yuqing.monitor.run.workers import set_processor, workers
from yuqing.monitor.settings import Settings
from yuqing.monitor.site_proxy import ignored_proxy
from yuqing.monitor.workspace import Workspace

logger = logging.getLogger(__name__)
_MANNERS = ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS")
MIN_DELAY = 0.001  # without any delay Scrapy 2.19 starts all queued requests to a site at once
AT_ONCE = (
    "Stopped before its pages in flight had arrived. "
    "What was fetched is in the archive and will be processed at the next start."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlOptions:
    """What to crawl."""

    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    limit: int | None = None
    shard: tuple[int, int] | None = None
    backfill: str = ""


def run_crawl(
    space: Workspace,
    options: CrawlOptions,
    on_result: Callable[[PageResult], None],
    scrapy: ScrapySettings | None = None,
) -> Run:
    """Crawl once and return the run with its counts, which are also in Scrapy's stats.

    ``scrapy``: the settings if Scrapy was started by somebody; by default the crawler's, adjusted by yuqing.toml.
    Raises YuqingError if archive or store fail, the reader process is killed, or a second signal ends everything at
    once.
    """
    collect_seldom()
    chosen = choose(space.sources, ",".join(options.sources))
    if options.shard:
        number, of = options.shard
        chosen = [source for place, source in enumerate(chosen) if place % of == number - 1]
    ledger = space.ledger
    fixed = options.shard is not None
    run = ledger.start(_name(options), space.versions())
    log_run(run)
    telling = Telling(space, run, leased=not fixed)
    try:
        memory = open_memory(space, telling, fixed=fixed, sources=len(chosen))
    except YuqingError as away:
        ledger.finish(run, "failed", str(away))
        raise
    item_writer = open_writer(space)

    def seen(result: PageResult) -> None:
        crawler.stats.inc_value(f"outcome/{result.outcome}")
        on_result(result)

    def recount(result: PageResult) -> PageResult:
        return as_it_was(space, result) if result.source_id in memory.broken_off else result

    watch = _Watch(RunSink(item_writer, ledger, run, seen, recount, telling.beat))
    with workers(1, partial(set_processor, item_writer.processor)) as pool:
        pipeline = StorePipeline.at(watch.sink, pool)
        process = CrawlerProcess(_run_settings(scrapy or unstarted_settings(space.settings), pipeline, options))
        crawler = process.create_crawler(SourcesSpider)
        crawler.signals.connect(watch.item_error, signals.item_error)
        crawler.signals.connect(watch.spider_error, signals.spider_error)
        watch.stop = lambda reason: crawler.engine.close_spider_async(reason=reason)
        crawling = process.crawl(
            crawler,
            source=",".join(source.id for source in chosen),
            since=options.since.isoformat() if options.since else "",
            until=options.until.isoformat() if options.until else "",
            limit=str(options.limit) if options.limit is not None else "",
            backfill=options.backfill,
            memory=memory,
        )
        process.start()
    asked = crawler.stats is not None and crawler.stats.get_value("finish_reason") == "shutdown"
    if error := watch.error or (None if crawling.done() else YuqingError(AT_ONCE)):
        with suppress(YuqingError):  # not even this can be written on a full disk; the next start closes the run
            ledger.fail(run, str(error))
            telling.close()
        raise error
    crawling.result()  # raises whatever kept Scrapy from crawling
    settle_shared(space, item_writer.days)
    note = "; ".join(filter(None, [memory.left, unread(ledger, run)]))
    ledger.finish(run, "stopped" if asked else "done", note)
    telling.close()
    return ledger.run(run)


def unread(ledger: Ledger, run: str) -> str:
    """A message about lists that could not be read and pages that caused errors in the program."""
    lists = [page for page in ledger.pages(run, Outcome.LISTING_EMPTY) if page.detail]
    broken = list(ledger.pages(run, Outcome.FAILED))
    said = []
    if lists:
        said.append(f"{len(lists)} lists could not be read, the first {lists[0].url}: {lists[0].detail}")
    if broken:
        said.append(
            f"{len(broken)} pages caused an error in the program, the first {broken[0].url}: {broken[0].detail}"
        )
    return "; ".join(said)


class _PagesUnprinted(LogFormatter):
    """Scrapy's log messages without whole pages; :class:`_Watch` handles the errors and the ledger has the results."""

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Only the URL; our own errors are reported by whoever started the crawl, those of a user's pipeline here."""
        if isinstance(exception, YuqingError):
            return {"level": logging.DEBUG, "msg": "not kept: %(url)s", "args": {"url": _address(item)}}
        return {"level": logging.ERROR, "msg": "Error processing %(url)s", "args": {"url": _address(item)}}

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """Only the URL."""
        return {"level": logging.DEBUG, "msg": "kept: %(url)s", "args": {"url": _address(item)}}

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """The URL and the reason."""
        args = {"url": _address(item), "reason": exception}
        return {"level": logging.DEBUG, "msg": "dropped: %(url)s (%(reason)s)", "args": args}


def _address(item: Any) -> str:
    return str(ItemAdapter(item).get("url", ""))


class _Watch:
    """Handles the errors of a running crawl: a broken archive or store ends it, a broken page is counted."""

    def __init__(self, sink: RunSink) -> None:
        self.sink = sink
        self.error: YuqingError | None = None
        self.stop: Callable[[str], Coroutine[Any, Any, None]]
        self._stopping: asyncio.Future[None] | None = (
            None  # not awaited here, because the item itself waits for this signal
        )

    def item_error(self, item: Any, response: Response, spider: Spider, failure: Failure) -> None:
        """An item could not be archived, stored or counted: stop fetching. A user's pipeline may fail."""
        if self.error is None and isinstance(failure.value, YuqingError):
            self.error = failure.value
            self._stopping = asyncio.ensure_future(self.stop("cannot keep what is fetched"))

    def spider_error(self, failure: Failure, response: Response | None, spider: Spider) -> None:
        """A page broke the spider: count it with the reason and continue. Without a page, starting failed: end the
        crawl."""
        if response is None:
            error = failure.value
            self.error = error if isinstance(error, YuqingError) else YuqingError(f"{type(error).__name__}: {error}")
            return
        source: Source = response.cb_kwargs["source"]
        detail = f"{type(failure.value).__name__}: {failure.value}"
        self.sink.count(
            PageResult(
                url=response.url,
                source_id=source.id,
                outcome=Outcome.FAILED,
                detail=detail,
                status=response.status,
            )
        )


def _name(options: CrawlOptions) -> str:
    """The run's name in the ledger; by it the scheduler recognizes its jobs' runs."""
    if options.backfill:
        return f"crawl --backfill {options.backfill}"
    shown = " ".join(options.sources[:5]) or "all"
    return f"crawl {shown}" + (f" and {len(options.sources) - 5} more" if len(options.sources) > 5 else "")


def crawl_settings(settings: Settings) -> dict[str, Any]:
    """yuqing.toml translated into Scrapy settings."""
    crawl = settings.crawl
    found: dict[str, Any] = {
        "USER_AGENT": settings.agent,
        "DOWNLOAD_DELAY": max(crawl.delay, MIN_DELAY),
        "AUTOTHROTTLE_ENABLED": crawl.autothrottle,
        "CONCURRENT_REQUESTS": crawl.concurrency,
        "DOWNLOAD_TIMEOUT": crawl.timeout,
        "DOWNLOAD_MAXSIZE": crawl.max_size_mb * 1024 * 1024,
        "REDIRECT_MAX_TIMES": crawl.max_redirects,
        "RETRY_TIMES": crawl.retries,
        "REFUSAL_LIMIT": crawl.refusal_limit,
        "REFUSAL_REST_HOURS": crawl.refusal_rest_hours,
        "RECHECK_DAYS": crawl.recheck_days,
        "LIST_PAGES_LIMIT": crawl.list_pages,
        "SOURCES_FILE": settings.sources,
        "ARCHIVE_DIR": settings.archive_dir,
        "STATE_FILE": settings.state_file,
        "LOG_FORMATTER": _PagesUnprinted,
        "SITE_PROXY": crawl.proxy,
        "SITE_PROXY_LOGIN": crawl.proxy_login.get_secret_value(),
    }
    if crawl.gateway:
        handler = "crawler.gateway.GatewayHandler"
        found |= {
            "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingThreadedResolver",  # also resolves private addresses
            "GATEWAY_PORT": crawl.gateway,
            "SITE_PROXY": "",
            "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        }
    return found


def unstarted_settings(settings: Settings) -> ScrapySettings:
    """The settings of a crawl not started through Scrapy."""
    if hint := ignored_proxy(settings):
        logger.warning(hint)
    scrapy = ScrapySettings()
    scrapy.setmodule("crawler.settings")
    scrapy.update(crawl_settings(settings), priority="project")
    scrapy.set("LOG_LEVEL", settings.log_level, priority="project")
    scrapy.set("LOG_INSTALL_ROOT_HANDLER", False, priority="project")  # yuqing/monitor/logs.py has set up logging
    return scrapy


def _run_settings(scrapy: ScrapySettings, pipeline: type[StorePipeline], options: CrawlOptions) -> ScrapySettings:
    """``scrapy`` plus what one run adds: its name, its pipelines before those of a user, the pace of the searches."""
    scrapy = scrapy.copy()
    scrapy.set("RUN_ID", pipeline.sink.run, priority="cmdline")
    ours: dict[Any, int] = {
        "crawler.pipelines.archive.ArchivePipeline": 10,
        pipeline: 50,
        "crawler.pipelines.seen.SeenPipeline": 90,
    }
    scrapy.set("ITEM_PIPELINES", {**scrapy.getdict("ITEM_PIPELINES"), **ours}, priority="cmdline")
    for name in _MANNERS:  # -s replaces a whole setting, so a user's additions are merged with ours
        scrapy.set(name, {**scrapy.getdict(name), **getattr(manners, name)}, priority="cmdline")
    if options.backfill and options.since:
        searches = search_pages(options.backfill, options.since, options.until or now().date())
        delay = scrapy.getfloat("DOWNLOAD_DELAY")
        slots = {page.host: {"delay": max(delay, page.seconds), "concurrency": 1} for page in searches}
        scrapy.set("DOWNLOAD_SLOTS", slots, priority="cmdline")
    return scrapy
