"""The invariant that keeps the data complete: archive ⊇ ledger ⊇ store, with no item lost on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.archive import archive_files, read_pages
from indexer.cluster_index import ClusterIndex
from indexer.spool import spool_state
from yuqing.core.urls import printable
from yuqing.monitor.workspace import Workspace


@dataclass(slots=True)
class Reconciliation:
    """Where archive, ledger and store disagree. All fields but ``strangers``, ``damaged`` and ``clusters`` hold URLs.

    ``unarchived``: counted as answered, but not in the archive. ``uncounted``: archived articles that no run counted.
    ``missing``: pages whose item the store lacks although it was not refused. ``strangers``: ids of items that no run
    counted. ``damaged``: messages about archive records that cannot be read. ``clusters``: ids of items whose reprint
    cluster does not match their texts.
    """

    pages: int = 0
    items: int = 0
    unarchived: list[str] = field(default_factory=list)
    uncounted: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    clusters: list[str] = field(default_factory=list)

    @property
    def mendable(self) -> set[str]:
        """The pages that a rebuild restores."""
        return {*self.uncounted, *self.missing}


def compare(space: Workspace) -> Reconciliation:
    """Read archive (about 4,000 pages a second), ledger and store, and compare them. The caller holds the lock."""
    reconciled = Reconciliation()
    archived, articles = set(), set()
    for path in archive_files(space.settings.archive_dir):
        for page in read_pages(path, reconciled.damaged.append):
            reconciled.pages += 1
            url = printable(page.url)  # as in the ledger
            archived.add(url)
            archived.update(printable(part.url) for part in page.parts)
            if page.kind == "article" and page.status == 200:
                articles.add(url)
    answered, items = space.ledger.answered()
    space.store.refresh()
    days = {item.id: item.article.day for item in space.store.scan()}
    stored = days.keys()
    differing = ClusterIndex(space.store).differing(day for day in days.values() if day)
    reconciled.clusters = sorted(key for changes in differing for key in changes)
    reconciled.items = len(stored)
    reconciled.unarchived = sorted(answered - archived)
    reconciled.uncounted = sorted(articles - answered)
    aside = stored | {key for key, _ in spool_state(space.settings.spool_file).refused}
    reconciled.missing = sorted(url for key, url in items.items() if key not in aside)
    reconciled.strangers = sorted(stored - items.keys())
    return reconciled
