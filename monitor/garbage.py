"""How often a process that reads many pages looks for garbage in cycles."""

from __future__ import annotations

import gc

# Python's own are 700, 10, 10: it then walks Scrapy's and the rules' objects so often that a crawl of 1,500 pages took
# 9.3 s of CPU instead of 8.1. The memory at its end was the same.
THRESHOLDS = (5_000, 20, 20)


def collect_seldom() -> None:
    """For a process of one command that ends with it."""
    gc.set_threshold(*THRESHOLDS)
