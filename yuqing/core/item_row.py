"""An item as one flat row: what `yuqing export`, Scrapy's feeds and the API hand out (docs/export.md)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from yuqing.core.decided import decided
from yuqing.core.facets import FACETS, tag_columns
from yuqing.core.records import Document, Item

Texts = tuple[str, ...]
Row = dict[str, Any]
"""The fields of a row in the order of :data:`COLUMNS`; tags are the effective ones (a person's override the rules')."""

COLUMNS: dict[str, Any] = {
    "id": str,
    "url": str,
    "title": str,
    "published_at": str,
    "day": date | None,
    "date_source": str,
    "window": str,
    "source": str,
    "source_name": str,
    "tier": str,
    "origin": str,
    "editor": str,
    "columns": Texts,
    "relevant": bool,
    "score": float,
    **{column: Texts for facet in FACETS for column in facet.columns},
    "cluster": str,
    "cluster_lead": bool,
    "state": str,
    "row": str,
    "reviewed_by": str,
    "reviewed_at": str,
    "attachments": Texts,
    "document_number": str,
    "document_index": str,
    "document_issuer": str,
    "document_written_on": str,
    "document_published_on": str,
    "document_topic": str,
    "document_validity": str,
    "document_related": Texts,
    "fetched_at": str,
    "content_hash": str,
    "rules": str,
    "body": str,
}
"""The columns with the types of their values."""


def item_row(item: Item) -> Row:
    """The row of ``item``."""
    article, tags, review = item.article, decided(item).tags, item.review
    document = article.document or Document()
    return {
        "id": item.id,
        "url": article.url,
        "title": article.title,
        "published_at": article.published_at,
        "day": article.day,
        "date_source": article.date_source,
        "window": item.window,
        "source": item.source_id,
        "source_name": item.source_name,
        "tier": item.tier,
        "origin": article.origin,
        "editor": article.editor,
        "columns": article.columns,
        "relevant": tags.relevant,
        "score": tags.score,
        **tag_columns(tags),
        "cluster": item.cluster.id if item.cluster else "",
        "cluster_lead": item.cluster.lead if item.cluster else True,
        "state": review.state,
        "row": review.row,
        "reviewed_by": review.by,
        "reviewed_at": review.at,
        "attachments": _once(attachment.url for attachment in article.attachments),
        "document_number": document.number,
        "document_index": document.index,
        "document_issuer": document.issuer,
        "document_written_on": document.written_on,
        "document_published_on": document.published_on,
        "document_topic": document.topic,
        "document_validity": document.validity,
        "document_related": _once(page.url for page in document.related),
        "fetched_at": item.fetched_at,
        "content_hash": item.content_hash,
        "rules": tags.rules,
        "body": article.body,
    }


def _once(values: Iterable[str | None]) -> Texts:
    return tuple(dict.fromkeys(value for value in values if value))
