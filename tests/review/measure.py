"""``python -m tests.review.measure``: how good the drafts are, on both halves of the cases.

The halves of rows and events are those of the parity of sha256(id). The development half was read while the drafting
was written, so its figures are in-sample; of the unread half only these sums are ever looked at. For the check, what
was unread is read in the next round, and new cases are written before the check is run on them. ``--dev`` lists the
faults of the first half.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from tests.review.check_measure import Checked, checked, rows_doubted
from tests.review.event_measure import event_figures
from tests.review.row_measure import Drafted, Half, measured

HALVES: tuple[Half, ...] = ("dev", "unread")
SECOND_WRITER = "r2x-"  # how the ids of his cases begin
HALF_NAMES = {"dev": "read (in-sample)", "unread": "unread"}


@dataclass(frozen=True, slots=True)
class RowFigures:
    """Of the first draft of each case: the share acceptable as it stands, and the mean share to be typed."""

    cases: int
    acceptable: float
    distance: float


def row_figures(drafted: Sequence[Drafted]) -> RowFigures:
    """The figures of one half."""
    return RowFigures(len(drafted), mean(not made.faults for made in drafted), mean(made.distance for made in drafted))


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """``false`` of the ``true`` sentences were doubted, ``missed`` of those with a ``planted`` error were not."""

    true: int
    false: int
    planted: int
    missed: int


def check_figures(found: Sequence[Checked]) -> CheckFigures:
    """The figures of one half."""
    true = [one for one in found if not one.planted]
    planted = [one for one in found if one.planted]
    return CheckFigures(
        len(true), sum(bool(one.doubted) for one in true), len(planted), sum(not one.doubted for one in planted)
    )


def table(half: Half) -> str:
    """The figures of one half, a line each."""
    drafted = measured(half)
    rows = row_figures(drafted)
    second = row_figures([made for made in drafted if made.case.id.startswith(SECOND_WRITER)])
    said = f"  rows: {rows.acceptable:.1%} of {rows.cases} acceptable as drafted; edit distance {rows.distance:.2f}"
    said += f"\n  rows: of the second writer's {second.cases}, {second.acceptable:.1%}; {second.distance:.2f}"
    sentences = checked(half)
    check = check_figures(sentences)
    said += f"\n  check: {check.false} of {check.true} true sentences doubted; "
    said += f"{check.missed} of {check.planted} planted errors missed"
    took = sorted(one.milliseconds for one in sentences)
    said += f"\n  check: {took[len(took) // 2]:.0f} ms a row, 95 of 100 within {took[len(took) * 95 // 100]:.0f} ms"
    said += "\n  check: {} of {} rows written for whole articles doubted".format(*rows_doubted(half))
    events = event_figures(half)
    said += f"\n  one event: {events.right} of {events.proposed} proposals right; "
    said += f"{events.right} of {events.same} pairs found"
    return f"{HALF_NAMES[half]}\n{said}"


def main() -> None:
    """Print the tables."""
    for half in HALVES:
        print(table(half))
    if "--dev" in sys.argv[1:]:
        for made in measured("dev"):
            if made.faults:
                print(f"{made.case.id}: {'; '.join(made.faults)}\n  drafted: {made.text}\n  written: {made.case.row}")
        for one in checked("dev"):
            if bool(one.doubted) != bool(one.planted):
                print(f"{one.id} ({one.planted or 'true'}): {one.sentence} {one.doubted}")


if __name__ == "__main__":
    main()
