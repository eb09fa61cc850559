"""Chooses the one place that an ambiguous or doubtful name means, or leaves it open."""

from __future__ import annotations

from datetime import date, timedelta

from classifiers.normalize import Normal
from classifiers.regions.gazetteer import Division, Reading
from classifiers.regions.patterns import GAP
from classifiers.regions.scan import Place
from classifiers.regions.short import supported
from classifiers.wordings import word_lists
from yuqing.core.records import Field
from yuqing.core.segment import is_word

Found = tuple[Field, Normal, Place]

# A renamed place is still called by its old name for a while.
AFTERLIFE = timedelta(days=730)
_BODIES = word_lists().places.sure_bodies


def decide(found: list[Found], home: str, day: date | None) -> list[Found]:
    """``found`` without names that do not mean places here; ambiguous ones keep all their readings.

    ``home`` is the province of the source ("" if none), ``day`` the day of publication.
    """
    certain = [
        place.division for _, _, place in found if not place.weak and not place.ordinary and len(place.readings) == 1
    ]
    known = {division.province for division in certain}
    if home:
        known.add(home)
    cities = {(division.province, division.city) for division in certain if division.city}
    kept: list[Found] = []
    seen: list[Division] = []
    for index, item in enumerate(found):
        _, normal, place = item
        if place.how == "short":
            if not supported(normal.text, place, known, cities, _beside(found, index)):
                continue
        elif place.weak or place.ordinary:
            if not _supported(normal.text, place, known, cities):
                continue
            if place.ordinary and len(place.readings) == 1 and place.how == "name":
                place.how = "supported"
        if len(place.readings) > 1:
            _choose(place, seen, known, cities, home, day)
        if len(place.readings) == 1:
            seen.append(place.division)
        kept.append(item)
    return kept


def _supported(text: str, place: Place, known: set[str], cities: set[tuple[str, str]]) -> bool:
    if text.startswith(_BODIES, place.end):
        return True
    if not is_word(text, place.start, place.end):
        return False
    if place.ordinary:  # 城区, 白银: its city must be named too, or its province if it is a city
        return any(
            (r.division.province, r.division.city) in cities
            if r.division.county and r.division.city
            else r.division.province in known
            for r in place.readings
        )
    return not place.first.short_county or any(r.division.province in known for r in place.readings)


def _beside(found: list[Found], index: int) -> set[str]:
    """The provinces of the places directly before and after that one in an enumeration."""
    provinces: set[str] = set()
    for first, second in ((index - 1, index), (index, index + 1)):
        if first < 0 or second >= len(found) or found[first][0] != found[second][0]:
            continue
        left, right = found[first][2], found[second][2]
        if GAP.fullmatch(found[index][1].text, left.end, right.start):
            other = left if second == index else right
            provinces.update(reading.division.province for reading in other.readings)
    return provinces


def _choose(
    place: Place, seen: list[Division], known: set[str], cities: set[tuple[str, str]], home: str, day: date | None
) -> None:
    readings = place.readings
    if day is not None:
        in_use = [reading for reading in readings if reading.until is None or day <= reading.until + AFTERLIFE]
        readings = in_use or readings
    for earlier in reversed(seen):
        inside = [r for r in readings if _same_city(r.division, earlier)] or [
            r for r in readings if r.division.province == earlier.province and not earlier.city
        ]
        if len(inside) == 1:
            _settle(place, inside, f"{earlier.city or earlier.province} is named before it")
            return
    for inside, reason in (
        ([r for r in readings if (r.division.province, r.division.city) in cities], "its city is named in the text"),
        ([r for r in readings if r.division.province in known], "its province is named in the text"),
        ([r for r in readings if r.division.province == home], "province of the source"),
    ):
        if len({r.division.county and r.division.code for r in inside}) == 1:
            _settle(place, inside, reason)
            return
    if len(readings) == 1:
        _settle(place, readings, "the only place of that name on that day")


def _same_city(division: Division, earlier: Division) -> bool:
    return bool(earlier.city) and (division.province, division.city) == (earlier.province, earlier.city)


def _settle(place: Place, readings: list[Reading], reason: str) -> None:
    place.readings = readings[:1]
    place.how = f"chosen: {reason}"
