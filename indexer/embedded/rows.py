"""An item as a row of the embedded store, and back."""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from msgspec import structs

from indexer.highlight import highlight, snippet
from indexer.store import Hit
from yuqing.core.jsonio import from_json, item_from_json, to_json
from yuqing.core.records import Item, ReprintCluster, Review

logger = logging.getLogger(__name__)
UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)  # what a document may raise that another hand wrote


def columns(item: Item) -> tuple[object, ...]:
    article = item.article
    return (
        article.published_at,
        article.published_at[:10],
        item.window,
        item.source_id,
        item.tier,
        int(item.tags.relevant),
        *cluster_columns(item.cluster),
    )


def cluster_columns(cluster: ReprintCluster | None) -> tuple[str, int]:
    return (cluster.id, int(cluster.lead)) if cluster else ("", 1)


def item_data(item: Item) -> bytes:
    """The crawler's part; window, cluster and review have columns of their own."""
    return to_json(structs.replace(item, cluster=None, review=Review()))


def review_of(data: bytes | None) -> Review:
    return from_json(data, Review) if data else Review()


def item_of(row: tuple[Any, ...]) -> Item:
    data, window, cluster, lead, review = row[:5]
    return structs.replace(
        item_from_json(data),
        window=window,
        cluster=ReprintCluster(id=cluster, lead=bool(lead)) if cluster else None,
        review=review_of(review),
    )


def item_or_none(row: tuple[Any, ...]) -> Item | None:
    """The item; None for a document that cannot be read: it stops nobody, and a rebuild writes it anew."""
    try:
        return item_of(row)
    except UNREADABLE as error:
        logger.warning("an item of the store cannot be read (%s); it is passed over", error)
        return None


def hit_of(item: Item, score: float, wanted: list[list[str]]) -> Hit:
    article = item.article
    return Hit(item, score, highlight(article.title, wanted), snippet(article.body, wanted))
