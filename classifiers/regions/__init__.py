"""Places in a text, resolved to province, city and county, each with its reason."""

from __future__ import annotations

from classifiers.regions.gazetteer import Province, provinces
from classifiers.regions.lookup import iso_of, province_of
from classifiers.regions.tags import resolve

__all__ = ["Province", "iso_of", "province_of", "provinces", "resolve"]
