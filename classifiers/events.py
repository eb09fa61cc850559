"""Summits, forums, fairs: the event's own name, and whether the text is about it or only mentions it."""

from __future__ import annotations

import re
from typing import NamedTuple

from classifiers.rules import Rules
from classifiers.scan import Scan

_BOUNDARY = re.compile(
    r".*(?:[,。;:!?\n、《》()<>—]|主办的|承办的|举办的|召开的|举行的|组织的|发起的|为期.{1,3}天的|举办|主办|承办|召开|举行|参加|出席|参与|亮相|暨|迎来|启动|开幕|"
    r"\d日|近日|日前|今日|今天|昨日|昨天|上午|下午|消息|在|由|了|和|与|的|是|将|本次|此次|这次|该|一场|首个|通过|接过|上(?!海|市|合|饶)|过|预祝|对|一个|担任|作为|吸收|开展|旨在|如|以|并|为|从|到|让|向|以及)",
    re.DOTALL,
)
_GENERIC = re.compile(
    r"(?:本届|本次|此次|这次|该|一次|一[个场届]|我们对?|预祝|祝|主题|分|主|高端|平行|专题|系列|开放性?|国际性?|各类|多[场个]|"
    r"第[一二三四五六七八九十百0-9]+届|首届|[0-9一二三四五六七八九十两]+[个场]|新闻|全国|国际|世界|职业|技能|年度|[0-9]{4}年?|青年|行业|全体|编委扩?|[+、“”])+"
)
_SENTENCE = re.compile(r"[,。;了]|的(?!士)")  # a quotation with these is a sentence, not a name
_WORK_MEETING = re.compile(r"全[市省县区州旗国乡镇院校局]")
_HELD = re.compile(r"举办|举行|召开|开幕|启幕|落幕|闭幕|拉开帷幕|拉开序幕|开讲|开启|在.{2,12}(?:举|召|开)")
_AT = re.compile(r"(?:^|[,。;日在于])在?[^,。;]*$")
_ON_IT = re.compile(
    r"^[^,。;一-鿿]*(?:上|期间|现场|开幕式上|分论坛上)|^[^,。;]{0,14}?(?:前夕|之际|召开期间|举办期间|举行期间)"
)
_OPEN, _CLOSE = "“‘「", "”’」"
MOST_CHARS = 36


class Event(NamedTuple):
    """An event of the text. ``main``: the text tells of its being held; ``section``: its kind is a summit."""

    kind: str
    name: str
    start: int
    end: int
    main: bool
    section: bool


def find_events(scan: Scan, rules: Rules) -> list[Event]:
    """The events named in the text, each name once, in the order of the text."""
    events: dict[str, Event] = {}
    spots = sorted(
        (start, number) for number in rules.event_words.keys() & scan.hits.keys() for start in scan.hits[number]
    )
    for start, number in spots:
        kind, section = rules.event_words[number]
        end = start + len(rules.words[number])
        span = _name(scan, start, end)
        if span is None:
            continue
        name = scan.original(*span)
        if _is_no_name(name, rules.words[number], rules):
            continue
        event = Event(kind, name, span[0], span[1], _is_main(scan, span[0], span[1]), section)
        if name not in events or (event.main and not events[name].main):
            events[name] = event
    return list(events.values())


def _name(scan: Scan, start: int, end: int) -> tuple[int, int] | None:
    """The span of the name that ends with the event word: its quotation marks, else back to a boundary."""
    left, _ = scan.sentence(start)
    left = max(left, start - MOST_CHARS)
    text = scan.text
    depth, at = 0, end - 1
    while at >= left:
        char = text[at]
        if char in _CLOSE:
            depth += 1
        elif char in _OPEN:
            if depth == 0:
                if _SENTENCE.search(text, at, start) is None:
                    return at + 1, end
                left = at + 1
                break
            depth -= 1
        at -= 1
    match = _BOUNDARY.match(text, left, start)
    first = match.end() if match else left
    while first < start and text[first] in _CLOSE:
        first += 1
    return (first, end) if first < start else None


def _is_no_name(name: str, word: str, rules: Rules) -> bool:
    """本届大会, 主题论坛, 全市…大会: an event word without a name of its own."""
    own = name[: -len(word)]
    return (
        len(own) < 2
        or _GENERIC.fullmatch(own) is not None
        or _WORK_MEETING.match(name) is not None
        or name.endswith(rules.keywords.events.not_)
    )


def _is_main(scan: Scan, start: int, end: int) -> bool:
    """Held, opened or closed in the same sentence, and not only the occasion (在…上)."""
    left, right = scan.sentence(start)
    after = scan.text[end : min(right, end + 80)].lstrip(_CLOSE)
    if _ON_IT.match(after):
        return False
    if scan.in_title(start):
        return True
    return _HELD.search(after) is not None or _HELD.search(scan.text, max(left, start - 20), start) is not None
