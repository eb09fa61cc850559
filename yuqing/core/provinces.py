"""The province-level divisions of China by any of their names or codes, and the ethnic groups in place names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


PEOPLES: tuple[str, ...] = tuple(word for line in _lines("peoples.txt") for word in line.split())
"""The ethnic groups that occur in place names, without 族."""


@dataclass(frozen=True, slots=True)
class Province:
    """A province-level division: names, GB/T 2260 code, letters (沪) and ISO 3166-2 code.

    ``hosts`` are the labels before gov.cn in the host names of its authorities, ``tile`` is the column and row on the
    tile map.
    """

    name: str
    shorts: tuple[str, ...]
    code: str
    letters: tuple[str, ...]
    iso: str
    hosts: tuple[str, ...]
    tile: tuple[int, int]

    @property
    def short(self) -> str:
        """山东 for 山东省, 内蒙古 for 内蒙古自治区."""
        return self.shorts[0]


@lru_cache(maxsize=1)
def provinces() -> tuple[Province, ...]:
    """All 34 in the order of their codes."""
    return tuple(_province(line.split("\t")) for line in _lines("provinces.tsv"))


def _province(row: list[str]) -> Province:
    code, name, shorts, letters, iso, hosts, tile = row
    column, _, line = tile.partition(",")
    return Province(
        name=name,
        shorts=tuple(shorts.split()),
        code=code,
        letters=tuple(letters.split()),
        iso=f"CN-{iso}",
        hosts=tuple(hosts.strip("-").split()),
        tile=(int(column), int(line)),
    )


@lru_cache(maxsize=1)
def mainland() -> dict[str, Province]:
    """The 31 provinces that sources may name, by the first two digits of their code."""
    return {province.code[:2]: province for province in provinces() if province.code < "71"}


def province_of(name_or_code: str) -> Province | None:
    """The province of a full or short name, a letter (沪), an ISO code or any GB/T 2260 code; else None."""
    key = name_or_code.strip()
    return _index().get(key[:2] if key.isdigit() else key)


@lru_cache(maxsize=1)
def _index() -> dict[str, Province]:
    return {
        key: one
        for one in provinces()
        for key in (one.name, *one.shorts, *one.letters, one.code, one.code[:2], one.iso)
    }
