"""Do the tags follow when a text is changed in a known way? ``python -m tests.classify.mutate [--show CHANGE]``.

A labelled text says what one wording gets. Here the rules are held against themselves, so that no label is needed:
where one province is put for another the province must change and nothing else, where the quotation marks are of
another kind nothing may change. The table tells in what share of the texts to which a change applies the tags of a
facet follow; ``--show`` prints those of one change that do not. The texts are those that the rules were made on.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from classifiers.classifier import classify
from classifiers.normalize import fold
from classifiers.rules import Rules, load_rules
from classifiers.scoring import Case, read_cases, said
from tests.classify.changes import CHANGES, Rename
from yuqing.core.records import Article, Tags

HERE = Path(__file__).parent
FILES = ("fresh_dev", "gold_own", "gold_unseen")
FACETS = ("relevance", "sectors", "provinces", "ministries", "enterprises", "sections", "events", "actions")
_MARKS = re.compile(r"[\s“”‘’「」『』\"']")


class Deviation(NamedTuple):
    """Tags of a facet that do not follow a change of a text."""

    case: Case
    facet: str
    expected: frozenset[str]
    found: frozenset[str]
    article: Article


@dataclass(slots=True)
class Result:
    """Of one change: to how many texts it applies, and where the tags do not follow."""

    texts: int = 0
    deviations: list[Deviation] = field(default_factory=list)

    def share(self, facet: str) -> float:
        """In what share of the texts the tags of ``facet`` follow."""
        return 1 - sum(one.facet == facet for one in self.deviations) / self.texts if self.texts else 1.0


def answers(tags: Tags, rename: Rename = str) -> dict[str, frozenset[str]]:
    """The tags by facet as they are called after a change, names without blanks and quotation marks."""
    found = said(tags, frozenset())
    return {facet: frozenset(_MARKS.sub("", fold(rename(name))) for name in found[facet]) for facet in FACETS}


def try_change(
    change: Callable[[Article, Tags, Rules], Iterable[tuple[Article, Rename]]],
    tagged: Iterable[tuple[Case, Tags]],
    rules: Rules,
) -> Result:
    """What the tags of changed texts do; ``tagged`` are the texts as they were, with their tags."""
    result = Result()
    for case, tags in tagged:
        for article, rename in change(case.article, tags, rules):
            result.texts += 1
            expected, found = answers(tags, rename), answers(classify(article, rules))
            result.deviations += [
                Deviation(case, facet, expected[facet], found[facet], article)
                for facet in FACETS
                if found[facet] != expected[facet]
            ]
    return result


def read_tagged(rules: Rules, files: Iterable[str] = FILES, step: int = 1) -> list[tuple[Case, Tags]]:
    """Every ``step``-th labelled text with the tags that it has; texts without a day get one."""
    cases = [case for name in files for case in read_cases(HERE / f"{name}.jsonl")][::step]
    return [(case, classify(case.article, rules)) for case in map(_dated, cases)]


def _dated(case: Case) -> Case:
    if case.article.published_at:
        return case
    return Case(case.id, replace(case.article, published_at="2019-06-15"), case.gold, case.source)


def table(results: Iterable[tuple[str, Result]]) -> Iterator[str]:
    """The lines of the table."""
    yield f"{'':<14}{'texts':>6}" + "".join(f"{facet[:9]:>11}" for facet in FACETS)
    for name, result in results:
        yield f"{name:<14}{result.texts:>6}" + "".join(f"{result.share(facet):>11.3f}" for facet in FACETS)


def main() -> None:
    """Print the table, or the deviations of one change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", choices=sorted(CHANGES), help="print the texts whose tags do not follow")
    chosen = parser.parse_args().show
    rules = load_rules(HERE.parents[1] / "keywords.yaml")
    tagged = read_tagged(rules)
    if chosen is None:
        for line in table((name, try_change(change, tagged, rules)) for name, change in CHANGES.items()):
            print(line)
        return
    for one in try_change(CHANGES[chosen], tagged, rules).deviations:
        print(f"{one.case.id} {one.facet}: expected {sorted(one.expected)}, found {sorted(one.found)}")
        print(f"    {one.article.title} | {one.article.body[:300]!r}")


if __name__ == "__main__":
    main()
