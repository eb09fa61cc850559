"""From items to stories: reprints collapsed into one, with the state that people gave it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yuqing.core.records import Item, Tier


@dataclass(frozen=True, slots=True)
class Group:
    """One story of the window: the item that represents it, and all kept items, in the order of their links."""

    head: Item
    items: tuple[Item, ...]


def kept(item: Item) -> bool:
    """Whether an item may enter the report: on the subject, or accepted by a person; never when dropped."""
    return item.review.state != "dropped" and (item.tags.relevant or item.review.state == "accepted")


def group(items: Iterable[Item], tiers: Sequence[Tier]) -> list[Group]:
    """The stories of ``items``, ordered by the day and id of their heads.

    A cluster whose lead was dropped is dropped with it, unless a person accepted one of the reprints; then that one
    represents the cluster.
    """
    rank = {tier: index for index, tier in enumerate(tiers)}

    def order(item: Item) -> tuple[bool, bool, int, str, str]:
        return (
            item.review.state != "accepted",
            item.cluster is None or not item.cluster.lead,
            rank.get(item.tier, len(rank)),
            item.article.published_at,
            item.id,
        )

    clusters: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        clusters[item.cluster.id if item.cluster else item.id].append(item)
    groups: list[Group] = []
    for members in clusters.values():
        accepted = any(item.review.state == "accepted" for item in members)
        lead_dropped = any(item.review.state == "dropped" and _leads(item) for item in members)
        remaining = sorted((item for item in members if kept(item)), key=order)
        if remaining and (accepted or not lead_dropped):
            groups.append(Group(remaining[0], tuple(remaining)))
    return sorted(groups, key=lambda found: (found.head.article.published_at[:10], found.head.id))


def _leads(item: Item) -> bool:
    return item.cluster is None or item.cluster.lead


def sectors_of(item: Item) -> tuple[str, ...]:
    """The sectors of an item by canonical name, or by phrase if keywords.yaml has none, without duplicates."""
    return tuple(dict.fromkeys(tag.name or tag.phrase for tag in item.tags.sectors))
