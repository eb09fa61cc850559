"""The vendored gazetteer: the divisions of China with their GB/T 2260 codes, and all their names.

Sources and licences are in ``data/README.md``; ``scripts/build_gazetteer.py`` generates the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from classifiers.regions.ordinary import AT_BOUNDARY, FULL_ONLY, NO_ALONE
from yuqing.core.provinces import PEOPLES, provinces

_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:(?:{'|'.join(PEOPLES)})族?)*自治(州|县|旗)$")


class Division(NamedTuple):
    """A place down to county level; fields that do not apply are empty."""

    code: str
    province: str
    city: str = ""
    county: str = ""


class Reading(NamedTuple):
    """A division that a name may mean; ``until`` is the last day of an old name."""

    division: Division
    until: date | None = None


@dataclass(slots=True)
class Name:
    """A name to scan for: what it may mean and how reliable it is by itself."""

    text: str
    readings: list[Reading] = field(default_factory=list)
    # guard: a phrase that is not a place and hides the places within it; letter: 在沪; group: 京津冀; short: 荔波
    kind: Literal["name", "guard", "letter", "group", "short"] = "name"
    weak: bool = False  # needs a word boundary or support from the rest of the text
    short_county: bool = False  # 成县, 和县: both the boundary and the province are needed
    ordinary: bool = False  # also an ordinary word: needs support, the boundary is not enough


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names, the short names that are safe directly after their parent (北京|东城), and the beginnings of these."""

    names: dict[str, Name]
    divisions: dict[str, Division]
    children: dict[str, dict[str, Division]]
    heads: frozenset[str]


def _lines(name: str) -> Iterator[list[str]]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def short_names(name: str) -> list[str]:
    """The short forms of a city or county name (恩施土家族苗族自治州 -> 恩施州, 恩施)."""
    if match := _AUTONOMOUS.match(name):
        stem = match[1]
        return [stem + match[2], stem]
    for suffix in ("地区", "盟", "市", "区", "县", "旗"):
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return [name[: -len(suffix)]]
    return []


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Reads the data files once (about 20 ms)."""
    names: dict[str, Name] = {}
    divisions: dict[str, Division] = {}
    children: dict[str, dict[str, Division]] = {}

    def add(text: str, division: Division, until: date | None = None) -> None:
        known = names.setdefault(text, Name(text))
        if all(reading.division != division for reading in known.readings):
            known.readings.append(Reading(division, until))

    for province in provinces():
        divisions[province.code] = Division(province.code, province.name)
        for text in (province.name, *province.shorts):
            add(text, divisions[province.code])
    rows = [(code, name) for code, name in _lines("places.tsv")]
    cities = {code[:4]: name for code, name in rows if code.endswith("00")}
    for code, name in rows:
        top = divisions[code[:2] + "0000"]
        is_city = code.endswith("00")
        division = Division(code, top.province, cities.get(code[:4], ""), "" if is_city else name)
        divisions[code] = division
        add(name, division)
        for short in short_names(name):
            if short in FULL_ONLY:
                continue
            if is_city or ("自治" in name and short.endswith(("县", "旗"))):
                add(short, division)
            for parent in {top.code, code[:4] + "00"} - {code}:
                children.setdefault(parent, {}).setdefault(short, division)
    for until, old, code in _lines("renames.tsv"):
        add(old, divisions[code], date.fromisoformat(until))
    for text, code, county, until in _lines("hand.tsv"):
        division = divisions[code] if county == "-" else divisions[code]._replace(county=county)
        add(text, division, None if until == "-" else date.fromisoformat(until))
    for text, known in names.items():
        # A two-character county (成县, 和县) may be cut out of other words as easily as a short city name.
        known.short_county = len(text) == 2 and text[1] in "县区" and bool(known.readings[0].division.county)
        known.ordinary = text in NO_ALONE
        known.weak = known.short_county or text in AT_BOUNDARY
    for (phrase,) in _lines("not_places.txt"):
        names[phrase] = Name(phrase, kind="guard")
    for phrase, kind, codes in _lines("letters.tsv"):
        readings = [Reading(divisions[code]) for code in codes.split()]
        if kind == "group":
            names[phrase] = Name(phrase, readings, "group")
        else:
            for verb in "在来赴抵":
                names[verb + phrase] = Name(verb + phrase, readings, "letter")
    heads = frozenset(short[:2] for inside in children.values() for short in inside)
    return Gazetteer(names, divisions, children, heads)
