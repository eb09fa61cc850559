"""Highlighting matches of a query in the original text."""

from __future__ import annotations

from indexer.store import Pieces
from indexer.tokens import places

SNIPPET_CHARS = 120  # about three lines of a result list
_ENDS = "。！？!?；;\n"


def highlight(text: str, phrases: list[list[str]]) -> Pieces:
    """``text`` cut into pieces, with those covered by a phrase marked."""
    return _cut(text, 0, len(text), places(text, phrases))


def snippet(text: str, phrases: list[list[str]], length: int = SNIPPET_CHARS) -> Pieces:
    """About ``length`` characters of ``text``, starting at a sentence, with as many matches as possible.

    Without a match, the beginning of the text.
    """
    spans = places(text, phrases)
    start = _best_start(text, spans, length)
    end = min(len(text), start + length)
    inside = [(max(s, start), min(e, end)) for s, e in spans if s < end and e > start]
    pieces = _cut(text, start, end, inside)
    if start > 0:
        pieces = (("…", False), *pieces)
    if end < len(text):
        pieces = (*pieces, ("…", False))
    return tuple((piece.replace("\n", " "), marked) for piece, marked in pieces)


def _best_start(text: str, spans: list[tuple[int, int]], length: int) -> int:
    """The start of a snippet: the window with the most matches, moved back to the start of its sentence."""
    if not spans:
        return 0
    best = max(spans, key=lambda span: (sum(span[0] <= s and e <= span[0] + length for s, e in spans), -span[0]))
    earliest = max(0, best[0] - length // 3)
    for at in range(best[0], earliest, -1):
        if text[at - 1] in _ENDS:
            return at
    return earliest


def _cut(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> Pieces:
    """``text[start:end]`` in pieces at the boundaries of ``spans``."""
    pieces: list[tuple[str, bool]] = []
    at = start
    for first, last in spans:
        if first > at:
            pieces.append((text[at:first], False))
        pieces.append((text[first:last], True))
        at = last
    if at < end:
        pieces.append((text[at:end], False))
    return tuple(pieces)
