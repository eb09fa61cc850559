"""The names that a person may give as a tag: those in keywords.yaml, and the provinces and cities of China."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from classifiers.keywords import parse_keywords
from classifiers.names import names_of
from classifiers.regions.gazetteer import gazetteer
from classifiers.schema import Keywords
from yuqing.core.errors import YuqingError
from yuqing.core.facets import Facet, correctable
from yuqing.core.names import Names
from yuqing.core.records import RegionTag, SectorTag

ADDED = "added by a person"  # the reason recorded for such a region


TagNames = Mapping[str, Mapping[str, Any]]
"""By facet: the choices, each with the tag that it stands for. Places are written 四川省 or 四川省/成都市."""


class NameBook:
    """The names in the current rules file ``path``; those of its last valid version if it is faulty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[tuple[int, int], TagNames, Names] | None = None

    def get(self) -> TagNames:
        """The choices. Raises YuqingError if the file is faulty and no valid version has been read."""
        return self._now()[1]

    def listed(self) -> Names:
        """The names in the file with all their spellings; raises like :meth:`get`."""
        return self._now()[2]

    def _now(self) -> tuple[tuple[int, int], TagNames, Names]:
        """The file is reread (0.2 s) only if it has changed."""
        known = self._read
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_size)
            if known is None or known[0] != stamp:
                _, keywords = parse_keywords(self._path)
                tags = {facet.key: _known(facet, keywords) for facet in correctable()}
                known = self._read = (stamp, tags, names_of(keywords))
        except (OSError, YuqingError):
            if known is None:
                raise
        return known


def _known(facet: Facet, keywords: Keywords) -> Mapping[str, Any]:
    if facet.key == "region":
        return _places()
    listed = getattr(keywords, facet.listed)
    if facet.key == "sector":
        return {s.name: SectorTag(name=s.name, group=s.group, phrase=f"互联网+{s.name}") for s in listed}
    return {one.name: one.name for one in listed}


@lru_cache(maxsize=1)
def _places() -> dict[str, RegionTag]:
    found = sorted({d for d in gazetteer().divisions.values() if not d.county}, key=lambda d: d.code)
    return {
        "/".join(filter(None, (d.province, d.city))): RegionTag(
            province=d.province, city=d.city, code=d.code, primary=True, reason=ADDED
        )
        for d in found
    }
