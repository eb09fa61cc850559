"""Items again from the archive: after a better extractor or a new store, without a single request."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import date

from core.records import Outcome, PageResult
from crawler.archive import archive_files, read_pages
from monitor.ledger import Run
from monitor.logs import log_run
from monitor.pipeline import Desk
from monitor.workspace import Workspace


def run_rebuild(
    space: Workspace,
    since: date | None,
    on_result: Callable[[PageResult], None],
    only: Container[str] | None = None,
) -> Run:
    """Send every archived article page fetched on or after ``since`` (and named in ``only``) through the flow again.

    A page fetched several times is taken in the order of the fetches, so the last one stands. Records that
    cannot be read are counted as ``unreadable`` with file and byte.
    """
    ledger = space.ledger
    with ledger.recording("rebuild", space.versions()) as run:
        log_run(run)
        desk = Desk(space.flow(), ledger, run, on_result)
        for path in archive_files(space.settings.archive_dir):

            def bad(text: str, path: object = path) -> None:
                desk.count(PageResult(url=str(path), source_id="", outcome=Outcome.UNREADABLE, detail=text))

            for page in read_pages(path, bad):
                if page.kind != "article" or page.status != 200:
                    continue
                if only is not None and page.url not in only:
                    continue
                if since is None or page.fetched_at.date() >= since:
                    desk.take(page)
    return ledger.run(run)
