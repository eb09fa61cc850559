"""Floors on pages in unseen layouts; ``python -m tests.extract.fresh`` prints what they are made of."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.extract.fresh.scoring import HERE, score

RIGHT = {"read": 64, "unread": 52}  # pages right in all fields; 33 of 66 and 34 of 80 before any was looked at
FALSE = {"read": 0, "unread": 8}  # printed facts that are wrong and not empty; no day is among them


@pytest.mark.parametrize("half", RIGHT)
def test_pages_right_in_all_fields(half: str) -> None:
    pages = score(HERE / half)
    wrong = Counter(field for page in pages for field in page.wrong)
    assert sum(page.right for page in pages) >= RIGHT[half], wrong
    false = Counter(field for page in pages for field in page.false)
    assert false.total() <= FALSE[half], false
    assert not false["day"]
