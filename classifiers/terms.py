"""Compiles rule terms: literals become numbers of the automaton; conditions are checked only where one was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifiers.normalize import fold, normalize
from classifiers.scan import Scan
from classifiers.schema import Scope, Term
from yuqing.core.patterns import Pattern
from yuqing.core.segment import is_word


class Vocabulary:
    """Assigns a number to every literal (folded like the texts)."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        """The number of ``word``."""
        return self.numbers.setdefault(normalize(word).text, len(self.numbers))

    def words(self) -> list[str]:
        """All literals in the order of their numbers."""
        return list(self.numbers)


@dataclass(frozen=True, slots=True)
class Matcher:
    """A compiled term. ``anchors`` are (number, length) of the words of ``any``, ``begins`` the numbers of the words
    with which the matches of ``regex`` begin."""

    label: str
    anchors: tuple[tuple[int, int], ...]
    regex: Pattern | None
    begins: tuple[int, ...]
    all: tuple[int, ...]
    not_: tuple[tuple[int, str], ...]
    near: tuple[tuple[int, int], ...]
    within: int
    word: bool
    scope: frozenset[Scope]
    plain: bool

    def find(self, scan: Scan) -> Iterator[tuple[int, int]]:
        """The spans of ``scan.text`` where the term holds, in no particular order."""
        hits = scan.hits
        if self.plain:
            for number, length in self.anchors:
                for start in hits.get(number, ()):
                    yield start, start + length
            return
        if any(number not in hits for number in self.all):
            return
        if self.regex is not None:
            starts = sorted({start for number in self.begins for start in hits.get(number, ())})
            text = scan.text
            for start, end in self.regex.spans_from(text, starts) if self.begins else self.regex.spans(text):
                if self._holds(scan, start, end):
                    yield start, end
            return
        end = len(scan.text) if not self.scope or "body" in self.scope else max(scan.lead_to, scan.news[1])
        for number, length in self.anchors:
            for start in hits.get(number, ()):
                if start >= end:
                    break
                if self._holds(scan, start, start + length):
                    yield start, start + length

    def _holds(self, scan: Scan, start: int, end: int) -> bool:
        if self.scope and not self._in_scope(scan, start):
            return False
        if self.near and not self._is_near(scan, start, end):
            return False
        if self.not_ and self._excluded(scan, start, end):
            return False
        return not self.word or is_word(scan.text, start, end)

    def _in_scope(self, scan: Scan, start: int) -> bool:
        if scan.in_title(start):
            return "title" in self.scope
        return "body" in self.scope or ("lead" in self.scope and scan.in_lead(start))

    def _is_near(self, scan: Scan, start: int, end: int) -> bool:
        return any(
            start - self.within <= at + length and at <= end + self.within
            for number, length in self.near
            for at in scan.hits.get(number, ())
        )

    def _excluded(self, scan: Scan, start: int, end: int) -> bool:
        """A longer word excludes the occurrence that it covers; any other word excludes its whole sentence."""
        for number, word in self.not_:
            places = scan.hits.get(number)
            if not places:
                continue
            if scan.text[start:end] in word:
                if any(at <= start and end <= at + len(word) for at in places):
                    return True
            else:
                left, right = scan.sentence(start)
                if any(left <= at < right for at in places):
                    return True
        return False


def compile_term(term: Term, vocabulary: Vocabulary) -> Matcher:
    """The matcher of ``term``; its words are added to ``vocabulary``."""
    number = vocabulary.number
    regex = Pattern(_folded(term.regex)) if term.regex else None
    folded = [normalize(word).text for word in term.any]
    begins = sorted(regex.begins) if regex is not None else []
    return Matcher(
        label=describe(term),
        anchors=tuple((number(word), len(word)) for word in folded),
        regex=regex,
        # A word that folding would change (a blank before a letter) occurs in no folded text.
        begins=tuple(number(word) for word in begins) if all(normalize(word).text == word for word in begins) else (),
        all=tuple(number(word) for word in term.all),
        not_=tuple((number(word), normalize(word).text) for word in term.not_),
        near=tuple((number(word), len(normalize(word).text)) for word in term.near),
        within=term.within,
        word=term.word,
        scope=frozenset(term.scope),
        plain=not (term.regex or term.all or term.not_ or term.near or term.word or term.scope),
    )


def describe(term: Term) -> str:
    """A short name for evidence and statistics: the first word, and how many more there are."""
    if term.regex:
        return f"/{term.regex}/"
    more = f"等{len(term.any)}词" if len(term.any) > 1 else ""
    return f"{term.any[0]}{more}"


def _folded(regex: str) -> str:
    """The regex for folded texts: a full-width sign (，（＋) means the sign itself, not an operator."""
    return "".join(char if (sign := fold(char)) == char else re.escape(sign) for char in regex)
