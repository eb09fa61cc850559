"""Clauses of a text and how they are meant: done, planned or denied; and what two of them share."""

from __future__ import annotations

import re
from typing import NamedTuple

_CLAUSE = re.compile(r"(?:《[^》]*》|“[^”]*”|[（(][^）)]*[）)]|[^，。；：！？,;:!?\n])+")
DENIAL = re.compile(
    r"(?<![至最并超])(?:没有?(?!收)|尚?未(?![来必经])|不(?!低于|少于|超过|高于|断|仅|同(?!意)|动产|等|足|久|限|过|但|管|论|只|得不|锈|见面|打烊|出[门户]|用|必|跑)"
    r"|无(?!人|线|纸|障碍|缝|偿|接触|忧|感|锡)|否认|并非|免(?!费|疫)|暂停|停止|取消|叫停|拒绝|非(?=法律|强制))"
)
_CAUTION = re.compile(r"[不未没无免停禁拒否暂尚除非]|照常|照旧|取消|仍|继续|线下|废止")
_PLAN = re.compile(
    r"将(?!近|军)|拟|计划|力争|争取|预计|有望|目标|提出|要求|明确|决定|部署|推进|探索|规划|筹|准备|待|到20\d\d年|(?<=[\d年月期底])前"
    r"|年内|下一步|今后|未来|明年|20\d\d年(?:建成|实现|完成)"
)
_PLANNED = re.compile(
    r"(?:(?<![即])将(?!军|近)(?:于|在)?|拟(?:于|在)?|计划(?:于|在)?|力争|争取|预计|有望|打算|筹备|准备)(?P<what>[^，。；]{4,})"
)
_GOAL = re.compile(r"(?:20\d\d年|年|月)[^，。；]{0,8}(?:底|末)?(?:前|之前)(?P<what>[^，。；]{4,})")
_DONE = re.compile(r"已(?!停产)|完成|实现了|正式|[建竣]成|投入使用|落地")
_CLOSE = 4  # characters before a word within which it is denied
_GLUE = re.compile(r"[的了在于与和及等对为是由以到并其该也将已中上下年月日个各有自从向把被所就都还全将至]")


class Clause(NamedTuple):
    """A clause with ``content``: its pairs of characters without the small words."""

    text: str
    content: frozenset[str]


def pairs(text: str) -> frozenset[str]:
    """The pairs of Chinese characters of ``text``, small words and what is not Chinese between them left out."""
    found: set[str] = set()
    for piece in re.findall(r"[一-鿿]{2,}", _GLUE.sub(" ", text)):
        found |= {piece[at : at + 2] for at in range(len(piece) - 1)}
    return frozenset(found)


def clauses(text: str) -> list[Clause]:
    """The comma clauses of ``text``."""
    return [Clause(match[0], pairs(match[0])) for match in _CLAUSE.finditer(text)]


def denied_but_said(row: list[Clause], article: list[Clause]) -> list[str]:
    """What the article denies and the row says without denying it."""
    denied = [clause for clause in article if DENIAL.search(_unquoted(clause.text))]
    affirmed: frozenset[str] = frozenset().union(*(c.content for c in article if c not in denied))
    found: list[str] = []
    for clause in denied:
        last = [*DENIAL.finditer(_unquoted(clause.text))][-1]
        act = pairs(clause.text[last.end() :])
        what = act - affirmed
        only = clause.content - affirmed
        for said in row:
            shared = what & said.content
            if not shared and len(only & said.content) >= 2:
                shared = only & said.content
            if not shared and act & said.content:
                shared = only & said.content  # of another than the one that it is denied of
            enough = len(shared) >= 2 or 2 * len(shared) >= max(len(what), 1)
            if enough and any(not _cautious(said.text, pair) for pair in shared):
                found.append(f"原文为“{clause.text.strip()}”")
                break
    return found


def _unquoted(text: str) -> str:
    """``text`` with names and slogans (“不见面审批”) blanked: they deny nothing."""
    return re.sub(r"“[^”]*”|《[^》]*》", lambda match: "※" * len(match[0]), text)


def _cautious(text: str, pair: str) -> bool:
    """Whether ``text`` says ``pair`` with a word of denial or doubt just before or after it."""
    at = text.find(pair)
    return bool(_CAUTION.search(text[max(0, at - _CLOSE) : at]) or _CAUTION.search(text[at + 2 : at + 2 + _CLOSE + 2]))


def said_but_denied(row: list[Clause], article: list[Clause]) -> list[str]:
    """What the row denies and the article does not deny."""
    denials: frozenset[str] = frozenset().union(*(c.content for c in article if _CAUTION.search(c.text)))
    known: frozenset[str] = frozenset().union(*(c.content for c in article))
    return [
        f"“{clause.text.strip()}”原文没有否定"
        for clause in row
        if DENIAL.search(clause.text) and len(clause.content & known) >= 2 and not clause.content & denials
    ]


def planned_but_done(row: list[Clause], article: list[Clause]) -> list[str]:
    """What the article plans and the row tells as done."""
    found: list[str] = []
    for clause in article:
        goal = _GOAL.search(clause.text)
        planned = _PLANNED.search(clause.text) or goal
        if not planned or _DONE.search(clause.text.replace(planned["what"], "") if goal else ""):
            continue
        content = pairs(planned["what"])
        elsewhere: frozenset[str] = frozenset().union(*(c.content for c in article if c is not clause))
        so_far = ""
        for said in row:
            so_far += said.text
            shared = (content - elsewhere) & said.content
            told = re.search(r"已(?:经|全部|于)?|了$", said.text)
            if len(shared) >= 2 and (told or not _PLAN.search(so_far)):
                found.append(f"原文是计划：“{clause.text.strip()}”")
                break
    return found
