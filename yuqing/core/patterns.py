"""Regular expressions that people write, matched with bounded cost: none of them can hang the program.

A pattern whose structure bounds its cost is matched directly. Any other is matched in a child process that the kernel
kills when its time is up. Why no other engine is used:
docs/decisions/tags/bounded-regex-matching.md.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable

from yuqing.core.pattern_form import beginnings, has_endless, is_ambiguous, ways
from yuqing.core.pattern_process import SECONDS, ask

FEW_WAYS_OF_AN_ADDRESS = 10_000_000  # allows two overlapping unbounded repeats; a URL has about a hundred characters
FEW_WAYS = 10_000  # a pattern with no more ways to match at one position is matched directly
PatternError = (re.error, RecursionError, OverflowError, MemoryError)  # raised for an invalid pattern
switched_off: list[str] = []  # the rules that exceeded their time in this process, in order
logger = logging.getLogger(__name__)


class Pattern:
    """A compiled pattern for texts of any length. Once it has exceeded its time it is ``off`` and finds nothing.

    ``begins``: words of which one stands where any match begins; empty if there are none, or if they are of no use.
    """

    def __init__(self, text: str) -> None:
        """Raises one of :data:`PatternError` if ``text`` is not a valid regular expression."""
        self.text = text
        self.off = False
        self._compiled = compiled(text)
        self._bounded = is_bounded(text)
        told = self._bounded and not self._compiled.flags & re.IGNORECASE
        self.begins = beginnings(text) if told else frozenset[str]()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The non-overlapping matches, in order."""
        if self._bounded:
            return [match.span() for match in self._compiled.finditer(text)]
        if self.off:
            return []
        found = ask(self.text, text)
        if found is None:
            self.off = True
            switched_off.append(self.text)
            logger.warning("the rule /%s/ took more than %g s on one text and is switched off", self.text, SECONDS)
            return []
        return found

    def spans_from(self, text: str, starts: Iterable[int]) -> list[tuple[int, int]]:
        """The same, where ``starts`` are the places of all words of ``begins`` in ``text``, in order."""
        spans: list[tuple[int, int]] = []
        end = 0
        for start in starts:
            if start >= end and (match := self._compiled.match(text, start)) is not None:
                spans.append(match.span())
                end = match.end()
        return spans


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
