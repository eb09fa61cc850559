"""Clauses of a text, what two of them share, and the words of negation."""

from __future__ import annotations

import re
from typing import NamedTuple

_CLAUSE = re.compile(r"(?:《[^》]*》|“[^”]*”|[（(][^）)]*[）)]|[^，。；：！？,;:!?\n])+")
DENIAL = re.compile(
    r"(?<![至最并超])(?:没有?(?!收)|尚?未(?![来必经])|不(?!低于|少于|到|及|超过|高于|断|仅|同(?!意)|动产|等|足|久|限|过|但|管|论|只|得不|锈|见面|打烊|出[门户]|用|必|跑)"
    r"|无(?!人|线|纸|障碍|缝|偿|接触|忧|感|锡)|否认|并非|(?<!减)免(?!费|疫)|暂停|停止|取消|叫停|拒绝|非(?=法律|强制))"
)
_GLUE = re.compile(r"[的了在于与和及等对为是由以到并其该也将已中上下年月日个各有自从向把被所就都还全将至]")


class Clause(NamedTuple):
    """A clause with its ``content``: its pairs of characters without function words."""

    text: str
    content: frozenset[str]


def pairs(text: str) -> frozenset[str]:
    """The pairs of Chinese characters of ``text``, ignoring function words and anything not Chinese between them."""
    found: set[str] = set()
    for piece in re.findall(r"[一-鿿]{2,}", _GLUE.sub(" ", text)):
        found |= {piece[at : at + 2] for at in range(len(piece) - 1)}
    return frozenset(found)


def clauses(text: str) -> list[Clause]:
    """The comma clauses of ``text``."""
    return [Clause(match[0], pairs(match[0])) for match in _CLAUSE.finditer(text)]
