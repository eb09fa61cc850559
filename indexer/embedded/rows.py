"""An item as a row of the embedded store, and back."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from indexer.highlight import highlight, snippet
from indexer.store import Hit
from indexer.unreadable import or_none
from yuqing.core.jsonio import from_json, item_from_json, to_json
from yuqing.core.records import Item, ReprintCluster, Review


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
    """The crawler's part as JSON; window, cluster and review have columns of their own."""
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


def item_or_none(row: tuple[Any, ...] | None) -> Item | None:
    """The item; None if there is no row, or its document cannot be read."""
    return None if row is None else or_none(item_of, row)


def hit_of(item: Item, score: float, wanted: list[list[str]]) -> Hit:
    article = item.article
    return Hit(item, score, highlight(article.title, wanted), snippet(article.body, wanted))
