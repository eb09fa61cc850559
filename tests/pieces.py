"""Pieces of the system that some tests need: where one is missing they are skipped and say so; in CI they fail."""

from __future__ import annotations

import os
from collections import Counter

import pytest


def missing(what: str, how: str) -> None:
    """Skips the test because ``what`` is not here and says ``how`` to get it; fails it in CI."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}: CI must have it ({how})")
    pytest.skip(f"{what} ({how})")


def show_skipped(terminalreporter: pytest.TerminalReporter) -> None:
    """One line at the end: what was skipped, how often, and how to get what it needs."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.getreports("skipped")
        if isinstance(report.longrepr, tuple)
    )
    if reasons:
        told = "; ".join(f"{count} without {reason}" for reason, count in sorted(reasons.items()))
        terminalreporter.write_line(f"\nSkipped here: {told}")
