"""Makes classifiers/regions/data/places.tsv and renames.tsv from local copies of two open packages.

    python scripts/build_gazetteer.py DIVISION_DIST LOCATION_CHANGE [OUT]

``DIVISION_DIST`` is the ``dist`` folder of the npm package china-division (provinces.csv, cities.csv,
areas.csv); ``LOCATION_CHANGE`` is ``jionlp/dictionary/china_location_change.txt`` of the PyPI package jionlp.
Codes are GB/T 2260 where such a code exists: the statistical codes of development zones (xxxx70 and above) are left
out, since their names are found by rule and their codes are not division codes.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "classifiers" / "regions" / "data"
NOT_A_CITY = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
SUFFIXES = ("自治县", "自治旗", "地区", "市", "县", "区", "旗")


def places(dist: Path) -> dict[str, str]:
    """Six-digit code -> name of every city and county."""
    found: dict[str, str] = {}
    for row in csv.DictReader((dist / "cities.csv").open(encoding="utf-8")):
        if row["name"] not in NOT_A_CITY:
            found[row["code"] + "00"] = row["name"]
    for row in csv.DictReader((dist / "areas.csv").open(encoding="utf-8")):
        if found.get(row["code"][:4] + "00") == row["name"]:
            continue  # a city without districts stands in for its only county (嘉峪关市)
        # County codes run 01-29 (districts), 2x (counties), 81+ (county-level cities); 70-79 are zones.
        if row["code"][4] != "7" and not row["name"].endswith(("群岛", "海域", "委员会", "管理区")):
            found[row["code"]] = row["name"]
    return found


def _stem(name: str) -> str:
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name[: -len(suffix)]
    return name


def renames(changes: Path, known: dict[str, str], provinces: dict[str, str]) -> list[tuple[str, str, str]]:
    """(last day of the old name, old name, code of the current place); lines without a target are reported."""
    by_place = {(code[:2], name): code for code, name in known.items()}
    rows: set[tuple[str, str, str]] = set()
    for line in changes.read_text(encoding="utf-8").splitlines():
        before, after = (side.split("\t") for side in line.split("=>"))
        day, province, old, new = before[0], provinces[before[2]], before[-2], after[-1]
        code = by_place.get((province, new))
        if code is None:  # the list has the wrong kind of place (玉环区 for 玉环市)
            hits = [c for (p, name), c in by_place.items() if p == province and _stem(name) == _stem(new)]
            code = hits[0] if len(hits) == 1 else None
        if code is None:
            print(f"no current place for {line}", file=sys.stderr)  # noqa: T201
        elif (province, old) not in by_place:
            rows.add((day, old, code))
    return sorted(rows)


def main() -> None:
    """Writes both files and reports what could not be matched."""
    dist, changes = Path(sys.argv[1]), Path(sys.argv[2])
    out = Path(sys.argv[3]) if len(sys.argv) > 3 else HERE
    provinces = {row["name"]: row["code"] for row in csv.DictReader((dist / "provinces.csv").open(encoding="utf-8"))}
    known = places(dist)
    (out / "places.tsv").write_text(
        "".join(f"{code}\t{name}\n" for code, name in sorted(known.items())), encoding="utf-8"
    )
    moved = renames(changes, known, provinces)
    (out / "renames.tsv").write_text("".join("\t".join(row) + "\n" for row in moved), encoding="utf-8")


if __name__ == "__main__":
    main()
