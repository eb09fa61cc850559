"""The fault table: a line for each kind of fault that tests tried, with what was lost and what was there twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

_NAME = "fault"
Fault = Callable[[str, int, int, int], None]


@pytest.fixture
def fault(request: pytest.FixtureRequest) -> Fault:
    """Takes the result of a fault: its kind, how often it was tried, articles lost, articles there twice."""

    def note(name: str, tries: int, lost: int, duplicated: int) -> None:
        request.node.user_properties.append((_NAME, (name, tries, lost, duplicated)))

    return note


def pytest_itemcollected(item: pytest.Item) -> None:
    """Whoever tries a fault is marked ``fault``."""
    if _NAME in getattr(item, "fixturenames", ()):
        item.add_marker(_NAME)


def show_faults(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show the table where the faults were asked for (``-m fault``)."""
    if _NAME not in config.option.markexpr.split():
        return
    table: dict[str, list[int]] = {}
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties:
            if name == _NAME and report.when == "call":
                kind, *counts = value
                row = table.setdefault(kind, [0, 0, 0])
                row[:] = [have + more for have, more in zip(row, counts, strict=True)]
    width = max(map(len, table), default=0)
    terminalreporter.write_line(f"\n{'fault':<{width}}  tries   lost  duplicated")
    for kind, (tries, lost, duplicated) in table.items():
        terminalreporter.write_line(f"{kind:<{width}}  {tries:>5}  {lost:>5}  {duplicated:>10}")
