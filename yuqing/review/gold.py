"""Decisions as labels: what a reviewed item says about the rules.

- Accepted: it is relevant, and the tags in the form are right, corrected or not. A decision from before tags were saved
with it says nothing about them.
- Dropped as 与主题无关: it is not relevant. Its other tags were not judged.
- Dropped for another reason or none (重复, 评论 …): it was not suited to this report, which says nothing about the
  rules.
- Pending, edited or not, and the reprints of a reviewed item: not reviewed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from yuqing.core.facets import correctable, labelled
from yuqing.core.records import DropReason, Item, Labels


@dataclass(slots=True)
class Coverage:
    """How much was reviewed: the number of ``relevant`` items; of accepted ones; of dropped ones, by reason."""

    relevant: int = 0
    accepted: int = 0
    dropped: Counter[DropReason] = field(default_factory=Counter)

    @property
    def reviewed(self) -> int:
        """Items with a decision."""
        return self.accepted + self.dropped.total()


def gold_rows(items: Iterable[Item], coverage: Coverage) -> Iterator[dict[str, Any]]:
    """A labelled text (:mod:`classifiers.scoring`) for each item whose decision is a label; counts all items."""
    for item in items:
        review = item.review
        coverage.relevant += item.tags.relevant
        if review.state == "accepted":
            coverage.accepted += 1
            labels: dict[str, Any] = {"relevant": True}
            if review.sections:
                labels["section"] = list(review.sections)
            if review.labels:
                labels |= _tags(review.labels)
            yield _row(item, labels)
        elif review.state == "dropped":
            coverage.dropped[review.reason] += 1
            if review.reason == "irrelevant":
                yield _row(item, {"relevant": False})


def _tags(labels: Labels) -> dict[str, list[str]]:
    return {
        "sectors": sorted({tag.phrase for tag in labels.sectors}),
        "provinces": sorted({region.province for region in labels.regions if region.primary and region.province}),
    } | {
        facet.attribute: list(said)
        for facet in correctable()
        if facet.plain and (said := labelled(labels, facet)) is not None
    }


def _row(item: Item, labels: dict[str, Any]) -> dict[str, Any]:
    article, review = item.article, item.review
    return {
        "id": item.id,
        "url": article.url,
        "source": item.source_id,
        "date": article.published_at[:10],
        "title": article.title,
        "text": article.body,
        "labels": labels,
        "by": review.by,
        "at": review.at,
    }
