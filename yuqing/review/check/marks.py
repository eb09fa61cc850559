"""Titles and quotations of a row, which must appear in the article word for word."""

from __future__ import annotations

import re

from yuqing.review.draft.wording import tidy

_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_QUOTE = re.compile(r"“([^“”]+)”")
_SIGNS = re.compile(r"[，。；：！？、,;:!?（）()《》〈〉<>“”‘’\"'…—\-–－·\s　]+")


def absent_marks(row: str, source: str) -> list[str]:
    """The titles and quotations of ``row`` whose words ``source`` does not have in that order, ignoring punctuation."""
    bare = _bare(source)
    return [match[0] for pattern in (_TITLE, _QUOTE) for match in pattern.finditer(row) if _bare(match[1]) not in bare]


def _bare(text: str) -> str:
    return _SIGNS.sub("", tidy(text))
