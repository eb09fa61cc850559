"""Regular expressions that people write, matched within a bound: none of them can hang the program.

A pattern whose form bounds its work is matched at once. Any other is matched in a process beside this one, which the
kernel ends when the time is over. Why no other engine does it:
docs/decisions/tags/a-rules-regex-is-matched-by-re-at-once.md.
"""

from __future__ import annotations

import logging
import re
import warnings
from dataclasses import dataclass

from yuqing.core.pattern_form import has_endless, is_ambiguous, ways
from yuqing.core.pattern_process import SECONDS, ask

FEW_WAYS_OF_AN_ADDRESS = 10_000_000  # two endless repeats that overlap; an address has a hundred characters
FEW_WAYS = 10_000  # a pattern that can match at one place in no more ways is done at once with every place
PatternError = (re.error, RecursionError, OverflowError, MemoryError)  # what a text that is no pattern raises
switched_off: list[str] = []  # the rules that ran over their bound in this process, in order
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched."""

    first: int
    last: int

    def start(self) -> int:
        """The first character's place."""
        return self.first

    def end(self) -> int:
        """The place behind the last character."""
        return self.last

    def span(self) -> tuple[int, int]:
        """Both."""
        return self.first, self.last


class Pattern:
    """A compiled pattern for texts of any length. Once it has run over its bound it is ``off`` and finds nothing."""

    def __init__(self, text: str) -> None:
        """Raises one of :data:`PatternError` for a text that is no regular expression."""
        self.text = text
        self.off = False
        self._compiled = compiled(text)
        self._bounded = is_bounded(text)

    def matches(self, text: str) -> list[Match]:
        """The matches in order, not overlapping."""
        if self._bounded:
            return [Match(*match.span()) for match in self._compiled.finditer(text)]
        if self.off:
            return []
        found = ask(self.text, text)
        if found is None:
            self.off = True
            switched_off.append(self.text)
            logger.warning("the rule /%s/ took more than %g s on one text and is switched off", self.text, SECONDS)
            return []
        return [Match(*span) for span in found]


def compiled(text: str) -> re.Pattern[str]:
    """``text`` compiled. Raises one of :data:`PatternError`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # FutureWarning for “[[”, which is read as it stands
        return re.compile(text)


def is_bounded(text: str, *, short_texts: bool = False) -> bool:
    """Whether the form of the pattern bounds its work; on ``short_texts`` (addresses) endless repeats may stand."""
    if short_texts:
        return ways(text) <= FEW_WAYS_OF_AN_ADDRESS
    return not has_endless(text) and ways(text) <= FEW_WAYS


def slowness(text: str) -> str:
    """Why the pattern can take very long, in Chinese; empty when it cannot, as far as its form and trials tell."""
    if is_ambiguous(text):
        return "重复里面又有重复（或有两种等同的写法），同样的字有无数种分法"
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
