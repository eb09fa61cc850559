"""Places in a text, resolved to province, city and county, each with a reason.

Takes the folded text; returns :class:`~yuqing.core.records.RegionTag` records with evidence. May import classifiers and
yuqing.core.
"""

from __future__ import annotations

from classifiers.regions.tags import find_places, without_scenery

__all__ = ["find_places", "without_scenery"]
