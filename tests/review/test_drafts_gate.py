"""Gate: how good the drafts are on cases that were held apart; the floors may only rise.

``python -m tests.review.measure`` prints the figures; docs/drafts.md says what is counted.
"""

from __future__ import annotations

from tests.review.measure import row_figures
from tests.review.row_measure import measured


def test_rows_are_acceptable_as_drafted() -> None:
    rows = row_figures(measured("unread"))
    assert rows.cases >= 80
    assert rows.acceptable >= 0.78
    assert rows.distance <= 0.40
