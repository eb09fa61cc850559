"""One pass for all words over title and body; every later step looks only at what it found."""

from __future__ import annotations

import re

from msgspec import Struct

from classifiers.document import Document
from classifiers.regions.patterns import DAY
from classifiers.regions.scan import Hits
from yuqing.core.records import Evidence

_OPENS = re.compile(r"[^,。\n]{0,3}(?:\d{1,2}月)?\d{1,2}日")
_LONGEST_OPENING = 9  # characters up to 日
NOWHERE = (0, 0)


def find_news(text: str, body_at: int, lead_to: int) -> tuple[int, int]:
    """The span of the first paragraph behind the lead that begins with a day, if the lead names none."""
    at = text.find("日", lead_to)
    while at >= 0:
        start = text.rfind("\n", max(lead_to, at - _LONGEST_OPENING), at) + 1
        if start > 0 and _OPENS.fullmatch(text, start, at + 1) is not None:
            end = text.find("\n", at)
            dated = DAY.search(text, body_at, lead_to) is not None
            return NOWHERE if dated else (start, end if end >= 0 else len(text))
        at = text.find("日", at + 1)
    return NOWHERE


class Scan(Struct):
    """``text`` is title, line feed, body (folded); ``hits`` maps a word's number to its starts in ``text``.

    ``places`` are the place names in the title and in the body, with offsets relative to each. ``news`` is the span of
    the dated paragraph in which a story that opens with a scene comes to its news, behind the lead; otherwise empty.
    """

    document: Document
    text: str
    body_at: int
    lead_to: int
    news: tuple[int, int]
    hits: dict[int, list[int]]
    places: tuple[Hits, Hits]

    def in_title(self, position: int) -> bool:
        """Whether ``position`` is in the title."""
        return position < self.body_at

    def in_lead(self, position: int) -> bool:
        """Whether ``position`` is in the title, in the lead or in ``news``."""
        return position < self.lead_to or self.news[0] <= position < self.news[1]

    def sentence(self, position: int) -> tuple[int, int]:
        """The span of the sentence that contains ``position``; the title is a sentence of its own."""
        if position < self.body_at:
            return 0, max(self.body_at - 1, 0)
        start, end = self.document.sentence(position - self.body_at)
        return start + self.body_at, end + self.body_at

    def clause(self, position: int) -> int:
        """Where the comma clause that contains ``position`` begins."""
        start, _ = self.sentence(position)
        return max(start, self.text.rfind(",", start, position) + 1, self.text.rfind(":", start, position) + 1)

    def original(self, start: int, end: int) -> str:
        """The original words of the title or body at ``text[start:end]``."""
        if start < self.body_at:
            at, to = self.document.title.span(start, end)
            return self.document.title.source[at:to]
        at, to = self.document.body.span(start - self.body_at, end - self.body_at)
        return self.document.body.source[at:to]

    def evidence(self, tag: str, rule: str, start: int, end: int) -> Evidence:
        """The evidence for a span of ``text``, with offsets and sentence from the original title or body."""
        if start < self.body_at:
            return self.document.evidence("title", tag, rule, start, end)
        return self.document.evidence("body", tag, rule, start - self.body_at, end - self.body_at)
