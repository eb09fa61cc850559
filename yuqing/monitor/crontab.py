"""Crontab lines as triggers of APScheduler, with the weekdays of crontab."""

from __future__ import annotations

from apscheduler.triggers.cron import CronTrigger

from yuqing.core.times import SHANGHAI

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def trigger(line: str, jitter: int | None = None) -> CronTrigger:
    """The times of ``line`` in China, each up to ``jitter`` seconds later. Raises ValueError for a bad line.

    APScheduler counts weekdays from Monday; a crontab counts from Sunday, and that is what people write.
    """
    fields = line.split()
    if len(fields) == 5:
        fields[4] = ",".join(_weekdays(part) for part in fields[4].split(","))
    made = CronTrigger.from_crontab(" ".join(fields), timezone=SHANGHAI)
    made.jitter = jitter
    return made


def _weekdays(part: str) -> str:
    """The days of a part like ``0``, ``7``, ``1-5`` or ``*/2`` by name; names and ``*`` stay."""
    span, _, step = part.partition("/")
    first, _, last = ("0-6" if span == "*" and step else span).partition("-")
    if not first.isdigit():
        return part
    numbers = range(int(first), int(last or (first if not step else 6)) + 1, int(step or 1))
    if not numbers or numbers[-1] > 7:
        raise ValueError(f"“{part}” is no weekday; they run from 0 (Sunday) to 6 (Saturday), 7 is Sunday too")
    return ",".join(_DAYS[number % 7] for number in numbers)
