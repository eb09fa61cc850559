"""``yuqing keywords stats``: what each rule of keywords.yaml found, and which found nothing lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from classifiers.rules import Rules
from core.records import Item, Tags

QUIET_DAYS = 90
_SHOWN = {"ministry": "部委", "enterprise": "企业", "topic": "专题", "relevance": "信号"}


@dataclass(frozen=True, slots=True)
class RuleHits:
    """A rule (``kind`` as analysts call it, ``name`` as in keywords.yaml): items, last day, words that hit.

    ``quiet``: no item of the last QUIET_DAYS days; ``words`` counts the aliases or phrases that were found.
    """

    kind: str
    name: str
    hits: int
    last_hit: str
    quiet: bool
    words: tuple[tuple[str, int], ...]


def stats(items: Iterable[Item], rules: Rules, today: date) -> list[RuleHits]:
    """A line for every rule, also those without a hit; by kind in the order of keywords.yaml."""
    hits: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], str] = {}
    words: dict[tuple[str, str], Counter[str]] = {}
    for item in items:
        for key, word in set(_used(item.tags)):
            words.setdefault(key, Counter())[word] += 1
        for key in {key for key, _ in _used(item.tags)}:
            hits[key] += 1
            last[key] = max(last.get(key, ""), item.article.published_at[:10])
    since = (today - timedelta(days=QUIET_DAYS)).isoformat()
    known = dict.fromkeys(_rules(rules))
    return [
        RuleHits(
            kind=key[0],
            name=key[1],
            hits=hits[key],
            last_hit=last.get(key, ""),
            quiet=last.get(key, "") < since,
            words=tuple(words.get(key, Counter()).most_common()),
        )
        for key in (*known, *(key for key in hits if key not in known))
    ]


def _rules(rules: Rules) -> Iterator[tuple[str, str]]:
    keywords = rules.keywords
    yield from (("领域", sector.name) for sector in keywords.sectors)
    yield from (("部委", ministry.name) for ministry in keywords.ministries)
    yield from (("企业", company.name) for company in keywords.enterprises)
    yield from (("活动", kind.name) for kind in keywords.events.kinds)
    yield from (("专题", topic.name) for topic in keywords.topics)
    yield from (("信号", signal.name) for signal in keywords.relevance.signals)


def _used(tags: Tags) -> Iterator[tuple[tuple[str, str], str]]:
    """The rules that an item's tags rest on, each with the word that was found."""
    for sector in tags.sectors:
        yield ("领域", sector.name or "（未收录）"), sector.phrase
    for event in tags.events:
        yield ("活动", event.kind), event.name
    for evidence in tags.evidence:
        kind, _, rule = evidence.rule.partition(":")
        if kind in _SHOWN:
            yield (_SHOWN[kind], rule if kind == "relevance" else evidence.tag), evidence.text
