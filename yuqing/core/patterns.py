"""Regular expressions that people write, matched with bounded cost: none of them can hang the program.

A pattern whose structure bounds its cost is matched directly. Any other is matched in a child process that the kernel
kills when its time is up. Why no other engine is used:
docs/decisions/tags/bounded-regex-matching.md.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from yuqing.core.pattern_form import beginnings, has_endless, is_ambiguous, ways
from yuqing.core.pattern_process import SECONDS, ask

FEW_WAYS_OF_AN_ADDRESS = 10_000_000  # allows two overlapping unbounded repeats; a URL has about a hundred characters
FEW_WAYS = 10_000  # a pattern with no more ways to match at one position is matched directly
PatternError = (re.error, RecursionError, OverflowError, MemoryError)  # raised for an invalid pattern
switched_off: list[str] = []  # the rules that exceeded their time in this process, in order
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched."""

    first: int
    last: int

    def start(self) -> int:
        """The offset of the first character."""
        return self.first

    def end(self) -> int:
        """The offset after the last character."""
        return self.last

    def span(self) -> tuple[int, int]:
        """Both offsets."""
        return self.first, self.last


class Pattern:
    """A compiled pattern for texts of any length. Once it has exceeded its time it is ``off`` and finds nothing."""

    def __init__(self, text: str) -> None:
        """Raises one of :data:`PatternError` if ``text`` is not a valid regular expression."""
        self.text = text
        self.off = False
        self._compiled = compiled(text)
        self._bounded = is_bounded(text)
        self._begins = frozenset[str]() if self._compiled.flags & re.IGNORECASE else beginnings(text)

    def matches(self, text: str) -> list[Match]:
        """The non-overlapping matches, in order."""
        if self._bounded:
            return [Match(*match.span()) for match in self._found(text)]
        if self.off:
            return []
        found = ask(self.text, text)
        if found is None:
            self.off = True
            switched_off.append(self.text)
            logger.warning("the rule /%s/ took more than %g s on one text and is switched off", self.text, SECONDS)
            return []
        return [Match(*span) for span in found]

    def _found(self, text: str) -> Iterator[re.Match[str]]:
        """As ``finditer``, which tries every character where no letter is the first of all matches; words are found
        in a twentieth of that time."""
        if not self._begins:
            yield from self._compiled.finditer(text)
            return
        end = 0
        for start in sorted({at for word in self._begins for at in _places(word, text)}):
            if start >= end and (match := self._compiled.match(text, start)) is not None:
                yield match
                end = match.end()


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def compiled(text: str) -> re.Pattern[str]:
    """``text`` compiled. Raises one of :data:`PatternError`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # FutureWarning for “[[”, which is taken literally
        return re.compile(text)


def is_bounded(text: str, *, short_texts: bool = False) -> bool:
    """Whether the structure of the pattern bounds its cost; ``short_texts`` (URLs) allow unbounded repeats."""
    if short_texts:
        return ways(text) <= FEW_WAYS_OF_AN_ADDRESS
    return not has_endless(text) and ways(text) <= FEW_WAYS


def slowness(text: str) -> str:
    """Why the pattern can take very long, in Chinese; empty if neither its structure nor trial runs suggest so."""
    if is_ambiguous(text):
        return "重复中又套着重复（或并列着两种等价的写法），同一段文字有无数种拆分方式"
    if is_bounded(text):
        return ""
    words = re.findall(r"[一-鿿]+|\w+", text) or ["网"]
    whole = "".join(words)
    texts = [(word * 4000)[:4000] for word in (*words[:3], whole)]
    texts += [whole + filler * 4000 for filler in ("网", "a", "1")]
    for tried in texts:
        if ask(text, tried + "\n!") is None:
            return f"在一篇 {len(tried)} 字的文章上超过 {SECONDS:g} 秒"
    return ""
