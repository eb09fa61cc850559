"""trafilatura's reading of a page whose body was found neither by a selector nor by a CMS name.

Its fast mode takes twice as long as our whole extraction, so it is used only where a mistake is likely: for a short
text found by density. It does not replace our result, which is right more often (``python -m tests.extract.fresh``
prints both); whether the two agree is kept in the article's ``method``.
"""

from __future__ import annotations

import re
from typing import Literal

Opinion = Literal["agrees", "differs"]
SHORT = 400  # characters; longer texts found by density were right on all saved pages
MAX_TEXT = 400_000  # characters of a page passed to it; the largest saved page has 500,000
SHARE = 0.8  # the two agree if each contains this share of the other's letters
_MARKS = re.compile(r"[\W_]+")


def second_opinion(html: str, body: str) -> Opinion | None:
    """Whether trafilatura finds the text of ``body`` on the page; None where it finds no text or is not used."""
    if len(html) > MAX_TEXT:
        return None
    other = trafilatura_body(html)
    if not other:
        return None
    ours, theirs = _lines(body), _lines(other)
    both = sum(map(len, ours & theirs))
    return "agrees" if both >= SHARE * max(_letters(ours), _letters(theirs)) else "differs"


def trafilatura_body(html: str) -> str:
    """What trafilatura takes for the body; empty where it finds none or fails."""
    from trafilatura import bare_extraction  # takes 0.3 s to load, and most commands never need it

    try:
        found = bare_extraction(html, fast=True, include_comments=False, with_metadata=False)
    except Exception:  # a second opinion must never cost a page
        return ""
    return "" if found is None or isinstance(found, dict) else str(found.text or "")


def _lines(text: str) -> set[str]:
    return {letters for line in re.split(r"[\n。！？]", text) if (letters := _MARKS.sub("", line))}


def _letters(lines: set[str]) -> int:
    return sum(map(len, lines))
