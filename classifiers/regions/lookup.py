"""The province-level divisions by any of their names or codes."""

from __future__ import annotations

from functools import lru_cache

from classifiers.regions.gazetteer import Province, provinces


@lru_cache(maxsize=1)
def _index() -> dict[str, Province]:
    table: dict[str, Province] = {}
    for province in provinces():
        for key in (province.name, *province.shorts, *province.letters, province.code, province.code[:2], province.iso):
            table[key] = province
    return table


def province_of(name_or_code: str) -> Province | None:
    """The province of a full or short name, a letter (沪), an ISO code or any GB/T 2260 code; else None."""
    key = name_or_code.strip()
    if key.isdigit():
        key = key[:2]
    return _index().get(key)


def iso_of(province: str) -> str:
    """The ISO 3166-2 code that Kibana's map joins on (北京市 -> CN-BJ); empty for an unknown name."""
    found = province_of(province)
    return found.iso if found else ""
