"""The settings of the Scrapy project: the crawler's, adjusted by yuqing.toml and the environment."""

from __future__ import annotations

import sys

from crawler.settings import *  # noqa: F403
from yuqing.core.errors import YuqingError
from yuqing.monitor.run.crawl import crawl_settings
from yuqing.monitor.settings import load_settings

COMMANDS_MODULE = "yuqing.monitor.scrapy_project.commands"

try:
    globals().update(crawl_settings(load_settings()))
except YuqingError as error:  # Scrapy would print where it was raised, not what to do
    print(f"yuqing: {error}", file=sys.stderr)  # noqa: T201
    sys.exit(error.exit_code)
