"""The comparison with the previous window: sectors that grew or shrank, and new 互联网+ words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from yuqing.core.decided import decided
from yuqing.core.records import Item
from yuqing.review.report.form import Form
from yuqing.review.report.groups import Group, group, sectors_of
from yuqing.review.report.records import Change


@dataclass(frozen=True, slots=True)
class Earlier:
    """The previous window's data for the comparison: items by sector, and the phrases that keywords.yaml lacks."""

    sectors: Mapping[str, int]
    words: frozenset[str]


def earlier_of(groups: Iterable[Group]) -> Earlier:
    """The data for a comparison, from the stories of a window."""
    found = [story.head for story in groups]
    return Earlier(
        sectors=Counter(name for item in found for name in sectors_of(item)),
        words=frozenset(tag.phrase for item in found for tag in item.tags.sectors if tag.name is None),
    )


def earlier(items: Iterable[Item], form: Form) -> Earlier:
    """The data for a comparison, from the items of the previous window."""
    return earlier_of(group(map(decided, items), form.tiers))


def changes_since(now: Earlier, before: Earlier | None) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Changes of sectors since the previous window, and 互联网+ words found neither there nor in keywords.yaml."""
    if before is None:
        return (), ()
    counts = [Counter(found.sectors) for found in (now, before)]
    changes = tuple(
        Change(name=name, kind=_kind(counts[0][name], counts[1][name]), now=counts[0][name], before=counts[1][name])
        for name in sorted(set(counts[0]) | set(counts[1]), key=lambda name: (-counts[0][name], -counts[1][name], name))
    )
    return changes, tuple(sorted(now.words - before.words))


def _kind(now: int, before: int) -> Literal["new", "up", "down", "gone", "same"]:
    if now == before:
        return "same"
    if not before or not now:
        return "gone" if before else "new"
    return "up" if now > before else "down"
