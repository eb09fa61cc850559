"""``yuqing keywords candidates``: 互联网+X phrases that keywords.yaml does not contain yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from yuqing.core.records import Item

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Example:
    """An item that uses the phrase."""

    id: str
    title: str
    url: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A new phrase: the number of items that use it (reprints count once), first and last day, and examples."""

    phrase: str
    count: int
    first_seen: str
    last_seen: str
    examples: tuple[Example, ...]


def candidates(items: Iterable[Item]) -> list[Candidate]:
    """The phrases without a canonical sector, most frequent first, then in order of their first day."""
    using: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.cluster is not None and not item.cluster.lead:
            continue
        for tag in item.tags.sectors:
            if tag.name is None:
                using[tag.phrase].append(item)
    found = [_candidate(phrase, uses) for phrase, uses in using.items()]
    return sorted(found, key=lambda c: (-c.count, c.first_seen, c.phrase))


def _candidate(phrase: str, items: list[Item]) -> Candidate:
    items = sorted(items, key=lambda item: (item.article.published_at, item.id))
    days = [item.article.published_at[:10] for item in items if item.article.published_at]
    return Candidate(
        phrase=phrase,
        count=len(items),
        first_seen=days[0] if days else "",
        last_seen=days[-1] if days else "",
        examples=tuple(_example(phrase, item) for item in items[:EXAMPLES]),
    )


def _example(phrase: str, item: Item) -> Example:
    sentence = next((e.sentence for e in item.tags.evidence if e.tag == phrase), "")
    return Example(id=item.id, title=item.article.title, url=item.article.url, sentence=sentence)
