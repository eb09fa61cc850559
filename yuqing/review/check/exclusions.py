"""What the article excludes (高耗能企业除外) and the row includes."""

from __future__ import annotations

import re
from collections import Counter

from yuqing.review.check.clauses import Parsed

_OUT = re.compile(
    r"除外|不享受|不适用|不包[括含]|不含|不计入|不[纳列]入|不在[^，。]{0,10}(?:列|内|范围|之中)|不受影响|不作调整|保持不变|另行"
    r"|(?:暂|仍|继续)?维持(?:原|现|不变)|暂缓|延后|延期|推迟|推后|照旧|照常"
)
_CAUTIOUS = re.compile(r"[不未没无停禁拒否暂缓]|免(?!费)|除|维持|另行|延|推迟|照|仍|继续|排除|线下|保留|原有")
_SMALL = "暂仍均则也"  # between what is excluded and the word that says so


def taken_in(said: Parsed, article: Parsed) -> list[str]:
    """The clauses of ``article`` that exclude something which ``said`` states in general."""
    told = [clause.text for clause in article.clauses]
    outs = [(clause, out) for clause in told if (out := _OUT.search(clause))]
    if not outs:
        return []
    spread = Counter(pair for clause in told for pair in _pairs(clause))
    row = [clause.text for clause in said.clauses]
    found: list[str] = []
    for clause, out in outs:
        own = {pair for pair in _pairs(clause[: out.start()].rstrip(_SMALL)) if spread[pair] == 1}
        for mine, after in zip(row, [*row[1:], ""], strict=True):
            if own and own <= _pairs(mine) and not _CAUTIOUS.search(mine + after):
                found.append(f"原文为“{clause}”")
                break
    return found


def _pairs(text: str) -> set[str]:
    """The pairs of characters of ``text``, including function words: 国有 in 国有企业."""
    return {text[at : at + 2] for at in range(len(text) - 1)}
