"""Adds up what a month left: nothing lost, nothing twice, the ledger's sums those of the archive."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from crawler.archive import archive_files, pieces, read_pages
from crawler.archive.packs import is_pack, run_of, warc_files
from indexer.open import open_store
from yuqing.core.records import Outcome
from yuqing.monitor.ops.reconcile import compare
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace

NEW = (Outcome.INDEXED, Outcome.REPRINT, Outcome.NOT_RELEVANT)


@dataclass
class Sums:
    """``lost``: articles that archive, ledger or store lack; ``twice``: new more than once, or stored twice;
    ``stories``: what the ledger says of the first of them.

    ``unequal``: runs whose answered pages in the ledger are not exactly those in the archive. ``files``: of the
    archive as they were written; ``packed`` of them are in ``packs``, ``left_over`` lie beside their pack, and
    ``unpacked`` days that should have one file have more.
    """

    published: int = 0
    lost: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    unequal: list[str] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)
    disagreements: int = 0
    files: int = 0
    packed: int = 0
    packs: int = 0
    unpacked: int = 0
    left_over: int = 0
    pages: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    job_states: Counter[str] = field(default_factory=Counter)
    run_states: Counter[str] = field(default_factory=Counter)


def add_up(folder: Path, articles: Mapping[str, date], before: str) -> Sums:
    """Read everything in ``folder``; ``articles``: what was published, by URL with its day. Files of days before
    ``before`` (YYYYMMDD) should be packed."""
    data, sums = folder / "data", Sums()
    sums.published = len(articles)
    archived: dict[str, Counter[str]] = {}
    damaged: list[str] = []
    for path in archive_files(data / "archive"):
        parts = pieces(path)
        sums.files += len(parts)
        sums.packed += len(parts) if is_pack(path) else 0
        sums.packs += is_pack(path)
        for name, span in parts:
            pages = read_pages(path, damaged.append, span.start, span.end)
            archived.setdefault(run_of(name), Counter()).update(page.url for page in pages)
    days = Counter(path.name[:8] for path in archive_files(data / "archive") if path.name[:8] < before)
    sums.unpacked = sum(count > 1 for count in days.values())
    sums.left_over = len(warc_files(data / "archive")) - len(archive_files(data / "archive"))
    with closing(open_store(str(data / "yuqing.db"))) as store:
        stored = Counter(item.article.url for item in store.scan())
    with closing(sqlite3.connect(data / "ledger.db")) as ledger:
        counted: dict[str, Counter[str]] = {}
        new: Counter[str] = Counter()
        for run, url, outcome, status in ledger.execute("SELECT run, url, outcome, status FROM pages"):
            sums.pages += 1
            sums.outcomes[outcome] += 1
            if status:
                counted.setdefault(run, Counter())[url] += 1
            if outcome in NEW:
                new[url] += 1
        sums.run_states.update(state for (state,) in ledger.execute("SELECT state FROM runs"))
        sums.job_states.update(state for (state,) in ledger.execute("SELECT state FROM jobs"))
    everywhere = set().union(*archived.values())
    sums.lost = {url for url in articles if not (stored[url] and new[url] and url in everywhere)}
    sums.twice = {url for url in articles if stored[url] > 1 or new[url] > 1}
    with closing(sqlite3.connect(data / "ledger.db")) as ledger:
        for url in sorted(sums.lost | sums.twice)[:5]:
            rows = ledger.execute("SELECT run, outcome, detail FROM pages WHERE url = ? ORDER BY rowid", (url,))
            sums.stories.append(f"{url} {articles[url]}: " + "; ".join(" ".join(row) for row in rows))
    sums.unequal = [run for run in {*archived, *counted} if archived.get(run) != counted.get(run)]
    settings = Settings(data=data, keywords=folder / "keywords.yaml", sources=folder / "sources.yaml")
    with workspace(settings) as space:
        found = compare(space)
    sums.disagreements = sum(
        map(
            len,
            (
                found.unarchived,
                found.uncounted,
                found.missing,
                found.strangers,
                found.damaged,
                damaged,
            ),
        )
    )
    return sums
