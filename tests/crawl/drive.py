"""Runs one crawl against a loopback server and prints the pages of its ledger as JSON (a process a crawl)."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from yuqing.core.jsonio import to_plain
from yuqing.monitor.run.crawl import CrawlOptions, run_crawl
from yuqing.monitor.settings import CrawlSettings, Settings
from yuqing.monitor.workspace import workspace


def main() -> None:
    """Arguments as one JSON object: data, sources, keywords, gateway, since, until, limit, backfill, crawl."""
    given = json.loads(sys.argv[1])
    settings = Settings(
        data=Path(given["data"]),
        sources=Path(given["sources"]),
        keywords=Path(given["keywords"]),
        crawl=CrawlSettings(delay=0, autothrottle=False, gateway=given["gateway"], **given.get("crawl", {})),
    )
    since, until = (date.fromisoformat(given[name]) if given.get(name) else None for name in ("since", "until"))
    with workspace(settings) as space:
        options = CrawlOptions(since=since, until=until, backfill=given.get("backfill", ""), limit=given.get("limit"))
        run = run_crawl(space, options, lambda result: None)
        print(json.dumps([to_plain(page) for page in space.ledger.pages(run.id)]))


main()
