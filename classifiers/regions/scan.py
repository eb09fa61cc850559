"""Finds the names of places in a folded text: longest first, joined to chains (浙江省|温州市|鹿城区)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from classifiers.regions.gazetteer import Division, Name, Reading, gazetteer
from classifiers.regions.ordinary import NOT_BEFORE, NOT_CHILD
from classifiers.segment import is_word

_ZONE = re.compile(r"(?:市)?(高新技术产业开发区|高新技术开发区|高新区|经济技术开发区|经济开发区|经开区|开发区|保税区)")
# Letters of car plates are places only between 在, 来, 赴, 抵 and what happens there, or in a set pair.
_LETTER = re.compile(
    r"[在来赴抵]([京沪津渝汉穗蓉杭甬榕邕琼昆])(?=签|举|召|开|启|发布|成立|揭|落|打|设|上线|正式|建|推|投|共|隆|亮|率|试|实|考察|调研|参|欲|洽)"
)
_LETTER_CODES = {
    "京": "110000", "沪": "310000", "津": "120000", "渝": "500000", "汉": "420100", "穗": "440100",
    "蓉": "510100", "杭": "330100", "甬": "330200", "榕": "350100", "邕": "450100", "琼": "460000",
    "昆": "530100",
}  # fmt: skip
_GROUPS = {"京津冀": "110000 120000 130000", "苏浙沪": "320000 330000 310000", "江浙沪": "320000 330000 310000",
           "沪苏浙皖": "310000 320000 330000 340000", "川渝": "510000 500000", "成渝": "510100 500000",
           "云贵川": "530000 520000 510000", "粤港澳": "440000 810000 820000", "闽宁": "350000 640000",
           "粤桂": "440000 450000", "湘赣": "430000 360000", "豫陕": "410000 610000"}  # fmt: skip
_GROUP = re.compile("|".join(_GROUPS))


@dataclass(slots=True)
class Place:
    """One or more adjacent names that mean one place; ``readings`` has several when it is ambiguous."""

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
        """The place, once there is one reading."""
        return self.readings[0].division


@lru_cache(maxsize=1)
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[Name]]:
    names = list(gazetteer().names.values())
    return ahocorasick_rs.AhoCorasick([name.text for name in names]), names


def _longest(text: str) -> list[tuple[int, int, Name]]:
    """Non-overlapping hits, leftmost and longest first, where the letters around allow the name."""
    automaton, names = _automaton()
    hits = [(start, -end, index) for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True)]
    hits.sort()
    taken: list[tuple[int, int, Name]] = []
    free = 0
    for start, negative, index in hits:
        if start < free:
            continue
        name, end = names[index], -negative
        if name.guard:
            free = end
            continue
        after = text[end : end + 1]
        if after and name.text[-1] + after in NOT_BEFORE:
            continue  # 南京市|场, 西安区|块链: the shorter name is tried next
        taken.append((start, end, name))
        free = end
    return taken


def _within(child: Division, parent: Division) -> bool:
    return child.province == parent.province and (not parent.city or child.city == parent.city) and child != parent


def find(text: str) -> list[Place]:
    """The places that ``text`` names, in order; ambiguous and weak ones are not decided here."""
    children = gazetteer().children
    places: list[Place] = []
    for start, end, name in _longest(text):
        last = places[-1] if places else None
        if last is not None and last.end == start and len(last.readings) == 1 and not last.division.county:
            inner = [reading for reading in name.readings if _within(reading.division, last.division)]
            short = children.get(last.division.code, {}).get(name.text)
            if not inner and short is not None and _within(short, last.division):
                inner = [Reading(short)]
            if inner:
                last.readings, last.end, last.weak, last.how = inner[:1], end, False, "parent"
                last.ordinary = False
                continue
        if last is not None and start < last.end:
            continue
        places.append(Place(start, end, list(name.readings), name, "name", name.weak, name.ordinary))
        _extend(text, places[-1], children)
    places += _by_letter(text)
    places.sort(key=lambda place: place.start)
    return places


def _extend(text: str, place: Place, children: dict[str, dict[str, Division]]) -> None:
    """Takes in the short name of a county or the zone that follows directly (江苏|昆山, 武汉|高新区)."""
    if len(place.readings) != 1 or place.division.county:
        return
    inside = children.get(place.division.code, {})
    for length in (4, 3, 2):
        short = text[place.end : place.end + length]
        if len(short) == length and short in inside and short not in NOT_CHILD:
            full = inside[short].county or inside[short].city
            if text.startswith(full, place.end) or not inside[short].county:
                return  # the scan has the full name as its next hit
            if is_word(text, place.end, place.end + length):
                place.readings, place.end, place.how = [Reading(inside[short])], place.end + length, "parent"
            return
    if zone := _ZONE.match(text, place.end):
        label = text[place.start : zone.end()]
        place.readings = [Reading(place.division._replace(county=label if place.division.city else zone[1]))]
        place.end, place.how, place.zone, place.weak = zone.end(), "zone", zone[1], False


def _by_letter(text: str) -> list[Place]:
    divisions = gazetteer().divisions
    found = []
    for match in _LETTER.finditer(text):
        reading = Reading(divisions[_LETTER_CODES[match[1]]])
        found.append(Place(match.start(1), match.end(1), [reading], Name(match[1]), "letter"))
    for match in _GROUP.finditer(text):
        found += [
            Place(match.start(), match.end(), [Reading(divisions[code])], Name(match[0]), "group")
            for code in _GROUPS[match[0]].split()
        ]
    return found
