"""Resolves 该平台 or 平台 at the head of a sentence to its full name, if an earlier sentence gives exactly one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from yuqing.review.draft.news import STRONG
from yuqing.review.draft.sentences import Sentence

_NOUNS = (
    "平台|系统|基地|服务点|服务站|中心|项目|小程序|专线|驿站|网络|工坊|试点|法庭|服务|站点|产品|工程|数据库|门户|专区|终端|热线|课堂"
    "|医院|药房|超市|联盟|展会|招聘会|行动|计划|窗口|大厅|应用|客户端|点|站"
)
_REFERS = re.compile(
    rf"(?:^|(?<=[，。]))(?P<all>(?P<that>该|此|这[一个]|本)?(?P<noun>{_NOUNS}))(?![一-鿿]{{0,3}}(?:负责人|方|运营方|建设方))"
)
_BACK = 2  # preceding sentences in which the name may occur
_BEFORE = 12  # maximum number of characters before 平台: 当日，平台上线


class Antecedent(NamedTuple):
    """The text with the name inserted, and the sentence that the name is from."""

    text: str
    source: Sentence


def with_name(text: str, before: Sequence[Sentence], places: Iterable[str]) -> Antecedent | None:
    """``text`` with the full name in place of 该平台 or 平台; None if it has neither, or the name is uncertain.

    ``before`` are the preceding sentences, ``places`` the names of places that may precede such a name.
    """
    if "互联网" in text or not STRONG.search(text):
        return None
    found = _REFERS.search(text, 0, _BEFORE + 8)
    if not found or found.start() > _BEFORE:
        return None
    named = re.compile(rf"“[^“”]{{2,20}}”[一-鿿]{{0,10}}?{found['noun']}(?![一-鿿]?[建设运营]方)")
    for sentence in reversed(before[-_BACK:]):
        names = {match[0]: match for match in named.finditer(sentence.text)}
        if len(names) > 1:
            return None
        if names:
            name, match = next(iter(names.items()))
            place = max((unit for unit in places if sentence.text[: match.start()].endswith(unit)), key=len, default="")
            return Antecedent(text[: found.start("all")] + place + name + text[found.end("all") :], sentence)
    return None
