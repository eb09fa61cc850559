"""How well the rules agree with labels: precision, recall and F1 by facet.

Used by the evaluation gate (tests/classify/test_gate.py) and ``yuqing evaluate``. A labelled text is a JSON object:
``id``, ``title``, ``text``, ``date`` (YYYY-MM-DD, or anything shorter for none), optionally ``source`` (the id of the
site, by which 我省 is resolved), and ``labels`` with ``relevant``, ``section``, ``sectors``, ``provinces``,
``ministries``, ``enterprises``, ``events`` and ``action``. A facet that is missing from the labels or null is not
scored. A ministry may be labelled with any of its names in keywords.yaml, a company with those of its subsidiaries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from classifiers.classifier import classify
from classifiers.rules import Rules
from yuqing.core.errors import UsageError
from yuqing.core.facets import FACETS
from yuqing.core.records import Article, Source, Tags


def scored_facets() -> tuple[str, ...]:
    """What is scored: relevance, the primary provinces, and the tags of every other facet."""
    return ("relevance", *("provinces" if facet.key == "region" else facet.attribute for facet in FACETS))


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled text; a facet missing from ``gold`` is not scored. ``source`` is the site's id or empty."""

    id: str
    article: Article
    gold: Mapping[str, frozenset[str]]
    source: str = ""


@dataclass(slots=True)
class Count:
    """Correct, wrong and missed labels of a facet, in ``texts`` texts."""

    texts: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def support(self) -> int:
        """The number of labels given by people."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.support if self.support else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """Where rules and labels disagree: what the rules gave too much and what they missed."""

    case: Case
    facet: str
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(slots=True)
class Scores:
    """The counts for each of :func:`scored_facets`, and every difference."""

    counts: dict[str, Count] = field(default_factory=lambda: {facet: Count() for facet in scored_facets()})
    differences: list[Difference] = field(default_factory=list)


def gold_of(labels: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The labels by facet. Raises KeyError or TypeError for invalid ones."""
    gold = {name: frozenset(labels[name]) for name in scored_facets() if labels.get(name) is not None}
    if labels.get("relevant") is not None:
        gold["relevance"] = frozenset({"yes"} if labels["relevant"] else ())
    for facet in FACETS:
        if labels.get(facet.key) is not None:
            gold[facet.attribute] = frozenset(labels[facet.key])
    return gold


def case_of(row: Mapping[str, Any]) -> Case:
    """The case of a labelled text; if it was labelled twice (``labels2``) and the two differ in a facet, that facet is
    not scored. Raises KeyError for an invalid row."""
    gold = gold_of(row["labels"])
    if row.get("labels2") is not None:
        second = gold_of(row["labels2"])
        gold = {facet: labels for facet, labels in gold.items() if second.get(facet) == labels}
    day = row["date"] if len(row["date"]) == 10 else ""
    article = Article(url="", title=row["title"], body=row["text"], published_at=day)
    return Case(row["id"], article, gold, row.get("source", ""))


def read_cases(path: Path) -> list[Case]:
    """The labelled texts of a JSONL file. Raises UsageError with file and line for an invalid one."""
    cases = []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}).") from error
    for number, line in enumerate(lines, 1):
        try:
            cases.append(case_of(msgspec.json.decode(line)))
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"{path}:{number}: no labelled text ({error}); see docs/operations.md.") from error
    return cases


def said(tags: Tags, gold_sectors: frozenset[str]) -> dict[str, frozenset[str]]:
    """The tags by facet. A sector counts by its phrase, or by its canonical name if ``gold`` has only that."""
    sectors = {
        tag.phrase if tag.phrase in gold_sectors or f"互联网+{tag.name}" not in gold_sectors else f"互联网+{tag.name}"
        for tag in tags.sectors
    }
    return {
        "relevance": frozenset({"yes"} if tags.relevant else ()),
        "sectors": frozenset(sectors),
        "provinces": frozenset(region.province for region in tags.regions if region.primary and region.province),
        **{
            facet.attribute: frozenset(field.value(tag) or "" for tag in getattr(tags, facet.attribute))
            for facet in FACETS
            for field in facet.fields[:1]
            if facet.key not in ("sector", "region")
        },
    }


def _canonical(rules: Rules) -> dict[str, str]:
    """Every name of a ministry or company in keywords.yaml, with the canonical one."""
    names = {
        word: ministry.name
        for ministry in rules.keywords.ministries
        for word in (ministry.name, *(word for term in ministry.aliases for word in term.any))
    }
    for company in rules.keywords.enterprises:
        for term in company.subsidiaries:
            names.update((word.removesuffix("集团"), company.name) for word in term.any)
        names[company.name] = company.name
    return names


def score(cases: Iterable[Case], rules: Rules, sources: Mapping[str, Source]) -> Scores:
    """Compares what ``rules`` give for each case with its labels."""
    scores = Scores()
    names = _canonical(rules)
    for case in cases:
        tags = classify(case.article, rules, sources.get(case.source))
        answer = said(tags, case.gold.get("sectors", frozenset()))
        for facet in scored_facets():
            if facet not in case.gold:
                continue
            gold, count = case.gold[facet], scores.counts[facet]
            if facet in ("ministries", "enterprises"):
                gold = frozenset(names.get(name, name) for name in gold)
            wrong, missed = answer[facet] - gold, gold - answer[facet]
            count.texts += 1
            count.right += len(answer[facet] & gold)
            count.wrong += len(wrong)
            count.missed += len(missed)
            if wrong or missed:
                scores.differences.append(Difference(case, facet, tuple(sorted(wrong)), tuple(sorted(missed))))
    return scores
