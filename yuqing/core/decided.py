"""The tags that count: what a person decided goes before what the rules say."""

from __future__ import annotations

from msgspec.structs import replace

from yuqing.core.records import Item, Labels, Review, Tags


def decided_tags(tags: Tags, review: Review) -> Tags:
    """``tags`` with what ``review`` says instead; evidence and score stay those of the rules."""
    labels = review.labels or labels_of(tags)
    sections = review.sections or tags.sections
    if labels == labels_of(tags) and sections == tags.sections:
        return tags
    return replace(
        tags,
        sectors=labels.sectors,
        regions=labels.regions,
        ministries=labels.ministries,
        enterprises=labels.enterprises,
        sections=sections,
    )


def decided(item: Item) -> Item:
    """``item`` with the tags that count; the same object where nobody changed any."""
    tags = decided_tags(item.tags, item.review)
    return item if tags is item.tags else replace(item, tags=tags)


def labels_of(tags: Tags) -> Labels:
    """What the rules say, in the form in which a person confirms it."""
    return Labels(sectors=tags.sectors, regions=tags.regions, ministries=tags.ministries, enterprises=tags.enterprises)
