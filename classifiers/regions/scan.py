"""Finds place names in a folded text: longest first, adjacent ones joined to chains (浙江省|温州市|鹿城区)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation
from msgspec import Struct

from classifiers.regions.gazetteer import Division, Gazetteer, Name, Reading, gazetteer
from classifiers.regions.ordinary import NOT_CHILD, ends_in_word
from classifiers.wordings import each, word_lists
from yuqing.core.segment import is_word

_ZONE = re.compile(r"(?:市)?(高新技术产业开发区|高新技术开发区|高新区|经济技术开发区|经济开发区|经开区|开发区|保税区)")
_ZONE_BEGINS = ("市", "高", "经", "开", "保")
# A village or town with the name of a distant city: 石渠县|长沙贡马乡.
_TOWNSHIP = re.compile("[一-鿿]{0,3}(?:乡|镇|街道|村)")
_OPENS, _CLOSES = ("“", "《"), ("”", "》")
# What may follow the letter of a car plate so that it means a place (在沪|签署).
_HAPPENS = re.compile(each(word_lists().places.happens))

Hit = tuple[int, int, int]
"""Start, negative end (so that among equal starts the longest comes first), and number of a name."""


class Hits(NamedTuple):
    """The names found in a text, including overlapping ones, in the order of their ends: those of the gazetteer
    (numbers of :func:`place_names`), and the bare names of counties (of :func:`classifiers.regions.short.bare_names`).
    """

    names: list[Hit]
    bare: list[Hit]


class Place(Struct, eq=False):
    """One or more adjacent names that mean one place; ``readings`` has several if it is ambiguous."""

    start: int
    end: int
    readings: list[Reading]
    first: Name
    how: str
    weak: bool = False
    ordinary: bool = False
    zone: str = ""

    @property
    def division(self) -> Division:
        """The place, once a single reading is left."""
        return self.readings[0].division


@lru_cache(maxsize=1)
def place_names() -> tuple[Name, ...]:
    """Every name of the gazetteer; a :data:`Hit` contains its number."""
    return tuple(gazetteer().names.values())


@lru_cache(maxsize=1)
def _automaton() -> AhoCorasick:
    return AhoCorasick([name.text for name in place_names()], implementation=Implementation.ContiguousNFA)


def place_hits(text: str) -> list[Hit]:
    """The positions of place names in ``text``, including overlapping ones."""
    return [(start, -end, index) for index, start, end in _automaton().find_matches_as_indexes(text, overlapping=True)]


def _longest(text: str, hits: list[Hit]) -> list[tuple[int, int, Name]]:
    """Non-overlapping hits, leftmost and longest first, where the surrounding characters permit the name."""
    names = place_names()
    hits.sort()
    taken: list[tuple[int, int, Name]] = []
    free = 0
    for start, negative, index in hits:
        if start < free:
            continue
        name, end = names[index], -negative
        if name.kind == "guard":
            free = end
            continue
        if name.kind == "letter":
            if _HAPPENS.match(text, end):
                taken.append((end - 1, end, name))
            continue
        if ends_in_word(text, end) or (text[start - 2 : start - 1] in _OPENS and text[end + 1 : end + 2] in _CLOSES):
            continue  # 南京市|场, 西安区|块链: the shorter name is tried next; “吉|金华|章” is a title
        taken.append((start, end, name))
        free = end
    return taken


def _within(child: Division, parent: Division) -> bool:
    return child.province == parent.province and (not parent.city or child.city == parent.city) and child != parent


def find(text: str, hits: list[Hit]) -> list[Place]:
    """The places that ``text`` names, in order; ambiguous and weak ones are not decided yet."""
    known = gazetteer()
    places: list[Place] = []
    for start, end, name in _longest(text, hits):
        last = places[-1] if places else None
        if last is not None and last.end == start and len(last.readings) == 1 and not last.division.county:
            inner = [reading for reading in name.readings if _within(reading.division, last.division)]
            short = known.children.get(last.division.code, {}).get(name.text)
            if not inner and short is not None and _within(short, last.division):
                inner = [Reading(short)]
            if inner:
                last.readings, last.end, last.weak, last.how = inner[:1], end, False, "parent"
                last.ordinary = False
                continue
        if last is not None and (
            start < last.end or (start == last.end and last.division.county and _TOWNSHIP.match(text, end))
        ):
            continue
        if name.kind == "group":
            places += [Place(start, end, [reading], name, "group") for reading in name.readings]
            continue
        places.append(Place(start, end, name.readings, name, name.kind, name.weak, name.ordinary))
        _extend(text, places[-1], known)
    return places


def _extend(text: str, place: Place, places: Gazetteer) -> None:
    """Adds the short name of a county or the zone that follows directly (江苏|昆山, 武汉|高新区)."""
    if len(place.readings) != 1:
        return
    division, end = place.readings[0].division, place.end
    if division.county:
        return
    after = text[end : end + 4]
    if after[:2] in places.heads and (inside := places.children.get(division.code)):
        for short in (after, after[:3], after[:2]):
            if short in inside and short not in NOT_CHILD:
                child = inside[short]
                if not child.county or text.startswith(child.county, end):
                    return  # the scan has the full name as its next hit
                if is_word(text, end, end + len(short)):
                    place.readings, place.end, place.how = [Reading(child)], end + len(short), "parent"
                return
    if text.startswith(_ZONE_BEGINS, end) and (zone := _ZONE.match(text, end)):
        label = text[place.start : zone.end()]
        place.readings = [Reading(division._replace(county=label if division.city else zone[1]))]
        place.end, place.how, place.zone, place.weak = zone.end(), "zone", zone[1], False
