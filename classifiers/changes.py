"""``yuqing retag --dry-run``: the tags that an edit of keywords.yaml would add, remove and move in an item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from yuqing.core.facets import FACETS
from yuqing.core.records import Tags


@dataclass(frozen=True, slots=True)
class TagChanges:
    """Tags as ``kind:name``; a move is a pair (before, after) based on the same words or belonging to the same item."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.moved)


def tag_changes(old: Tags, new: Tags) -> TagChanges:
    """The difference. Two tags of a kind count as one move if they are based on the same words of the text, if a phrase
    gets another sector, or if an item goes from one section (or main province) to another."""
    before, after = dict(_labels(old)), dict(_labels(new))
    dropped = [label for label in before if label not in after]
    added = [label for label in after if label not in before]
    moved: list[tuple[str, str]] = []
    spans_before, spans_after = _spans(old), _spans(new)
    for label in list(dropped):
        partner = _partner(label, added, before, after, spans_before, spans_after)
        if partner is not None:
            moved.append((label, partner))
            dropped.remove(label)
            added.remove(partner)
    for kind in ("section", "province"):
        one, other = [x for x in dropped if _kind(x) == kind], [x for x in added if _kind(x) == kind]
        if len(one) == len(other) == 1:
            moved.append((one[0], other[0]))
            dropped.remove(one[0])
            added.remove(other[0])
    return TagChanges(tuple(added), tuple(dropped), tuple(moved))


def _labels(tags: Tags) -> Iterator[tuple[str, str]]:
    """Each tag as displayed, with what makes it the same tag under another name (the phrase of a sector)."""
    if tags.relevant:
        yield "relevant", ""
    for sector in tags.sectors:
        yield f"sector:{sector.phrase} → {sector.name or '（未收录）'}", sector.phrase
    for region in tags.regions:
        if region.primary and region.province:
            yield f"province:{region.province}", ""
        elif region.province:
            yield f"region:{'/'.join(filter(None, (region.province, region.city, region.county)))}", ""
    for facet in FACETS:
        if facet.key not in ("sector", "region"):
            for tag in getattr(tags, facet.attribute):
                yield f"{facet.key}:{facet.fields[0].value(tag)}", ""


def _spans(tags: Tags) -> dict[str, set[tuple[str, int, int]]]:
    spans: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for evidence in tags.evidence:
        kind = evidence.rule.partition(":")[0]
        spans[f"{kind}:{evidence.tag}"].add((evidence.field, evidence.start, evidence.end))
    return spans


def _kind(label: str) -> str:
    return label.partition(":")[0]


def _partner(
    label: str,
    added: list[str],
    before: dict[str, str],
    after: dict[str, str],
    spans_before: dict[str, set[tuple[str, int, int]]],
    spans_after: dict[str, set[tuple[str, int, int]]],
) -> str | None:
    for other in added:
        if _kind(other) != _kind(label):
            continue
        if before[label] and before[label] == after[other]:
            return other
        if spans_before.get(label, set()) & spans_after.get(other, set()):
            return other
    return None
