"""Counties by their bare names (荔波上线小程序): searched for in the title and the lead, where they matter.

Many of the 2,600 such names are also words or people's names, so one counts only with support: its city or province is
named, others of its province are next to it, or it opens a statement as a place would.
"""

from __future__ import annotations

import re
from functools import lru_cache

from classifiers.regions import patterns as p
from classifiers.regions.gazetteer import Division, Name, Reading, gazetteer, short_names
from classifiers.regions.ordinary import FULL_ONLY, NOT_CHILD, ends_in_word
from classifiers.regions.scan import Hits, Place, find
from classifiers.wordings import either, word_lists
from yuqing.core.segment import is_word, word_classes

_PLACE = ["ns"]  # jieba's tag for place names
_NAMES = (_PLACE, ["nr"], ["nz"], ["nrt"], ["nrfg"])
_OPENS = re.compile(r"(?:^|[,。;:!?、\n)】》”]|\d日|近日|日前|昨日|昨天|今天|今日|日起)$")
_GOES_ON = re.compile(
    rf"{p.BODY.pattern}|{p.ACTS.pattern}|[^,。;:、“”《》的]{{0,10}}?{either(word_lists().places.acts)}|"
    "(?:、|与|和|及)|(?:的?(?:居民|村民|群众|农民|百姓|老百姓|市民))"
)
_OFFICE = re.compile("法院|检察院|公安|海关|供电|交警|税务")
_NO_PLACE = re.compile(
    "人(?!民|社|大|口)|[路街]|大学|学院|牌|股份|集团|公司|汽车|银行|证券|先生|女士|同志|教授|说|认为|表示"
)
# Where a text refers to the county, the city or the district without its name.
_SPEAKS = {
    kind: re.compile(
        rf"全{kind}(?!域)|(?:(?<![一-鿿])|(?<=[由在和与被向])){kind}(?:里|长|委|城|[一-鿿]{{2,12}}?(?:局|办|中心|[院馆站]))"
    )
    for kind in "县市区旗"
}


@lru_cache(maxsize=1)
def bare_names() -> tuple[Name, ...]:
    """The bare names of counties that are not names of their own in the gazetteer."""
    known = gazetteer()
    found: dict[str, Name] = {}
    for division in known.divisions.values():
        if not division.county:
            continue
        for short in short_names(division.county):
            if short in known.names or short in NOT_CHILD or short in FULL_ONLY:
                continue
            found.setdefault(short, Name(short, kind="short", weak=True)).readings.append(Reading(division))
    return tuple(found.values())


def named(text: str, hits: Hits, end: int) -> list[Place]:
    """The places of ``text``, and the bare names of counties before ``end`` outside of them, in order."""
    places, names = find(text, hits.names), bare_names()
    taken = [(place.start, place.end) for place in places]
    found = []
    free = 0
    for start, negative, number in hits.bare:
        stop = -negative
        if stop > end:
            break
        if start < free:
            continue  # overlaps the one before
        free = stop
        if any(left < stop and start < right for left, right in taken):
            continue
        name = names[number]
        if ends_in_word(text, stop) or _NO_PLACE.match(text, stop):
            continue
        if text[stop : stop + 1] in "省市区县州旗":  # the full name of another place, or not a name
            continue
        found.append(Place(start, stop, list(name.readings), name, "short", weak=True))
    if not found:
        return places
    return sorted([*places, *found], key=lambda place: place.start)


def supported(text: str, place: Place, provinces: set[str], cities: set[tuple[str, str]], beside: set[str]) -> bool:
    """Whether a bare name means the county. ``provinces`` and ``cities`` are those that the text names with certainty,
    ``beside`` the provinces of the places next to it in an enumeration."""
    return _likely(text, place, provinces, cities, beside) and _is_word(text, place)


def _is_word(text: str, place: Place) -> bool:
    """Whether the name begins and ends at word boundaries; 海淀法院 is one word to jieba."""
    office = _OFFICE.match(text, place.end)
    return is_word(text, place.start, place.end) or (office is not None and is_word(text, place.start, office.end()))


def _likely(text: str, place: Place, provinces: set[str], cities: set[tuple[str, str]], beside: set[str]) -> bool:
    divisions = [reading.division for reading in place.readings]
    if any(_key(division) in cities for division in divisions):
        return True
    classes = _classes(place.first.text)
    name = classes in _NAMES or len(classes) > 1
    held = text[place.start - 1 : place.start] in ("在", "赴", "抵") and p.ACTS.match(text, place.end)  # 在修水召开
    if (name or held) and any(division.province in provinces or division.province in beside for division in divisions):
        return True
    if len(divisions) > 1:
        return False
    opens = _OPENS.search(text[max(0, place.start - 4) : place.start]) and _GOES_ON.match(text, place.end)
    if opens and (classes == _PLACE or len(classes) > 1):
        return True
    speaks = _SPEAKS.get(divisions[0].county[-1])
    if speaks is None or (opens is None and text.count(place.first.text) < 2):
        return False
    return speaks.search(text) is not None


@lru_cache(maxsize=4096)
def _classes(name: str) -> list[str]:
    return word_classes(name)


def _key(division: Division) -> tuple[str, str]:
    return division.province, division.city
