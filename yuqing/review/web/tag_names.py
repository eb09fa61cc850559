"""The names that a person may give as a tag: those of keywords.yaml, and the provinces and cities of China."""

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

ADDED = "added by a person"  # the reason of such a region


TagNames = Mapping[str, Mapping[str, Any]]
"""By facet: what may be chosen, and the tag that it gives. Places are written 四川省 or 四川省/成都市."""


class NameBook:
    """The names of the rules file ``path`` as it stands; those it had before where it is faulty just now."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[tuple[int, int], TagNames, Names] | None = None

    def get(self) -> TagNames:
        """What may be chosen. Raises YuqingError for a faulty file of which no sound version was read."""
        return self._now()[1]

    def listed(self) -> Names:
        """The names in the file with all their spellings; raises as :meth:`get`."""
        return self._now()[2]

    def _now(self) -> tuple[tuple[int, int], TagNames, Names]:
        """The file is read again (0.2 s) only when it has changed."""
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
