"""The clauses of the article that make the same statement as a clause of the row.

What both share is weighted by how rare it is in the article, so that what every sentence of it repeats counts little.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from yuqing.review.check.actors import Actor, actors
from yuqing.review.check.clauses import Clause, Parsed

FIGURE = re.compile(r"\d[\d.]*(?![\d.]*[月日年])")
_MOST = 0.5  # share of the row's clause, by weight and by number, that the article's must have
_NEAR = 0.8  # clauses with this share of the best score may be meant too
_SHARED = 3  # pairs from which on a clause without figures says something


class Told(NamedTuple):
    """A clause of the article with its figures and names.

    ``before`` are the clauses of its sentence up to and with it, ``after`` is the rest of the sentence, and ``answer``
    the next sentence.
    """

    clause: Clause
    figures: frozenset[str]
    names: tuple[Actor, ...]
    before: tuple[Clause, ...]
    after: str
    answer: str


class _Article(NamedTuple):
    """The clauses of an article and how many of them have each pair of characters."""

    told: tuple[Told, ...]
    spread: Counter[str]


def closest(clause: Clause, names: Iterable[Actor], article: Parsed) -> list[Told]:
    """The clauses of ``article`` that say most of what ``clause`` says apart from ``names``, with all its figures."""
    read = _read(article)
    figures = frozenset(FIGURE.findall(clause.text))
    named = "，".join(one.name for one in names)
    content = frozenset(pair for pair in clause.content if pair not in named)
    weight = {pair: 1 / read.spread[pair] for pair in content if read.spread[pair]}
    least = _MOST * sum(weight.values())
    scored: list[tuple[float, Told]] = []
    for one in read.told:
        shared = content & one.clause.content
        if figures - one.figures or len(shared) < (1 if figures else _SHARED) or len(shared) < _MOST * len(content):
            continue
        score = sum(weight[pair] for pair in shared)
        if score >= least:
            scored.append((score, one))
    best = max((score for score, _ in scored), default=0.0)
    return [one for score, one in scored if score >= _NEAR * best]


@lru_cache(maxsize=8)
def _read(article: Parsed) -> _Article:
    told: list[Told] = []
    spread: Counter[str] = Counter()
    for sentence, answer in zip(article.sentences, [*article.sentences[1:], ()], strict=True):
        texts = [clause.text for clause in sentence]
        for rank, clause in enumerate(sentence, 1):
            spread.update(clause.content)
            figures = frozenset(FIGURE.findall(clause.text))
            rest, next_one = "，".join(texts[rank:]), "，".join(other.text for other in answer)
            told.append(Told(clause, figures, actors(clause.text), sentence[:rank], rest, next_one))
    return _Article(tuple(told), spread)
