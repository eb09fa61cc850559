"""Drafting a large window on all cores."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from yuqing.core.jsonio import from_json, to_json
from yuqing.core.names import Names
from yuqing.core.times import Window
from yuqing.monitor.run.workers import cores, workers
from yuqing.review.report.groups import Group
from yuqing.review.report.placing import place_all
from yuqing.review.report.records import Placed

LARGE = 4_000  # stories; one process takes 0.7 s for them, starting a pool 0.1
_stories: Sequence[Group]  # in a worker, along with the window
_window: Window
_names: Names


def place_over_cores(stories: Sequence[Group], window: Window, names: Names) -> list[Placed]:
    """Like :func:`yuqing.review.report.build.place_all`, but a large window is split among the cores; the order is the
    same."""
    count = cores()
    if count < 2 or len(stories) < LARGE:
        return place_all(stories, window, names)
    size = -(-len(stories) // count)
    with workers(count, partial(_keep, stories, window, names)) as pool:
        drafted = pool.map(_place, range(0, len(stories), size), [size] * count)
        return [entry for data in drafted for entry in from_json(data, list[Placed])]


def _keep(stories: Sequence[Group], window: Window, names: Names) -> None:
    global _stories, _window, _names
    _stories, _window, _names = stories, window, names


def _place(first: int, size: int) -> bytes:
    """As JSON: pickling would take frozen records with slots apart in Python, which is slow."""
    return to_json(place_all(_stories[first : first + size], _window, _names))
