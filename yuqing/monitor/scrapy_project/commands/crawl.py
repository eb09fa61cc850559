"""`scrapy crawl sources`: the same job as `yuqing crawl`, with Scrapy's own options."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.settings import SETTINGS_PRIORITIES
from scrapy.settings import Settings as ScrapySettings

from crawler.spiders.sources import SourcesSpider
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.records import Outcome, PageResult
from yuqing.monitor.ledger_file import Run
from yuqing.monitor.run.crawl import run_crawl
from yuqing.monitor.run.recovery import locked
from yuqing.monitor.scrapy_project.arguments import crawl_options
from yuqing.monitor.scrapy_project.row_pipeline import RowPipeline
from yuqing.monitor.settings import load_settings

_FIXED = ("ARCHIVE_DIR", "STATE_FILE", "SOURCES_FILE", "RUN_ID")  # define where a run is kept, all in one folder


_NO_JOBDIR = (
    "JOBDIR is refused: yuqing itself remembers what is fetched and what is pending, so after Ctrl-C give the same"
    " command again without it. A JOBDIR would remember the lists too, and no later run with it would read them again."
)


class Command(ScrapyCrawl):
    """Archives, stores, counts and remembers what our spider fetches; other spiders of the project run as usual."""

    requires_crawler_process = False

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's options; Scrapy's own process is used for other spiders only."""
        super().process_options(args, opts)
        self.requires_crawler_process = args != [SourcesSpider.name]

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, or refuse with a message before the first request."""
        if self.requires_crawler_process:
            names = self.crawler_process.spider_loader.list() if self.crawler_process else []
            if len(args) == 1 and args[0] not in names:
                raise ScrapyUsageError(f"no spider “{args[0]}”; available: {', '.join(names)}.", print_help=False)
            super().run(args, opts)
            return
        try:
            run = self._crawl(opts)
        except YuqingError as error:
            self._say(str(error))
            self.exitcode = error.exit_code
        else:
            self._say(f"run {run.id} is {run.state}: {run.pages} pages; `yuqing runs {run.id}` shows their outcomes")

    def _crawl(self, opts: argparse.Namespace) -> Run:
        assert isinstance(self.settings, ScrapySettings)
        scrapy = self.settings
        for name in _FIXED:
            if scrapy.getpriority(name) == SETTINGS_PRIORITIES["cmdline"]:
                raise UsageError(f"-s {name} would separate a run from its data; set data and sources in yuqing.toml.")
        if scrapy.get("JOBDIR"):
            raise UsageError(_NO_JOBDIR)
        results: dict[str, PageResult] = {}

        def on_result(result: PageResult) -> None:
            if result.outcome != Outcome.PART:  # of an article whose first page comes down the pipelines
                results[result.url] = result

        with locked(load_settings()) as space:
            options = crawl_options(opts.spargs, space.sources)
            rows = RowPipeline.at(space.store, results)
            scrapy.set("ITEM_PIPELINES", {**scrapy.getdict("ITEM_PIPELINES"), rows: 95}, priority="cmdline")
            return run_crawl(space, options, on_result, scrapy)

    @staticmethod
    def _say(text: str) -> None:
        print(f"yuqing: {text}", file=sys.stderr)  # noqa: T201  # stdout may be a feed
