"""One crawl against a loopback server, whose ledger's pages are printed as JSON (a process a crawl)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yuqing.core.jsonio import to_plain
from yuqing.monitor.run.crawl import CrawlOptions, run_crawl
from yuqing.monitor.setting_tables import CrawlSettings
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace


@dataclass(frozen=True)
class Drive:
    """The crawl, as something to call."""

    data: Path
    sources: Path
    keywords: Path
    gateway: int
    since: str = ""
    until: str = ""
    backfill: str = ""
    limit: int | None = None
    crawl: dict[str, Any] | None = None

    def __call__(self) -> None:
        settings = Settings(
            data=self.data,
            sources=self.sources,
            keywords=self.keywords,
            crawl=CrawlSettings(delay=0, autothrottle=False, gateway=self.gateway, **self.crawl or {}),
        )
        since, until = (date.fromisoformat(day) if day else None for day in (self.since, self.until))
        with workspace(settings) as space:
            options = CrawlOptions(since=since, until=until, backfill=self.backfill, limit=self.limit)
            run = run_crawl(space, options, lambda result: None)
            print(json.dumps([to_plain(page) for page in space.ledger.pages(run.id)]))
