"""The scheduler of the soak: `yuqing schedule run` under a clock that is set ahead while nothing happens.

Before each jump a line “MOMENT JOB” is written, and a line is read: the other side prepares what shall happen.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import closing, suppress
from datetime import datetime, timedelta, tzinfo
from typing import TextIO

import apscheduler.schedulers.base

from core.times import CLOCK_AHEAD, now
from monitor.jobs import JobLog
from monitor.logs import set_up_logging
from monitor.schedule import Schedule, only_scheduler
from monitor.settings import load_settings
from tests.operate.soak import children


class ProgramClock(datetime):
    """The program's clock for APScheduler, which reads the machine's."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return now().astimezone(tz)


async def pilot(schedule: Schedule, say: TextIO) -> None:
    """Set the clock ahead whenever nothing is under way but alerts."""
    while True:
        await asyncio.sleep(0.02)
        running = children(os.getpid())
        others = [child for child in running if "alerts" not in child.words]
        if others or len(running) != len(schedule._tasks):
            continue
        planned = min((job for job in schedule._scheduler.get_jobs()), key=lambda job: job.next_run_time)
        ahead = planned.next_run_time - now()
        if ahead <= timedelta(0) or (running and planned.id == "alerts"):
            continue
        print(planned.next_run_time.isoformat(), planned.id, file=say, flush=True)
        if not sys.stdin.readline():
            return
        os.environ[CLOCK_AHEAD] = str(float(os.environ[CLOCK_AHEAD]) + ahead.total_seconds() + 1)
        schedule._scheduler.wakeup()


async def fly() -> None:
    """The scheduler and its pilot until SIGTERM."""
    say = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the commands print is no word of ours
    settings = load_settings()
    set_up_logging(settings.log_level, settings.log_format)
    with only_scheduler(settings.data), closing(JobLog(settings.ledger_file)) as log:
        schedule = Schedule(settings, load_settings, log)
        running = asyncio.create_task(schedule.run())
        steering = asyncio.create_task(pilot(schedule, say))
        await running
        steering.cancel()
        with suppress(asyncio.CancelledError):
            await steering


apscheduler.schedulers.base.datetime = ProgramClock
asyncio.run(fly())
