"""An item as one flat row: what `yuqing export`, Scrapy's feeds and the API hand out (docs/export.md)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yuqing.core.decided import decided
from yuqing.core.records import Document, Item, Record


class ItemRow(Record):
    """The fields of a row, in the order of the columns; the tags are those that count, a person's before the rules'."""

    id: str
    url: str
    title: str
    published_at: str
    day: date | None
    date_source: str
    window: str
    source: str
    source_name: str
    tier: str
    origin: str
    editor: str
    columns: tuple[str, ...]
    relevant: bool
    score: float
    sectors: tuple[str, ...]
    phrases: tuple[str, ...]
    provinces: tuple[str, ...]
    cities: tuple[str, ...]
    counties: tuple[str, ...]
    region_codes: tuple[str, ...]
    ministries: tuple[str, ...]
    enterprises: tuple[str, ...]
    events: tuple[str, ...]
    topics: tuple[str, ...]
    actions: tuple[str, ...]
    sections: tuple[str, ...]
    cluster: str
    cluster_lead: bool
    state: str
    row: str
    reviewed_by: str
    reviewed_at: str
    attachments: tuple[str, ...]
    document_number: str
    document_index: str
    document_issuer: str
    document_written_on: str
    document_published_on: str
    document_topic: str
    document_validity: str
    document_related: tuple[str, ...]
    fetched_at: str
    content_hash: str
    rules: str
    body: str


def item_row(item: Item) -> ItemRow:
    """The row of ``item``."""
    article, tags, review = item.article, decided(item).tags, item.review
    document = article.document or Document()
    return ItemRow(
        id=item.id,
        url=article.url,
        title=article.title,
        published_at=article.published_at,
        day=article.day,
        date_source=article.date_source,
        window=item.window,
        source=item.source_id,
        source_name=item.source_name,
        tier=item.tier,
        origin=article.origin,
        editor=article.editor,
        columns=article.columns,
        relevant=tags.relevant,
        score=tags.score,
        sectors=_once(tag.name for tag in tags.sectors),
        phrases=_once(tag.phrase for tag in tags.sectors),
        provinces=_once(tag.province for tag in tags.regions),
        cities=_once(tag.city for tag in tags.regions),
        counties=_once(tag.county for tag in tags.regions),
        region_codes=_once(tag.code for tag in tags.regions),
        ministries=tags.ministries,
        enterprises=tags.enterprises,
        events=_once(event.name for event in tags.events),
        topics=tags.topics,
        actions=tags.actions,
        sections=tags.sections,
        cluster=item.cluster.id if item.cluster else "",
        cluster_lead=item.cluster.lead if item.cluster else True,
        state=review.state,
        row=review.row,
        reviewed_by=review.by,
        reviewed_at=review.at,
        attachments=_once(attachment.url for attachment in article.attachments),
        document_number=document.number,
        document_index=document.index,
        document_issuer=document.issuer,
        document_written_on=document.written_on,
        document_published_on=document.published_on,
        document_topic=document.topic,
        document_validity=document.validity,
        document_related=_once(page.url for page in document.related),
        fetched_at=item.fetched_at,
        content_hash=item.content_hash,
        rules=tags.rules,
        body=article.body,
    )


def _once(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
