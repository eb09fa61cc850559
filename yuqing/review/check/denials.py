"""What the article denies and the row states, and vice versa."""

from __future__ import annotations

import re

from yuqing.review.check.clauses import DENIAL, Clause, Parsed, pairs

_DOUBT = re.compile(r"(?:未(?!成年|来)|并非|[不没无免停禁拒否暂尚]|仍在|自愿|除[外非]|取消|线下|废止)")
_ACT_OF_DENIAL = re.compile(r"暂停|停止|取消|叫停|拒绝|否认")
_SCOPE = re.compile(r"(?:的|等)(?=.)")  # 无订单的平台, 未戴安全帽等隐患: what follows is not denied
_OF_WHOM = re.compile(r"[^，。；的者对向得予]{1,6}[的者]")  # 未申领者, 不符合条件的
_BUT = re.compile(r"(?<=.)(?:但|却|而(?!且))")
_OR = re.compile(r"或|[、，](?:减轻|从轻)")  # 从轻、减轻或免予处罚: it may come to that
_SAID = 3  # pairs from which on what is denied must stand in the row
_CLOSE = 4  # characters before a word within which a negation applies to it
_FORBIDDEN = re.compile(r"(?P<word>不得再?|不能|不可|不再|不予|禁止|严禁|无[需须]另?|不必|不会)(?P<what>[一-鿿]{4})")
_ORDERED = re.compile(r"责令|限期|督促|禁止|严禁")  # what is ordered or forbidden is not done: 责令整改 for 未完成整改


def denied_but_said(row: Parsed, told: Parsed) -> list[str]:
    """What the article denies and the row states without denying it."""
    article = tuple(part for clause in told.marked for part in _at_but(clause))
    denied = [clause for clause in article if DENIAL.search(_unquoted(clause.text))]
    affirmed: frozenset[str] = frozenset().union(*(c.content for c in article if c not in denied))
    found: list[str] = []
    for clause in denied:
        *earlier, last = DENIAL.finditer(_unquoted(clause.text))
        twice = bool(earlier and _ACT_OF_DENIAL.search(last[0]))  # 不得取消: it stays
        scope, *beyond = _SCOPE.split(_unquoted(clause.text)[last.end() :], maxsplit=1)
        act = pairs(scope)
        what = act - affirmed
        if _OR.search(clause.text[: last.start()]):
            continue
        for said in row.marked:
            if not earlier and _ACT_OF_DENIAL.search(last[0]) and last[0] in said.text:
                continue
            shared = what & said.content
            only = frozenset() if beyond or DENIAL.search(said.text) else pairs(_unquoted(clause.text)) - affirmed
            if not shared and len(act) < _SAID and len(only & said.content) >= 2:
                shared = only & said.content
            if not shared and 2 * len(act & said.content) >= max(len(act), 1):
                shared = only & said.content  # of something other than what is denied
            if any(act & _denied(other.text) for other in row.marked):
                continue
            if _ORDERED.search(said.text) or (twice and not _ACT_OF_DENIAL.search(said.text)):
                continue
            if shared & _denied(said.text):
                continue
            enough = len(shared) >= 2 or 2 * len(shared) >= max(len(what), 1)
            if enough and shared and not _cautious(said.text, shared):
                found.append(f"原文为“{clause.text.strip()}”")
                break
    return found


def _at_but(clause: Clause) -> list[Clause]:
    """The clause, in two where it turns: 已开发完成｜但尚未开放."""
    parts = _BUT.split(clause.text)
    return [clause] if len(parts) == 1 else [Clause(part, pairs(part)) for part in parts if part]


def _denied(text: str) -> frozenset[str]:
    """What follows a word of negation in ``text``."""
    denials = (d for d in DENIAL.finditer(_unquoted(text)) if not _OF_WHOM.match(text, d.end()))
    return next((pairs(text[denial.end() :]) for denial in denials), frozenset())


def _unquoted(text: str) -> str:
    """``text`` with names and slogans (“不见面审批”) blanked: they deny nothing."""
    return re.sub(r"“[^”]*”|《[^》]*》", lambda match: "※" * len(match[0]), text)


def _spans(text: str, shared: frozenset[str]) -> list[tuple[int, int]]:
    """Where the pieces made of the ``shared`` pairs begin and end in ``text``."""
    found: list[tuple[int, int]] = []
    for at in (at for at in range(len(text) - 1) if text[at : at + 2] in shared):
        if found and at <= found[-1][1]:
            found[-1] = (found[-1][0], at + 2)
        else:
            found.append((at, at + 2))
    return found


def _cautious(text: str, shared: frozenset[str]) -> bool:
    """Whether a word of negation or doubt is just before or after a piece of ``text`` made of ``shared``."""
    spans = _spans(text, shared)
    for start, end in spans:
        text = text[:start] + "※" * (end - start) + text[end:]
    around = (text[max(0, start - _CLOSE) : start] + text[end : end + _CLOSE + 2] for start, end in spans)
    return any(_DOUBT.search(piece) for piece in around)


def said_but_denied(row: Parsed, told: Parsed) -> list[str]:
    """What the row denies and the article does not deny."""
    article = told.marked
    denials: frozenset[str] = frozenset().union(*(c.content for c in article if _DOUBT.search(c.text)))
    known: frozenset[str] = frozenset().union(*(c.content for c in article))
    return [
        f"“{clause.text.strip()}”原文没有否定"
        for clause in row.marked
        if DENIAL.search(clause.text)
        and ((len(clause.content & known) >= 2 and not clause.content & denials) or _turned(clause.text, article))
    ]


def allowed_but_denied(row: str, article: str) -> list[str]:
    """What ``article`` has, word for word, only after 不得, 无需 … and ``row`` without it: 可以取消 for 不得取消."""
    found: list[str] = []
    for match in _FORBIDDEN.finditer(article):
        what = match["what"]
        at = row.find(what)
        if at < 0 or re.search(f"(?<!{match['word']}){what}", article):
            continue
        if not _DOUBT.search(row[max(0, at - _CLOSE) : at]):
            found.append(f"原文为“{match[0]}”")
    return found


def _turned(text: str, article: tuple[Clause, ...]) -> bool:
    """Whether ``text`` denies what ``article`` has word for word without denying it."""
    for denial in DENIAL.finditer(_unquoted(text)):
        what = text[denial.end() : denial.end() + 4]
        told = [c.text[: c.text.find(what)] for c in article if len(what) == 4 and what in c.text]
        if told and not any(_DOUBT.search(before.rpartition("的")[2]) for before in told):
            return True
    return False
