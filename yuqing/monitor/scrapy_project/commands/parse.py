"""`scrapy parse URL`: the links of a list or the article of a page; nothing is kept."""

from __future__ import annotations

import argparse

from scrapy.commands.parse import Command as ScrapyParse
from scrapy.exceptions import UsageError as ScrapyUsageError

from crawler.spiders.sources import SourcesSpider
from yuqing.core.errors import YuqingError


class Command(ScrapyParse):
    """Scrapy's command; unknown spider arguments are rejected first."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's options."""
        super().process_options(args, opts)
        if opts.spider in (None, SourcesSpider.name):
            try:
                SourcesSpider(**opts.spargs)
            except YuqingError as error:
                raise ScrapyUsageError(str(error), print_help=False) from error
