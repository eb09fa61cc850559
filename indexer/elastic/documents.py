"""Converts an item to an Elasticsearch document and back."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from indexer.tokens import joined
from indexer.unreadable import or_none
from yuqing.core.decided import decided_tags
from yuqing.core.facets import tag_values
from yuqing.core.jsonio import from_plain, to_plain
from yuqing.core.provinces import province_of
from yuqing.core.records import Article, Item, ReprintCluster, Review

_NO_REVIEW: dict[str, Any] = to_plain(Review())
SOURCE_FIELDS = ["title", "body", "window", "family", "review", "record"]


def new_document(item: Item) -> dict[str, Any]:
    """The whole document of an item that nobody has reviewed."""
    return {
        "id": item.id,
        **crawled(replace(item, review=Review())),
        "family": cluster_value(item.cluster),
        "review": _NO_REVIEW,
        "decisions": [],
    }


def crawled(item: Item) -> dict[str, Any]:
    """The crawler's fields; never cluster or review."""
    article = item.article
    day = article.published_at[:10]
    midnight = "T00:00:00+08:00" if article.published_at == day else ""
    return {
        "url": article.url,
        "title": article.title,
        "body": article.body,
        "tokens": {"title": joined(article.title), "body": joined(article.searched)},
        "published": article.published_at,
        "published_at": article.published_at + midnight if day else None,
        "day": day or None,
        "date_source": article.date_source,
        "fetched_at": item.fetched_at,
        "window": item.window,
        "source": item.source_id,
        "source_name": item.source_name,
        "tier": item.tier,
        "origin": article.origin,
        "editor": article.editor,
        "content_hash": item.content_hash,
        **tagged(item),
    }


def tagged(item: Item) -> dict[str, Any]:
    """The fields derived from the tags, and the record that holds them."""
    return {**counted(item), "record": _record(item)}


def counted(item: Item) -> dict[str, Any]:
    """The fields by which an item is found and counted: a person's tags take precedence over those of the rules."""
    tags = decided_tags(item.tags, item.review)
    codes = [region.code for region in tags.regions if region.code]
    provinces = list(dict.fromkeys(code[:2] for code in codes))
    return {
        "relevant": tags.relevant,
        "score": tags.score,
        "rules": tags.rules,
        **tag_values(tags),
        "sector_path": [f"{tag.group}/{tag.name}" for tag in tags.sectors if tag.name],
        "province_code": provinces,
        "province_iso": [province.iso for code in provinces if (province := province_of(code))],
        "region_code": codes,
    }


def cluster_value(cluster: ReprintCluster | None) -> dict[str, Any] | None:
    """The cluster field."""
    return {"id": cluster.id, "lead": cluster.lead} if cluster else None


def reviewed(item: Item, decisions: list[Review]) -> dict[str, Any]:
    """The reviewers' fields, and those derived from them."""
    return {**counted(item), "review": to_plain(item.review), "decisions": to_plain(decisions)}


def item_of(source: dict[str, Any]) -> Item:
    """The item of a document that was read with :data:`SOURCE_FIELDS`."""
    record = dict(source["record"])
    record["article"] = {**record["article"], "title": source["title"], "body": source["body"]}
    cluster = source.get("family")
    return replace(
        from_plain(record, Item),
        window=source["window"],
        cluster=ReprintCluster(id=cluster["id"], lead=cluster["lead"]) if cluster else None,
        review=from_plain(source["review"], Review),
    )


def item_or_none(source: dict[str, Any]) -> Item | None:
    """Like :func:`item_of`; None for an unreadable document."""
    return or_none(item_of, source)


def decisions_of(source: dict[str, Any]) -> list[Review]:
    """Every readable decision of a document, in order."""
    found = (or_none(_review_of, plain) for plain in source.get("decisions") or ())
    return [review for review in found if review is not None]


def written_over(source: dict[str, Any], item: Item) -> dict[str, Any]:
    """The whole document of ``item`` to replace an unreadable one; the decisions of people are kept."""
    decisions = decisions_of(source)
    last = or_none(_review_of, source.get("review")) or (decisions[-1] if decisions else Review())
    return {**new_document(item), **reviewed(replace(item, review=last), decisions)}


def _review_of(plain: object) -> Review:
    return from_plain(plain, Review)


def _record(item: Item) -> dict[str, Any]:
    """The item without what other fields hold."""
    bare: Article = replace(item.article, title="", body="")
    plain: dict[str, Any] = to_plain(replace(item, article=bare, window="", cluster=None, review=Review()))
    return plain
