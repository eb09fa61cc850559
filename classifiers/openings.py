"""With which letters the matches of a regex begin, so that it is tried only where these stand."""

from __future__ import annotations

import re

_LETTER = "一-鿿A-Za-z0-9"
_LOOKS = r"(?:\(\?<?[=!][^()]*\))*"  # they take no letters
_OPENING = re.compile(rf"{_LOOKS}(?:(?P<plain>[{_LETTER}]+)|\(\?:(?P<group>[{_LETTER}]+(?:\|[{_LETTER}]+)*)\))")
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)  # an escape, a class, a character
_REPEATS = ("?", "*", "+", "{")


def openings(regex: str) -> tuple[str, ...]:
    """The words of which one opens every match of ``regex``; none where that cannot be told.

    ``(?:人大|政协).{2}团`` gives 人大 and 政协, ``(?<!移动)互联网络?`` gives 互联网.
    """
    depth = 0
    for piece in _PIECE.findall(regex):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            return ()
    match = _OPENING.match(regex)
    if match is None:
        return ()
    repeated = regex.startswith(_REPEATS, match.end())
    if match["plain"] is None:
        return () if repeated else tuple(match["group"].split("|"))
    word = match["plain"][:-1] if repeated else match["plain"]
    return (word,) if word else ()
