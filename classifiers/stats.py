"""``yuqing keywords stats``: what each rule of keywords.yaml found, how much of it people kept, and which rules found
nothing recently."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from classifiers.rules import Rules
from yuqing.core.facets import FACETS, correctable, label_of, labelled, labels_of
from yuqing.core.records import Item, Labels, Tags

QUIET_DAYS = 90
UNKNOWN = "（未收录）"
_SIGNAL = "信号"
Key = tuple[str, str]
Verdict = Literal["kept", "removed", "irrelevant", ""]


@dataclass(frozen=True, slots=True)
class Word:
    """An alias or phrase that was found: in how many items, and in how many of them wrongly according to people."""

    text: str
    hits: int
    wrong: int


@dataclass(frozen=True, slots=True)
class RuleHits:
    """A rule (``kind`` as analysts call it, ``name`` as in keywords.yaml): items, last day, words found.

    ``quiet``: no item in the last QUIET_DAYS days. ``reviewed``: items with a decision, in which people ``kept`` the
    tag, ``removed`` it, or dropped the item as not relevant; other drops (重复, 评论 …) say nothing about the rule.
    ``missed``: accepted items to which a person had to add the tag. For a signal with points against relevance it is
    the reverse: correct in what was dropped as not relevant (``kept``), wrong in what was accepted (``removed``).
    """

    kind: str
    name: str
    hits: int
    last_hit: str
    quiet: bool
    words: tuple[Word, ...]
    reviewed: int
    kept: int
    removed: int
    irrelevant: int
    missed: int

    @property
    def wrong(self) -> int:
        """Hits that a person judged wrong."""
        return self.removed + self.irrelevant

    @property
    def precision(self) -> float | None:
        """The share that was kept; None if nobody judged a hit."""
        judged = self.kept + self.wrong
        return self.kept / judged if judged else None


@dataclass(slots=True)
class _Tally:
    """The counts for one rule."""

    hits: int = 0
    last: str = ""
    reviewed: int = 0
    missed: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    wrong_words: Counter[str] = field(default_factory=Counter)


def stats(items: Iterable[Item], rules: Rules, today: date) -> list[RuleHits]:
    """A line for every rule, including those without a hit: those that people judged worst first, then those that
    nobody has reviewed, in the order of keywords.yaml."""
    tallies: defaultdict[Key, _Tally] = defaultdict(_Tally)
    for key in _rules(rules):
        tallies[key]  # in this order, hit or not
    against = {(_SIGNAL, signal.name) for signal in rules.keywords.relevance.signals if signal.weight < 0}
    for item in items:
        _count(item, tallies, against)
    since = (today - timedelta(days=QUIET_DAYS)).isoformat()
    return sorted((_line(key, tally, since) for key, tally in tallies.items()), key=_worst_first)


def _count(item: Item, tallies: defaultdict[Key, _Tally], against: set[Key]) -> None:
    labels = item.review.labels if item.review.state == "accepted" else None
    found = set(_used(item.tags))
    verdicts = {key: _turned(_verdict(item, key)) if key in against else _verdict(item, key) for key, _ in found}
    for key, word in found:
        tallies[key].words[word] += 1
        tallies[key].wrong_words[word] += verdicts[key] in ("removed", "irrelevant")
    for key, verdict in verdicts.items():
        tally = tallies[key]
        tally.hits += 1
        tally.last = max(tally.last, item.article.published_at[:10])
        tally.reviewed += item.review.state != "pending"
        tally.verdicts[verdict] += 1
    if labels:
        for key in _confirmed(labels) - _confirmed(labels_of(item.tags)):
            tallies[key].missed += 1


def _verdict(item: Item, key: Key) -> Verdict:
    """What the decision on ``item`` says about a rule that found it; "" for nothing."""
    review = item.review
    if review.state == "dropped":
        return "irrelevant" if review.reason == "irrelevant" else ""
    if review.state != "accepted":
        return ""
    judged = next((facet for facet in correctable() if facet.label == key[0]), None)
    if judged is None:
        return "kept"
    if review.labels is None or labelled(review.labels, judged) is None:
        return ""
    if key[1] == UNKNOWN:
        given = {tag.phrase for tag in item.tags.sectors if not tag.name}
        return "kept" if given & {tag.phrase for tag in review.labels.sectors} else "removed"
    return "kept" if key in _confirmed(review.labels) else "removed"


def _turned(verdict: Verdict) -> Verdict:
    """The verdict on a signal against relevance."""
    return "kept" if verdict == "irrelevant" else "removed" if verdict == "kept" else ""


def _confirmed(labels: Labels) -> set[Key]:
    """The tags that correspond to rules of keywords.yaml."""
    return {
        (facet.label, name)
        for facet in correctable()
        if facet.listed
        for tag in labelled(labels, facet) or ()
        if (name := facet.fields[0].value(tag))
    }


def _line(key: Key, tally: _Tally, since: str) -> RuleHits:
    return RuleHits(
        kind=key[0],
        name=key[1],
        hits=tally.hits,
        last_hit=tally.last,
        quiet=tally.last < since,
        words=tuple(Word(text, hits, tally.wrong_words[text]) for text, hits in tally.words.most_common()),
        reviewed=tally.reviewed,
        kept=tally.verdicts["kept"],
        removed=tally.verdicts["removed"],
        irrelevant=tally.verdicts["irrelevant"],
        missed=tally.missed,
    )


def _worst_first(line: RuleHits) -> tuple[bool, float, int, int]:
    precision = line.precision
    return (precision is None and not line.missed, 1.0 if precision is None else precision, -line.wrong, -line.missed)


def _rules(rules: Rules) -> Iterator[Key]:
    keywords = rules.keywords
    for facet in FACETS:
        if facet.listed:
            yield from ((facet.label, one.name) for one in getattr(keywords, facet.listed))
        elif facet.key == "event":
            yield from ((facet.label, kind.name) for kind in keywords.events.kinds)
    yield from ((_SIGNAL, signal.name) for signal in keywords.relevance.signals)


def _used(tags: Tags) -> Iterator[tuple[Key, str]]:
    """The rules that an item's tags are based on, each with the word that was found."""
    for sector in tags.sectors:
        yield (label_of("sector"), sector.name or UNKNOWN), sector.phrase
    for event in tags.events:
        yield (label_of("event"), event.kind), event.name
    plain = {facet.key: facet.label for facet in FACETS if facet.plain and facet.listed}
    for evidence in tags.evidence:
        kind, _, rule = evidence.rule.partition(":")
        if kind == "relevance":
            yield (_SIGNAL, rule), evidence.text
        elif kind in plain:
            yield (plain[kind], evidence.tag), evidence.text
