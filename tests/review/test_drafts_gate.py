"""Gate: how good the drafts are on cases that were held apart; the floors may only rise.

``python -m tests.review.measure`` prints the figures; docs/drafts.md says what is counted.
"""

from __future__ import annotations

from tests.review.check_measure import checked
from tests.review.event_measure import event_figures
from tests.review.measure import check_figures, row_figures
from tests.review.row_measure import measured


def test_rows_are_acceptable_as_drafted() -> None:
    rows = row_figures(measured("unread"))
    assert rows.cases >= 80
    assert rows.acceptable >= 0.82
    assert rows.distance <= 0.40


def test_the_check_is_quiet_and_sharp() -> None:
    for half, missed in (("dev", 0), ("unread", 3)):
        check = check_figures(checked(half))
        assert check.false <= 2, half
        assert check.missed <= missed, half


def test_proposals_of_one_event_are_right() -> None:
    events = event_figures("unread")
    assert events.right >= 0.85 * events.proposed
    assert events.right >= 6
