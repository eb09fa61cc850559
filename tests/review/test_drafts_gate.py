"""Gate: how good the drafts are on cases that were held apart; the floors may only rise.

``python -m tests.review.measure`` prints the figures; docs/drafts.md says what is counted.
"""

from __future__ import annotations

import pytest

from tests.review.check_measure import checked
from tests.review.event_measure import event_figures
from tests.review.measure import check_figures, row_figures
from tests.review.row_measure import measured


def test_rows_are_acceptable_as_drafted() -> None:
    rows = row_figures(measured("unread"))
    assert rows.cases >= 110
    assert rows.acceptable >= 0.82
    assert rows.distance <= 0.43


def test_the_check_is_quiet_and_sharp() -> None:
    check = check_figures(checked("unread"))
    assert check.false <= 10
    assert check.missed <= 46


@pytest.mark.hard
def test_the_check_keeps_what_was_read() -> None:
    check = check_figures(checked("dev"))
    assert check.false <= 16
    assert check.missed <= 73


def test_proposals_of_one_event_are_right() -> None:
    events = event_figures("unread")
    assert events.right >= 0.85 * events.proposed
    assert events.right >= 18
