"""Processing a page without any store: the step that can run in any process, on any machine.

:class:`PageProcessor` turns a page into a :class:`ProcessedPage`; yuqing/monitor/run/item_writer.py stores them, in
order. The crawl and the rebuild process pages in workers (yuqing/monitor/run/workers.py), the rebuild also on other
machines (yuqing/monitor/run/dask_engine.py).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from classifiers import classify
from classifiers.rules import Rules
from crawler.archive import Span, read_pages
from crawler.by_hand import hand_article, is_hand_page
from crawler.decode import decode
from crawler.extract import extract
from crawler.extract.error_page import list_sign
from crawler.extract.script_drawn import script_sign
from crawler.refusals import answer_outcome
from yuqing.core.patterns import switched_off
from yuqing.core.records import Article, Item, Outcome, Page, PageResult, Rejected, Source
from yuqing.core.times import Windows
from yuqing.core.urls import item_id, printable, url_fault

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProcessedPage:
    """The result of processing a page. With an item, ``result`` lacks its outcome, which only the store can determine.

    ``parts`` are the results for the article's other pages, ``rules_off`` the rules that took too long for it and are
    switched off from now on.
    """

    result: PageResult
    parts: tuple[PageResult, ...] = ()
    item: Item | None = None
    rules_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageProcessor:
    """Extracts and tags pages with these rules, source records and review windows."""

    rules: Rules
    sources: Mapping[str, Source]
    windows: Windows

    def process(self, page: Page) -> ProcessedPage:
        """Extract and tag ``page``; never raises for the content of a page."""
        parts = tuple(
            PageResult(url=part.url, source_id=part.source_id, outcome=Outcome.PART, status=part.status)
            for part in page.parts
        )
        if fault := url_fault(page.url):
            return ProcessedPage(_result(page, Outcome.BAD_ADDRESS, fault), parts)
        try:
            return self._processed(page, parts)
        except (
            Exception
        ) as error:  # a single page of the open web or of an old archive must not stop the run; it is counted
            logger.exception("processing failed: %s", page.url)
            detail = printable(f"{type(error).__name__}: {error}")
            return ProcessedPage(_result(page, Outcome.FAILED, detail), parts)

    def _processed(self, page: Page, parts: tuple[PageResult, ...]) -> ProcessedPage:
        if page.kind == "control":
            return ProcessedPage(_result(page, Outcome.CONTROL, f"HTTP {page.status}"))
        if answered := answer_outcome(page):
            return ProcessedPage(_result(page, *answered), parts)
        if page.kind == "listing":
            if page.links:
                return ProcessedPage(_result(page, Outcome.LISTING), parts)
            return ProcessedPage(_result(page, Outcome.LISTING_EMPTY, _list_sign(page)), parts)
        source = self.sources.get(page.source_id)
        article = read_article(page, source)
        if isinstance(article, Rejected):
            return ProcessedPage(_result(page, article.reason, article.detail), parts)
        before = len(switched_off)
        item = self._item(page, article, source)
        _, _, opinion = article.method.partition(", ")
        result = _result(page, Outcome.INDEXED, opinion, key=item.id)
        return ProcessedPage(result, parts, item, tuple(switched_off[before:]))

    def _item(self, page: Page, article: Article, source: Source | None) -> Item:
        day = article.day
        return Item(
            id=item_id(article.url),
            source_id=page.source_id,
            source_name=source.name if source else page.source_id,
            tier=source.tier if source else "commercial",
            fetched_at=page.fetched_at.isoformat(),
            window=self.windows.of(day) if day else "",
            content_hash=content_hash(article),
            article=article,
            tags=classify(article, self.rules, source),
            added_by=page.added_by,
        )


@dataclass(frozen=True, slots=True)
class PageFilter:
    """Which archived pages to process: article pages that were answered, of these days and URLs."""

    since: date | None = None
    only: frozenset[str] | None = None

    def __contains__(self, page: Page) -> bool:
        return (
            page.kind == "article"
            and page.status == 200
            and (self.only is None or printable(page.url) in self.only)
            and (self.since is None or page.fetched_at.date() >= self.since)
        )


def process_span(processor: PageProcessor, wanted: PageFilter, span: Span) -> list[ProcessedPage]:
    """The map step of a rebuild: the wanted pages in a span of the archive, in file order."""
    return process_pages(
        processor, wanted, str(span.path), lambda on_bad: read_pages(span.path, on_bad, span.start, span.end)
    )


def process_pages(
    processor: PageProcessor, wanted: PageFilter, file: str, read: Callable[[Callable[[str], None]], Iterable[Page]]
) -> list[ProcessedPage]:
    """The wanted pages among those that ``read`` yields from ``file``.

    What cannot be read, which ``read`` reports to the function passed to it, becomes a processed page with the outcome
    ``unreadable``.
    """
    processed_pages: list[ProcessedPage] = []

    def bad(text: str) -> None:
        result = PageResult(url=file, source_id="", outcome=Outcome.UNREADABLE, detail=text)
        processed_pages.append(ProcessedPage(result))

    for page in read(bad):
        if page in wanted:
            processed_pages.append(processor.process(page))  # noqa: PERF401  # bad() appends to the list meanwhile
    return processed_pages


def _list_sign(page: Page) -> str:
    """Why a list yielded no link: a script renders it, or it is an error page; empty if there is no evidence."""
    return script_sign(decode(page.body, page.headers).text, page.url) or list_sign(page)


def read_article(page: Page, source: Source | None) -> Article | Rejected:
    """The article of ``page`` and its parts; a page that breaks the extractor is rejected instead of raising."""
    if is_hand_page(page):
        return hand_article(page)
    try:
        return extract(page, source)
    except Exception as error:  # a page of the open web must not stop a crawl; it is counted and logged
        logger.exception("extraction failed: %s", page.url)
        return Rejected(url=page.url, reason=Outcome.FAILED, detail=f"{type(error).__name__}: {error}")


def content_hash(article: Article) -> str:
    """Changes whenever a reader would see different text: title, day and body."""
    text = f"{article.title}\n{article.published_at}\n{article.body}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _result(page: Page, outcome: Outcome, detail: str = "", key: str = "") -> PageResult:
    return PageResult(
        url=page.url,
        source_id=page.source_id,
        outcome=outcome,
        detail=detail or page.note,
        status=page.status,
        links=page.links,
        item_id=key,
    )
