"""The effective tags of an item: what a person decided overrides what the rules say."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from yuqing.core.facets import correctable, labelled
from yuqing.core.records import Item, Review, Tags


def decided_tags(tags: Tags, review: Review) -> Tags:
    """``tags`` overridden by ``review``; evidence and score remain those of the rules."""
    changes: dict[str, Any] = {}
    if labels := review.labels:
        for facet in correctable():
            said = labelled(labels, facet)
            if said is not None and said != getattr(tags, facet.attribute):
                changes[facet.attribute] = said
    if review.sections and review.sections != tags.sections:
        changes["sections"] = review.sections
    return replace(tags, **changes) if changes else tags


def decided(item: Item) -> Item:
    """``item`` with its effective tags; the same object if nobody changed any."""
    tags = decided_tags(item.tags, item.review)
    return item if tags is item.tags else replace(item, tags=tags)
