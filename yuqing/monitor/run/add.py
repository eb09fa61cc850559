"""An article that a person adds, by URL or by hand: previewed first, then archived, stored and counted.

It is kept in the archive like a crawled page, with who added it, so that a rebuild recreates the item.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from msgspec.structs import replace

from crawler.archive import ArchiveWriter
from crawler.by_hand import LEAST, HandArticle, hand_page, is_hand_page
from crawler.sources import source_for
from crawler.state import UrlState
from yuqing.core.errors import UsageError
from yuqing.core.records import Item, Page, PageResult
from yuqing.core.times import now
from yuqing.monitor.run.fetch_page import check_address, fetch_page
from yuqing.monitor.run.item_writer import ItemWriter, open_writer
from yuqing.monitor.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Looked:
    """What an addition would become: a page with its item, or ``result`` with the reason why there is none."""

    result: PageResult
    page: Page | None = None
    item: Item | None = None


def look(space: Workspace, url: str, by: str) -> Looked:
    """Fetch ``url`` by the crawler's rules and process it; nothing is kept. Raises UsageError if it is not a URL."""
    found = fetch_page(space.settings, url)
    if found.page is None:
        assert found.result is not None
        return Looked(found.result)
    return _read(space, replace(found.page, added_by=by))


def look_at_hand(space: Workspace, given: HandArticle, by: str) -> Looked:
    """Process an article that a person typed; nothing is kept. Raises UsageError if something is missing."""
    if not given.title.strip() or len(given.text.strip()) < LEAST:
        raise UsageError(f"请填写标题和正文（正文至少 {LEAST} 个字）。")
    if not given.url.strip() and not given.source.strip():
        raise UsageError("没有链接时请写来源（如报纸的名称），报告要印。")
    if given.day > now().date():
        raise UsageError(f"{given.day} 还没有到；请写消息发布的日期。")
    address = check_address(given.url) if given.url.strip() else ""
    known = source_for(address, space.sources) if address else None
    page = hand_page(
        replace(given, url=address),
        by,
        now(),
        known.id if known else given.source.strip(),
    )
    return _read(space, page)


def keep(space: Workspace, page: Page) -> tuple[Item, PageResult]:
    """Archive, store and count a page that was previewed; returns the item as stored, and what became of it.

    Raises UsageError for a page that yields no article.
    """
    writer = open_writer(space)
    processed = writer.processor.process(page)
    if processed.item is None:
        raise UsageError(f"{page.url}: {processed.result.outcome} {processed.result.detail}".rstrip())
    with space.ledger.recording(f"add by {page.added_by or 'command'}", space.versions()) as run:
        with closing(ArchiveWriter(space.settings.archive_dir, run)) as archive:
            archive.write(page)
        (result,) = writer.write([processed])
        space.ledger.add(run, *processed.parts, result)
    if not is_hand_page(page):  # the page itself was not fetched, and a crawl may still find it
        with closing(UrlState(space.settings.state_file, space.settings.crawl.recheck_days)) as state:
            state.fetched(page)
    stored = space.store.get(processed.item.id)
    if stored is None:
        raise UsageError(f"{page.url}: {result.outcome} {result.detail}".rstrip())
    return stored, result


def _read(space: Workspace, page: Page) -> Looked:
    writer: ItemWriter = open_writer(space)
    processed = writer.processor.process(page)
    return Looked(processed.result, page, processed.item)
