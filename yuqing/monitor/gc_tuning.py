"""How often Python's garbage collector runs, for commands that create many objects and hardly any cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Python's defaults are 700, 10, 10: it then traverses the objects of Scrapy and the rules so often that a crawl of
# 1,500 pages took 9.3 to 10.2 s of CPU, and 7.4 to 9.0 with these values. Memory use at the end was the same.
THRESHOLDS = (5_000, 20, 20)


def collect_seldom() -> None:
    """For a process that runs one command and ends with it, and for the review page: there every fifteenth decision
    waited 150 ms while the 20,000 entries of a window were traversed."""
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def uncollected() -> Iterator[None]:
    """No collection at all: for a report, which creates no cyclic garbage worth collecting.

    The collector traversed 20,000 items repeatedly: 0.9 of 6.2 s, with the same peak memory without it.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
