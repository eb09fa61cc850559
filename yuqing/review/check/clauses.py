"""The parse of a text that every check is handed, what two clauses share, and the words of negation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from yuqing.core.segment import tagged

_SENTENCE = re.compile(r"[^。！？；\n]+")
PLAIN = re.compile(r"[^，。；：！？\n]+")  # a clause
_PIECE = re.compile(r"[^，。；：！？、\n“”《》（）]+")
_MARKED = re.compile(r"(?:《[^》]*》|“[^”]*”|[（(][^）)]*[）)]|[^，。；：！？,;:!?\n])+")
DENIAL = re.compile(
    r"(?<![至最并超])(?:没有?(?!收)|尚?未(?![来必经])|不(?!低于|少于|到|及|超过|高于|断|仅|同(?!意)|动产|等|足|久|限|过|但|管|论|只|得不|锈|见面|打烊|出[门户]|用|必|跑|符(?!合$)|实(?![施行现])|良|当)"
    r"|无(?!人|线|纸|障碍|缝|偿|接触|忧|感|锡)|否认|并非|(?<!减)免(?!费|疫)|暂停|停止|取消|叫停|拒绝|非(?=法律|强制))"
)
_IN_MARKS = re.compile(r"《[^》]*》|“[^”]*”")
_VERBS = frozenset(("印发", "上线", "发文", "上云", "落地"))  # names of something to jieba's dictionary
_DIGIT = re.compile(r"\d|[一二三四五六七八九]成")
_PIECES = re.compile(r"[一-鿿]{2,}")
_GLUE = re.compile(r"[的了在于与和及等对为是由以到并其该也将已中上下年月日个各有自从向把被所就都还全将至]")


class Clause(NamedTuple):
    """A clause with its ``content``: its pairs of characters without function words."""

    text: str
    content: frozenset[str]


class Parsed(NamedTuple):
    """A text as every check reads it.

    ``sentences`` are its sentences in clauses, and ``clauses`` those of all; ``marked`` are the clauses with what is in
    brackets, title or quotation marks kept whole. ``pieces`` are cut at every sign, between members of a list too.
    """

    text: str
    sentences: tuple[tuple[Clause, ...], ...]
    clauses: tuple[Clause, ...]
    marked: tuple[Clause, ...]
    pieces: tuple[Clause, ...]


@lru_cache(maxsize=4096)
def pairs(text: str) -> frozenset[str]:
    """The pairs of Chinese characters of ``text``, ignoring function words and anything not Chinese between them;
    cached, because an article is parsed with its days and numerals and without, into mostly the same clauses."""
    found: set[str] = set()
    for piece in _PIECES.findall(_GLUE.sub(" ", text)):
        found |= {piece[at : at + 2] for at in range(len(piece) - 1)}
    return frozenset(found)


@lru_cache(maxsize=64)
def parsed(text: str) -> Parsed:
    """The parse of ``text``; cached, because a row is checked at each edit."""
    sentences = tuple(_clauses(PLAIN, sentence[0]) for sentence in _SENTENCE.finditer(text))
    flat = tuple(clause for one in sentences for clause in one)
    return Parsed(text, sentences, flat, _clauses(_MARKED, text), _clauses(_PIECE, text))


def without_marked(text: str) -> str:
    """``text`` with commas in place of its titles and quotations, at the same length."""
    return _IN_MARKS.sub(lambda match: "，" * len(match[0]), text)


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[tuple[str, str], ...]:
    """Each word of a clause with its part of speech."""
    return tuple((word, "v" if word in _VERBS else flag) for word, flag in tagged(text))


def shares(clause: Clause) -> list[str]:
    """The members of a clause that lists things with a figure each (玉米42万吨、小麦18万吨), else the whole clause."""
    parts = clause.text.split("、")
    return parts if all(map(_DIGIT.search, parts)) else [clause.text]


def _clauses(kind: re.Pattern[str], text: str) -> tuple[Clause, ...]:
    return tuple(Clause(match[0].strip(), pairs(match[0])) for match in kind.finditer(text))
