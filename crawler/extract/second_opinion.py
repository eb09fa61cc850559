"""trafilatura's reading of a page whose body no selector and no publishing system names.

Its fast mode takes twice as long as all of our own extraction, so it is asked only where a mistake is likely: about a
short text that was found by density. It does not replace ours, which is right more often
(``python -m tests.extract.fresh`` prints both); whether the two agree is kept in the article's ``method``.
"""

from __future__ import annotations

import re
from typing import Literal

Opinion = Literal["agrees", "differs"]
SHORT = 400  # characters; longer texts found by density were right on all saved pages
MAX_TEXT = 400_000  # characters of a page that is asked about; the largest saved page has 500,000
SHARE = 0.8  # of the letters of each that the other has too, where they agree
_MARKS = re.compile(r"[\W_]+")


def second_opinion(html: str, body: str) -> Opinion | None:
    """Whether trafilatura finds the text of ``body`` on the page; None where it finds no text, or is not asked."""
    if len(html) > MAX_TEXT:
        return None
    other = trafilatura_body(html)
    if not other:
        return None
    ours, theirs = _lines(body), _lines(other)
    both = sum(map(len, ours & theirs))
    return "agrees" if both >= SHARE * max(_letters(ours), _letters(theirs)) else "differs"


def trafilatura_body(html: str) -> str:
    """What trafilatura takes for the body; empty where it finds none or breaks."""
    from trafilatura import bare_extraction  # takes 0.3 s to load, and most commands never need it

    try:
        found = bare_extraction(html, fast=True, include_comments=False, with_metadata=False)
    except Exception:  # a second opinion is never worth a page
        return ""
    return "" if found is None or isinstance(found, dict) else str(found.text or "")


def _lines(text: str) -> set[str]:
    return {letters for line in re.split(r"[\n。！？]", text) if (letters := _MARKS.sub("", line))}


def _letters(lines: set[str]) -> int:
    return sum(map(len, lines))
