"""Folds the spellings of one text to one form and remembers where every character came from."""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass


def _one_to_one() -> dict[int, str]:
    """Every character whose NFKC form is one other character (＋→+, Ａ→A, ：→:), and odd spaces."""
    table = {}
    for code in range(0x80, min(sys.maxunicode, 0x2FFFF) + 1):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and ord(folded) != code:
            table[code] = folded
    return table


_FOLD = _one_to_one()
_PLUS = re.compile(r"(?<=互联网)[\s\u200b“”\"'‘’「」]*(\+|&#43;|&plus;|&#x2b;)[\s\u200b]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Normal:
    """``text`` is the folded form of ``source``; ``starts``/``shifts`` map its offsets back."""

    text: str
    source: str
    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)

    def offset(self, position: int) -> int:
        """The offset in ``source`` of the character at ``position`` of ``text``."""
        return position + self.shifts[bisect_right(self.starts, position) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in ``source`` of ``text[start:end]``."""
        if end <= start:
            at = self.offset(start)
            return at, at
        return self.offset(start), self.offset(end - 1) + 1


def normalize(source: str) -> Normal:
    """``source`` folded one character to one, and without spaces and quotes around the plus of 互联网+."""
    folded = source.translate(_FOLD)
    pieces: list[str] = []
    starts, shifts = [0], [0]
    at = length = 0
    for match in _PLUS.finditer(folded):
        if match[0] == "+":
            continue
        kept = folded[at : match.start()]
        pieces += (kept, "+")
        length += len(kept)
        starts += (length, length + 1)
        shifts += (match.start(1) - length, match.end() - length - 1)
        length += 1
        at = match.end()
    if not pieces:
        return Normal(folded, source)
    pieces.append(folded[at:])
    return Normal("".join(pieces), source, tuple(starts), tuple(shifts))
