"""Adds up what archive, ledger, store and URL memory have of the articles, after whatever happened."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crawler.archive import archive_files, read_pages
from indexer.open import open_store


@dataclass(frozen=True)
class Account:
    """Articles by URL in each place, and the sentences about damaged records."""

    archive: Counter[str]
    ledger: Counter[str]
    store: Counter[str]
    memory: Counter[str]
    bad: list[str]
    states: Counter[str]

    def lost(self, expected: set[str]) -> int:
        """Articles that any place lacks."""
        return len({url for url in expected for place in self.places if not place[url]})

    def duplicated(self, expected: set[str]) -> int:
        """Articles that any place has twice."""
        return len({url for url in expected for place in self.places if place[url] > 1})

    @property
    def places(self) -> tuple[Counter[str], ...]:
        return self.archive, self.ledger, self.store, self.memory


def account(data: Path) -> Account:
    """Count."""
    bad: list[str] = []
    archive = Counter(
        page.url
        for path in archive_files(data / "archive")
        for page in read_pages(path, bad.append)
        if page.kind == "article"
    )
    with closing(open_store(str(data / "yuqing.db"))) as store:
        stored = Counter(item.article.url for item in store.scan())
    with closing(sqlite3.connect(data / "ledger.db")) as ledger:
        counted = Counter(url for (url,) in ledger.execute("SELECT url FROM pages WHERE outcome != 'listing'"))
        states = Counter(state for (state,) in ledger.execute("SELECT state FROM runs"))
    with closing(sqlite3.connect(data / "crawl.db")) as memory:
        remembered = Counter(url for (url,) in memory.execute("SELECT url FROM urls"))
    return Account(archive, counted, stored, remembered, bad, states)
