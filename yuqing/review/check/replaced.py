"""One word put in the place of another: 初中 where the article says 小学 between the same words."""

from __future__ import annotations

import re

from yuqing.core.segment import tagged

_SIDE = 2  # characters on each side that must be the same
_NAMING = ("n", "s", "f", "j", "l", "b", "t")  # flags of words that name things; verbs have too many like them
_SAME = re.compile(
    r"单位|数据|情况|工作|活动|项目|方面|有关|相关|全部|首个|各地|发文|通知|文件|会议|公告|消息|报告|用时|人数|数量|总数|费用|金额|资金"
)


def replaced_words(row: str, article: str) -> list[str]:
    """The naming words of ``row`` between whose neighbours ``article`` has another, with what it has."""
    found: list[str] = []
    at = 0
    for word, flag in tagged(row):
        start, at = at, at + len(word)
        if len(word) < 2 or not flag.startswith(_NAMING) or word in article or _SAME.search(word):
            continue
        left, right = row[max(0, start - _SIDE) : start], row[at : at + _SIDE]
        if not all(re.fullmatch(r"[一-鿿\d“”]{2}", side) for side in (left, right)):
            continue
        other = re.search(rf"{re.escape(left)}([一-鿿]{{1,6}}?){re.escape(right)}", article)
        if other and not _short(word, other[1]) and not _short(other[1], word):
            found.append(f"“{word}”（原文为“{other[1]}”）")
    return found


def _short(name: str, full: str) -> bool:
    """Whether the characters of ``name`` stand in ``full`` in their order."""
    rest = iter(full)
    return all(char in rest for char in name)
