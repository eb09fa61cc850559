"""The whole pipeline on the bundled demo web: crawl, archive, tag, store, report; loopback only."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from crawler.sources import load_sources
from yuqing.core.errors import YuqingError
from yuqing.core.records import PageResult
from yuqing.demo.server import DemoWeb
from yuqing.demo.site import demo_sources
from yuqing.monitor.ledger_file import Run
from yuqing.monitor.publish.report import make_report
from yuqing.monitor.run.crawl import CrawlOptions, run_crawl
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace

WINDOW = "2018-03"
SINCE, UNTIL = date(2018, 2, 1), date(2018, 3, 31)
_MARK = "yuqing-demo"  # only a folder created by the demo is emptied


def run_demo(
    settings: Settings, data: Path, out: Path, on_result: Callable[[PageResult], None]
) -> tuple[Run, str, list[Path]]:
    """Crawl the demo web into an emptied ``data`` and write the report of its window into ``out``; no report if the
    crawl is stopped."""
    _empty(data)
    with DemoWeb(load_sources(settings.sources)) as web:
        crawl = settings.crawl.model_copy(update={"delay": 0.0, "autothrottle": False, "gateway": web.port})
        demo = settings.model_copy(update={"data": data, "store": "", "crawl": crawl})
        with workspace(demo) as space:
            options = CrawlOptions(sources=tuple(demo_sources(space.sources)), since=SINCE, until=UNTIL)
            run = run_crawl(space, options, on_result)
            return run, WINDOW, make_report(space, WINDOW, out) if run.state == "done" else []


def _empty(data: Path) -> None:
    mark = data / _MARK
    try:
        if data.exists() and any(data.iterdir()):
            if not mark.exists():
                raise YuqingError(
                    f"{data}: this folder was not created by the demo and will not be emptied; name another."
                )
            shutil.rmtree(data)
        data.mkdir(parents=True, exist_ok=True)
        mark.touch()
    except OSError as error:
        raise YuqingError(f"{data}: the demo's folder cannot be prepared ({error.strerror}).") from error
