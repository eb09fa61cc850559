"""Ministries and enterprises that act in the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from classifiers.actors import Verdict, judge
from classifiers.rules import Alias, Rules
from classifiers.scan import Scan
from classifiers.verdicts import Reason
from classifiers.wordings import word_lists, wordings

HOSTS = frozenset(word_lists().actors.hosts)
"""Verbs of hosting an event, and of speech: a body with only these does nothing more there."""


class Mention(NamedTuple):
    """A name in the text, its owner, and the verdict on it."""

    owner: str
    rule: str
    start: int
    end: int
    verdict: Verdict


def mentions(scan: Scan, rules: Rules, aliases: Iterable[Alias], *, every: bool = False) -> list[Mention]:
    """Judged mentions in text order; unless ``every``, an owner's mentions are read only up to its first act, or the
    first that is more than hosting something."""
    found = [(start, -end, alias) for alias in aliases for start, end in _spans(scan, rules, alias)]
    found.sort(key=lambda spot: spot[:2])
    result: list[Mention] = []
    acting: set[str] = set()
    foreign: set[str] = set()  # 美国国防部 … 国防部: the short form means the same body
    covered = 0
    for start, minus_end, alias in found:
        end = -minus_end
        if end <= covered or (alias.owner in acting and not every):
            continue
        covered = end
        verdict = judge(scan, rules, alias, start, end)
        if verdict.reason is Reason.FOREIGN:
            foreign.add(alias.owner)
        elif alias.owner in foreign:
            verdict = Verdict(Reason.FOREIGN)
        if verdict.acts and verdict.words not in HOSTS:
            acting.add(alias.owner)
        result.append(Mention(alias.owner, alias.matcher.label, start, end, verdict))
    return result


def _spans(scan: Scan, rules: Rules, alias: Alias) -> Iterable[tuple[int, int]]:
    found = alias.matcher.find(scan)
    return _branches(scan.text, rules, found) if alias.branch else found


def _branches(text: str, rules: Rules, found: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Those of ``found`` with the name of a place directly before them, which belongs to the branch's name."""
    for start, end in found:
        if text.startswith(wordings().no_branch, end):
            continue
        for size in (4, 3, 2):
            if start >= size and text[start - size : start] in rules.places:
                yield start - size, end
                break
