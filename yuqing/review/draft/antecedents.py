"""Resolves what a sentence leaves to the ones above: 该平台, 大会 or 《办法》 becomes the full name.

A name is put in only if the sentences above give exactly one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from yuqing.review.draft.news import EVENTS, STRONG
from yuqing.review.draft.sentences import Sentence
from yuqing.review.draft.wording import tidy

_NOUNS = (
    "平台|系统|基地|服务点|服务站|中心|项目|小程序|专线|驿站|网络|工坊|试点|法庭|服务|站点|产品|工程|数据库|门户|专区|终端|热线|课堂"
    "|医院|药房|超市|联盟|展会|招聘会|行动|计划|窗口|大厅|应用|客户端|点|站"
)
_REFERS = re.compile(
    rf"(?:^|(?<=[，。])|(?<=宣布)|(?<=宣布，))(?P<all>(?P<that>该|此|这[一个]|本)?(?P<noun>{_NOUNS}))"
    r"(?![一-鿿]{0,3}(?:负责人|方|运营方|建设方))"
)
_BACK = 2  # preceding sentences in which the name may occur
_BEFORE = 12  # maximum number of characters before 平台: 当日，平台上线
_ANNOUNCED = 24  # the same if it is announced: 3月5日，省教育厅宣布平台开通
_EVENT = re.compile(
    rf"(?:^|(?<=[，。日]))(?:本届|本次|此次|该)?(?P<noun>{EVENTS}|展览会)(?=组委会|筹委会|秘书处|于|在|将|定于|由|\d|(?:正式)?(?:开幕|闭幕|举[行办]|召开))"
)
_THIS_ONE = re.compile(rf"这一(?P<kind>“互联网\+[^“”]{{1,16}}”(?:{_NOUNS}))")
_THAT_PLACE = re.compile(r"(?:^|(?<=[，。日]))该(?P<kind>[省市县区州旗])(?![级域场长])")
_QUOTED = re.compile(r"“[^“”]{2,20}”")
_ISSUED = re.compile(
    r"^《(?P<name>[^《》]+)》(?=(?:已|自|于|由|经)?[^，。《》]{0,16}?(?:印发|发布|出台|公布)[。，])(?![^，。]*由)"
)
_WROTE = re.compile(
    r"(?:^|[，。])(?P<who>[^，。；：《》“”]{2,50}?)(?:近日|日前|近期)?(?:牵头|研究|联合|组织|会同有关部门)?"
    r"(?P<verb>起草|制定|制订|编制)了?《(?P<name>[^《》]+)》"
)
_BODY_END = re.compile(
    r"(?:部|委|局|厅|署|院|办|会|行|中心|政府|委员会|办公室)(?:等?(?:\d+|[一二三四五六七八九十]+)?个?部门)?$"
)


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
    found = _REFERS.search(text, 0, _ANNOUNCED + 8)
    if not found or found.start() > (_ANNOUNCED if "宣布" in text[: found.start()] else _BEFORE):
        return None
    named = re.compile(rf"(?:“[^“”]{{2,20}}”){{1,3}}[一-鿿]{{0,10}}?{found['noun']}(?![一-鿿]?[建设运营]方)")
    for sentence in reversed(before[-_BACK:]):
        names = {match[0]: match for match in named.finditer(sentence.text)}
        if len(names) > 1:
            return None
        if names:
            name, match = next(iter(names.items()))
            place = max((unit for unit in places if sentence.text[: match.start()].endswith(unit)), key=len, default="")
            return Antecedent(text[: found.start("all")] + place + name + text[found.end("all") :], sentence)
    return None


def with_own_name(text: str, before: Sequence[Sentence], title: str) -> Antecedent | None:
    """``text`` with the name before its description (这一“互联网+X”平台), if the sentence above quotes one name only,
    which the headline quotes too."""
    found = _THIS_ONE.search(text)
    if not found or not before:
        return None
    names = set(_QUOTED.findall(before[-1].text))
    name = names.pop() if len(names) == 1 else ""
    if not name or name not in title or name in text or "互联网" in name:
        return None
    return Antecedent(text[: found.start()] + name + found["kind"] + text[found.end() :], before[-1])


def with_event(text: str, before: Sequence[Sentence], events: Sequence[str]) -> Antecedent | None:
    """``text`` with the event's full name in place of 大会 or 峰会.

    Only if the sentences above name exactly one of ``events``, those that the article is about, that is called that.
    """
    found = _EVENT.search(text, 0, _ANNOUNCED)
    if not found:
        return None
    called = [name for name in events if name.endswith(found["noun"])]
    named = {name: one for one in before for name in called if name in one.text}
    return None if any(name in text for name in named) else _with_only(text, found, named)


def with_place(text: str, before: Sequence[Sentence], units: Iterable[str]) -> Antecedent | None:
    """``text`` with the name of 该县 or 该市, if the sentences above name exactly one of ``units`` of that kind."""
    found = _THAT_PLACE.search(text)
    if not found or any(unit in text[: found.start()] for unit in units):
        return None
    named = {
        unit: sentence
        for sentence in before
        for unit in units
        if unit.endswith(found["kind"]) and unit in sentence.text
    }
    return _with_only(text, found, named)


def _with_only(text: str, found: re.Match[str], named: dict[str, Sentence]) -> Antecedent | None:
    """``text`` with the name that the sentences above give in place of ``found``; None if they give several or none."""
    if len(named) != 1:
        return None
    name, source = named.popitem()
    return Antecedent(text[: found.start()] + name + text[found.end() :], source)


def with_author(text: str, before: Sequence[Sentence], short: dict[str, str]) -> Antecedent | None:
    """《办法》已印发 with the full title and those who drew the document up, if the sentence that introduces it names
    them."""
    found = _ISSUED.match(text)
    if not found:
        return None
    full = tidy(short.get(found["name"], found["name"]))
    for sentence in before:
        wrote = next((one for one in _WROTE.finditer(sentence.text) if one["name"] == full), None)
        if wrote and _BODY_END.search(wrote["who"]):
            return Antecedent(f"{wrote['who']}{wrote['verb']}的《{full}》{text[found.end() :]}", sentence)
    return None
