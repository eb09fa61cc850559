"""Crontab lines as APScheduler triggers, with crontab's numbering of weekdays."""

from __future__ import annotations

from apscheduler.triggers.cron import CronTrigger

from yuqing.core.times import SHANGHAI

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def trigger(line: str, jitter: int | None = None) -> CronTrigger:
    """The times of ``line`` in China, each delayed by up to ``jitter`` seconds. Raises ValueError for a bad line.

    APScheduler counts weekdays from Monday; crontab counts from Sunday, which is what people write.
    """
    fields = line.split()
    if len(fields) == 5:
        fields[4] = ",".join(_weekdays(part) for part in fields[4].split(","))
    made = CronTrigger.from_crontab(" ".join(fields), timezone=SHANGHAI)
    made.jitter = jitter
    return made


def _weekdays(part: str) -> str:
    """The days in a part like ``0``, ``7``, ``1-5`` or ``*/2``, by name; names and ``*`` are kept."""
    span, _, step = part.partition("/")
    first, _, last = ("0-6" if span == "*" and step else span).partition("-")
    if not first.isdigit():
        return part
    numbers = range(int(first), int(last or (first if not step else 6)) + 1, int(step or 1))
    if not numbers or numbers[-1] > 7:
        raise ValueError(f"“{part}” is not a weekday; use 0 (Sunday) to 6 (Saturday), or 7 for Sunday")
    return ",".join(_DAYS[number % 7] for number in numbers)
