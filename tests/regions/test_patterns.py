"""A look that is left out where a pattern cannot begin must lose no match."""

from __future__ import annotations

import re

import pytest

from classifiers.regions import scan
from classifiers.regions.patterns import ROAD, ROAD_OPENS


@pytest.mark.parametrize(
    ("pattern", "opens", "known"),
    [
        (ROAD, ROAD_OPENS, ("路", "市中路", "省道街", "东三路", "步行街", "大道", "大街", "立交桥")),
        (scan._ZONE, scan._ZONE_OPENS, ("市高新区", "高新区", "经开区", "开发区", "保税区", "经济技术开发区")),
    ],
)
def test_nothing_begins_with_another_character(
    pattern: re.Pattern[str], opens: frozenset[str], known: tuple[str, ...]
) -> None:
    words = {word[at:] for word in (*known, *re.findall("[一-鿿]+", pattern.pattern)) for at in range(len(word))}
    begun = {char for char in set(pattern.pattern) for word in words if pattern.match(char + word)}
    assert {word[0] for word in known if pattern.match(word)} <= begun
    assert begun == opens
