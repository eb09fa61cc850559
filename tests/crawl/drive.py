"""Runs one crawl against a loopback server and prints the pages of its ledger as JSON (a process a crawl)."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from core.jsonio import to_plain
from monitor.crawl import CrawlOptions, run_crawl
from monitor.settings import CrawlSettings, Settings
from monitor.workspace import workspace


def main() -> None:
    """Arguments as one JSON object: data, sources, keywords, gateway, since, crawl."""
    given = json.loads(sys.argv[1])
    settings = Settings(
        data=Path(given["data"]),
        sources=Path(given["sources"]),
        keywords=Path(given["keywords"]),
        crawl=CrawlSettings(delay=0, autothrottle=False, **given.get("crawl", {})),
    )
    since = date.fromisoformat(given["since"]) if given.get("since") else None
    with workspace(settings) as space:
        run = run_crawl(space, CrawlOptions(gateway=given["gateway"], since=since), lambda result: None)
        print(json.dumps([to_plain(page) for page in space.ledger.pages(run.id)]))


main()
