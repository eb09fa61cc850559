"""Drafting over several processes: the same entries in the same order as in one."""

from __future__ import annotations

import pytest

from benchmarks.report import NAMES, WINDOW, items
from yuqing.monitor.publish import drafting
from yuqing.monitor.publish.drafting import place_over_cores
from yuqing.review.report.form import Form
from yuqing.review.report.groups import group
from yuqing.review.report.placing import place_all


@pytest.mark.parametrize("cores", [2, 3, 7])
def test_the_number_of_processes_changes_no_entry(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "LARGE", 1)
    monkeypatch.setattr(drafting, "cores", lambda: cores)
    stories = group(items(50), Form().tiers)
    entries = place_over_cores(stories, WINDOW, NAMES)
    assert len(entries) >= len(stories)
    assert entries == place_all(stories, WINDOW, NAMES)


def test_a_small_window_needs_no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "workers", None)
    stories = group(items(10), Form().tiers)
    assert place_over_cores(stories, WINDOW, NAMES) == place_all(stories, WINDOW, NAMES)
