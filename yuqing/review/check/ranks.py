"""Among whom something is the first or the largest: 全国首个 for 全省首个, 居全国首位 for 居河北省首位."""

from __future__ import annotations

import re

from yuqing.review.check.clauses import Parsed

_RANK = "首|第一|第二|第三|唯一|率先|最|前列|领先|榜|前[一二三四五十\\d]"
# From the widest to the narrowest: as a row says it, and as the article may.
_SCOPES = (
    ("全球|世界(?!级)|国际(?!化)", "全球|世界|国际"),
    ("全国|国内|我国", "全国|国内|我国|中国|国家|各省"),
    ("全省|全自治区|省内", "省|自治区|全区"),
)
_FIRST = re.compile(
    "|".join(f"(?P<s{rank}>{said})[^，。；]{{0,6}}?(?:{_RANK})" for rank, (said, _) in enumerate(_SCOPES))
)
_TOLD = tuple(re.compile(f"(?:{told})[^，。；]*(?:{_RANK})") for _, told in _SCOPES)
_RANKED = re.compile(f"[^，。；、]*(?:{_RANK})[^，。；、]*")


def wider_ranks(row: Parsed, article: Parsed) -> list[str]:
    """What ``row`` ranks among more than ``article`` does."""
    found = []
    for match in _FIRST.finditer(row.text):
        scope = int((match.lastgroup or "s0")[1:])
        if _TOLD[scope].search(article.text):
            continue
        told = _RANKED.search(article.text)
        found.append(f"“{match[0]}”" + (f"（原文为“{told[0]}”）" if told else "（原文没有）"))
    return found
