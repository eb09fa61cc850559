"""Chinese time and the monthly review windows."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from yuqing.core.errors import UsageError

SHANGHAI = ZoneInfo("Asia/Shanghai")
CLOCK_AHEAD = "YUQING_CLOCK_AHEAD"  # environment variable: seconds by which our clock is ahead of the machine's
MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")  # years 1000 to 2999: date arithmetic cannot overflow
_AGO = re.compile(r"([0-9]{1,5})d")


def now() -> datetime:
    """The current time in China, to the second; shifted by CLOCK_AHEAD when a rehearsal runs days in minutes."""
    moment = datetime.now(SHANGHAI)
    if ahead := os.environ.get(CLOCK_AHEAD):
        try:
            moment += timedelta(seconds=float(ahead))
        except (ValueError, OverflowError):
            raise UsageError(f"{CLOCK_AHEAD}: “{ahead}” is not a number of seconds; unset it.") from None
    return moment.replace(microsecond=0)


def day_of(text: str) -> date:
    """The day that a user wrote: 2018-03-05, or 14d for 14 days ago. Raises UsageError for anything else."""
    if match := _AGO.fullmatch(text):
        return now().date() - timedelta(days=int(match[1]))
    try:
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"“{text}” is not a day; write YYYY-MM-DD, or 14d for 14 days ago.") from None


@dataclass(frozen=True, slots=True)
class Window:
    """A review window ``name`` (YYYY-MM), from ``first`` to ``last``, both inclusive."""

    name: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class Windows:
    """The review windows: from the 16th of the previous month to the 15th, unless the settings say otherwise."""

    def __init__(self, special: Mapping[str, tuple[date, date]] | None = None) -> None:
        self._special = {name: Window(name, first, last) for name, (first, last) in (special or {}).items()}

    def get(self, name: str) -> Window:
        """The window that ends in month ``name``. Raises UsageError if ``name`` is not a month."""
        match = MONTH.fullmatch(name)
        if not match:
            raise UsageError(f"“{name}” is not a month; write the window as YYYY-MM, for example 2018-03.")
        if name in self._special:
            return self._special[name]
        last = date(int(match[1]), int(match[2]), 15)
        return Window(name, (last.replace(day=1) - timedelta(days=1)).replace(day=16), last)

    def of(self, day: date) -> str:
        """The name of the window that contains ``day``; a window from the settings overrides the default one."""
        for window in self._special.values():
            if day in window:
                return window.name
        month = day if day.day <= 15 else (day.replace(day=28) + timedelta(days=4))
        return f"{month:%Y-%m}"

    def before(self, name: str) -> Window:
        """The window of the month preceding ``name``."""
        first = self.get(name).last.replace(day=1)
        return self.get(f"{first - timedelta(days=1):%Y-%m}")
