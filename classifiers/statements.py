"""A text cut into statements: the comma clauses of its sentences, and how each is meant.

A clause is done (or happening), planned, denied, asked for, or told as background; rules that ask what somebody
did read only the first kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from classifiers.scan import Scan


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


# In the order they are tried. What is read is the clause up to its verb.
_MODES = (
    (Mode.DENIED, re.compile(r"(?:尚?未|没有|并非|不再|暂停|叫停|取消|推迟|延期|未能|不得|禁止|停止)[^,。;]{0,6}$")),
    (
        Mode.PLANNED,
        re.compile(
            r"(?:(?<!即)将(?!于\d+日起?正式施行)|拟|计划|争取|力争|年底前|月底前|下一步|有望|即将|准备|到20\d\d年|筹备|筹建|"
            r"就要|预计|明年|未来|今后|届时|希望|建议|呼吁|应当?|必须|须|可望)[^。;]{0,24}$"
        ),
    ),
    (Mode.BACKGROUND, re.compile(r"(?:此前|早前|早在|去年|前年|上年|曾经?|多年来|近年来)[^。;]{0,24}$")),
)
_BREAK = re.compile(r"《[^》]*》|[,;:]")


def clauses(scan: Scan, start: int, end: int) -> Iterator[Clause]:
    """The comma clauses of ``scan.text[start:end]``; a comma within a document's name cuts nothing."""
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


def mode(scan: Scan, clause: Clause, verb: int) -> Mode:
    """How the clause is meant, by the words before its verb (an offset of ``scan.text``)."""
    for found, wording in _MODES:
        if wording.search(scan.text, clause.start, verb):
            return found
    return Mode.DONE
