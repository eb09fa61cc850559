"""The way of a page after the archive: extract, classify, reprint family, window, store.

The crawl, the replay of saved pages and the rebuild from the archive all go through :meth:`Flow.process`.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import replace

from classifiers import classify
from classifiers.rules import Rules
from core.records import Article, Item, Outcome, Page, PageResult, Rejected, Source
from core.times import Windows
from core.urls import item_id
from crawler.extract import extract
from crawler.refusals import answer_outcome
from indexer.families import FamilyIndex
from indexer.store import Store

logger = logging.getLogger(__name__)


class Flow:
    """Turns pages into stored items, one outcome a page."""

    def __init__(self, store: Store, rules: Rules, sources: Mapping[str, Source], windows: Windows) -> None:
        self._store = store
        self._rules = rules
        self._sources = sources
        self._windows = windows
        self._families = FamilyIndex(store)

    def process(self, page: Page) -> PageResult:
        """Deal with ``page``; never raises for what is on the page. A store that fails raises YuqingError."""
        outcome, detail, key = self._outcome(page)
        return PageResult(
            url=page.url,
            source_id=page.source_id,
            outcome=outcome,
            detail=detail or page.note,
            status=page.status,
            links=page.links,
            item_id=key,
        )

    def _outcome(self, page: Page) -> tuple[Outcome, str, str]:
        answered = answer_outcome(page)
        if answered:
            return *answered, ""
        if page.kind == "listing":
            return (Outcome.LISTING if page.links else Outcome.LISTING_EMPTY), page.note, ""
        source = self._sources.get(page.source_id)
        article = read_article(page, source)
        if isinstance(article, Rejected):
            return article.reason, article.detail, ""
        item = self._item(page, article, source)
        return *self._keep(item), item.id

    def _item(self, page: Page, article: Article, source: Source | None) -> Item:
        day = article.day
        return Item(
            id=item_id(article.url),
            source_id=page.source_id,
            source_name=source.name if source else page.source_id,
            tier=source.tier if source else "commercial",
            fetched_at=page.fetched_at.isoformat(),
            window=self._windows.of(day) if day else "",
            content_hash=content_hash(article),
            article=article,
            tags=classify(article, self._rules, source),
        )

    def _keep(self, item: Item) -> tuple[Outcome, str]:
        if not item.article.published_at:
            self._store.put([item])
            return Outcome.UNDATED, "kept in quarantine"
        relevant = item.tags.relevant
        family = self._families.add(item) if relevant else None
        (result,) = self._store.put([replace(item, family=family)])
        if result.written == "unchanged":
            return Outcome.UNCHANGED, ""
        if result.written == "updated":
            return Outcome.UPDATED, ""
        if not relevant:
            return Outcome.NOT_RELEVANT, f"score {item.tags.score:.2f}"
        if family and not family.lead:
            return Outcome.REPRINT, f"of {family.id}"
        return Outcome.INDEXED, ""


def read_article(page: Page, source: Source | None) -> Article | Rejected:
    """The article of ``page`` and its parts; a page that breaks the extractor is rejected, not raised."""
    try:
        return extract(page, source)
    except Exception as error:  # a page of the open web must not stop a crawl; it is counted and named
        logger.exception("extraction failed: %s", page.url)
        return Rejected(url=page.url, reason=Outcome.FAILED, detail=f"{type(error).__name__}: {error}")


def content_hash(article: Article) -> str:
    """Changes when a reader would see another text: title, day and body."""
    text = f"{article.title}\n{article.published_at}\n{article.body}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]
