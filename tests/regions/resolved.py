"""The region tags of a document by the shipped rules, shared by the tests of places."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from classifiers.document import Document
from classifiers.regions import find_places
from classifiers.rules import Rules, load_rules
from yuqing.core.records import Evidence, RegionTag

_KEYWORDS = Path(__file__).resolve().parents[2] / "keywords.yaml"


@lru_cache(maxsize=1)
def _rules() -> Rules:
    return load_rules(_KEYWORDS)


def resolve(document: Document) -> tuple[tuple[RegionTag, ...], tuple[Evidence, ...]]:
    """The tags and their evidence."""
    rules = _rules()
    found = find_places(document, rules.grammar.national, rules.scan(document).places)
    return found.tags, found.evidence
