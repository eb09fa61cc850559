"""Splits a text into statements, the comma clauses of its sentences, and determines how each is meant.

A clause is done (or in progress), planned, denied, demanded, or given as background; rules that look for what somebody
did read only the first kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from classifiers.scan import Scan
from classifiers.wordings import wordings


class Mode(Enum):
    """How a statement is meant."""

    DONE = "done"
    PLANNED = "planned"
    DENIED = "denied"
    BACKGROUND = "background"


class Clause(NamedTuple):
    """A comma clause of ``scan.text``; ``first`` is where its sentence begins."""

    start: int
    end: int
    first: int


_REACH = 24  # characters from a word such as 计划 to the verb of what is planned
_BREAK = re.compile(r"《[^》]*》|[,;:]")


def clauses(scan: Scan, start: int, end: int) -> Iterator[Clause]:
    """The comma clauses of ``scan.text[start:end]``; a comma within a document's title does not split."""
    at = start
    while at < end:
        left, right = scan.sentence(at)
        right = min(right, end)
        first = at
        for sign in _BREAK.finditer(scan.text, at, right):
            if sign.end() - sign.start() == 1:
                if sign.start() > first:
                    yield Clause(first, sign.start(), left)
                first = sign.end()
        if right > first:
            yield Clause(first, right, left)
        at = max(right, at + 1)
        while at < end and scan.text[at] == "\n":
            at += 1


def mode(scan: Scan, first: int, start: int, verb: int) -> Mode:
    """How the clause that begins at ``start`` is meant, by the words before its verb (offsets of ``scan.text``), and by
    the opening of its sentence, which begins at ``first`` (此前,教育部就…下发通知)."""
    words = wordings()
    if words.earlier.match(scan.text, first, verb) is not None:
        return Mode.BACKGROUND
    if words.modal.search(scan.text, start, verb) is None:
        return Mode.DONE
    if words.denied.search(scan.text, start, verb):
        return Mode.DENIED
    if any(plan["plan"] and verb - plan.end() <= _REACH for plan in words.planned.finditer(scan.text, start, verb)):
        return Mode.PLANNED
    return Mode.BACKGROUND if words.background.search(scan.text, start, verb) else Mode.DONE
