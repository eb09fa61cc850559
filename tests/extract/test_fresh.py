"""Floors on pages in unseen layouts; ``python -m tests.extract.fresh`` prints what they are made of."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.extract.fresh.scoring import score

RIGHT = {"read": 44, "unread": 33}  # pages right in all fields; 21 of 45 and 20 of 59 before any was looked at
WRONG_DAYS = {"read": 0, "unread": 2}


@pytest.mark.parametrize("half", RIGHT)
def test_pages_right_in_all_fields(half: str) -> None:
    pages = score(half)
    wrong = Counter(field for page in pages for field in page.wrong)
    assert sum(page.right for page in pages) >= RIGHT[half], wrong
    assert wrong["day"] <= WRONG_DAYS[half]
