"""Floors on pages in unseen layouts; ``python -m tests.extract.fresh`` prints what they are made of."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.extract.fresh import lines
from tests.extract.fresh.scoring import HERE, score

RIGHT = {"read": 105, "unread": 98}  # pages right in all fields; 52 of 109 and 56 of 127 before any was looked at
FALSE = {"read": 0, "unread": 12}  # printed facts that are wrong and not empty
FALSE_DAYS = {"read": 0, "unread": 1}  # days among them


@pytest.mark.parametrize("half", RIGHT)
def test_pages_right_in_all_fields(half: str) -> None:
    pages = score(HERE / half)
    wrong = Counter(field for page in pages for field in page.wrong)
    assert sum(page.right for page in pages) >= RIGHT[half], wrong
    false = Counter(field for page in pages for field in page.false)
    assert false.total() <= FALSE[half], false
    assert false["day"] <= FALSE_DAYS[half]


def test_single_lines_that_nobody_fitted_to() -> None:
    """`python -m tests.extract.fresh.lines` prints both halves."""
    found = lines.score("unread")
    assert found.furniture - len(found.kept) >= 0.62 * found.furniture
    assert len(found.cut) <= 0.08 * found.text
