"""The drafts of a large window over all cores."""

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

LARGE = 4_000  # stories; in one process they take 0.7 s, and a pool takes 0.1
_stories: Sequence[Group]  # of a worker, with the window
_window: Window
_names: Names


def place_over_cores(stories: Sequence[Group], window: Window, names: Names) -> list[Placed]:
    """As :func:`yuqing.review.report.build.place_all`; a large window in stretches, one a core, in the same order."""
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
    """As JSON: pickled, each frozen record with slots is taken apart in Python."""
    return to_json(place_all(_stories[first : first + size], _window, _names))
