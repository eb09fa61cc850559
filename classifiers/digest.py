"""Combines the tags of a digest's stories: a story off the subject does not affect the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from classifiers.rules import Rules
from classifiers.stories import Story
from yuqing.core.records import RegionTag, Tags

T = TypeVar("T")


def together(parts: Sequence[tuple[Story, Tags]], rules: Rules) -> Tags:
    """The tags of the page: those of its relevant stories; of the others only the actors, and the places as mentions.

    The scores are those of the best story. Evidence offsets refer to the page's body.
    """
    kept = [tags for _, tags in parts if tags.relevant]
    best = max(kept or [tags for _, tags in parts], key=lambda tags: (tags.act >= 0, tags.score))
    every = [tags for _, tags in parts]
    return Tags(
        relevant=bool(kept),
        score=best.score,
        act=best.act,
        reasons=best.reasons,
        sectors=_union(tags.sectors for tags in kept),
        regions=_regions(every),
        ministries=_ordered((name for tags in every for name in tags.ministries), rules),
        enterprises=_ordered((name for tags in every for name in tags.enterprises), rules),
        events=_union(tags.events for tags in kept),
        topics=_union(tags.topics for tags in kept),
        actions=_union(tags.actions for tags in kept),
        sections=tuple(
            section.name for section in rules.keywords.sections if any(section.name in tags.sections for tags in kept)
        ),
        evidence=tuple(
            replace(one, start=one.start + story.start, end=one.end + story.start)
            for story, tags in parts
            for one in tags.evidence
            if tags.relevant or not kept or one.rule.startswith(("ministry:", "enterprise:", "region:"))
        ),
        rules=rules.stamp,
    )


def _union(found: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(tag for tags in found for tag in tags))


def _ordered(names: Iterable[str], rules: Rules) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(names), key=rules.order.__getitem__))


def _regions(every: Iterable[Tags]) -> tuple[RegionTag, ...]:
    """Each place once; primary if a relevant story happens there."""
    found: dict[tuple[str, str, str], RegionTag] = {}
    for tags in every:
        for region in tags.regions:
            shown = region if tags.relevant else replace(region, primary=False)
            key = (region.province, region.city, region.county)
            if key not in found or (shown.primary and not found[key].primary):
                found[key] = shown
    return tuple(found.values())
