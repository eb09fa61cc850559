"""The scheduler of the soak: `yuqing schedule run` under a clock that is set by the other side.

When nothing is under way, or when alerts are due beside a crawl, a line “MOMENT JOB” says what comes next. The other
side prepares what shall happen and answers with the seconds that the clock is to be ahead of the machine's.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from datetime import datetime, tzinfo
from typing import TextIO

import apscheduler.schedulers.base

from tests.operate.soak_trouble import children
from yuqing.core.times import CLOCK_AHEAD, now
from yuqing.monitor.logs import set_up_logging
from yuqing.monitor.schedule import scheduler as schedule
from yuqing.monitor.schedule.job_log import JobLog
from yuqing.monitor.settings import load_settings


class ProgramClock(datetime):
    """The program's clock for APScheduler, which reads the machine's."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return now().astimezone(tz)


async def pilot(flown: schedule.Schedule, say: TextIO) -> None:
    """Let the clock be set whenever the next job may begin."""
    while True:
        await asyncio.sleep(0.02)
        running = children(os.getpid())
        if len(running) != len(flown._tasks):  # one begins, ends, or waits for its turn
            continue
        planned = min(flown._scheduler.get_jobs(), key=lambda job: job.next_run_time)
        alerts = planned.id == "alerts"
        if any(child.is_alert == alerts for child in running) or planned.next_run_time <= now():
            continue
        print(planned.next_run_time.isoformat(), planned.id, file=say, flush=True)
        if not (answer := sys.stdin.readline()):
            return
        back = float(answer) < float(os.environ[CLOCK_AHEAD])
        os.environ[CLOCK_AHEAD] = answer.strip()
        flown._scheduler.wakeup()
        if back:
            await asyncio.sleep(3 * schedule.HEARTBEAT)


async def fly() -> None:
    """The scheduler and its pilot until SIGTERM."""
    say = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the commands print is no word of ours
    settings = load_settings()
    set_up_logging(settings.log_level, settings.log_format)
    with schedule.only_scheduler(settings.data):
        flown = schedule.Schedule(settings, load_settings, JobLog(settings.ledger_file))
        running = asyncio.create_task(flown.run())
        steering = asyncio.create_task(pilot(flown, say))
        await running
        steering.cancel()
        with suppress(asyncio.CancelledError):
            await steering


apscheduler.schedulers.base.datetime = ProgramClock
schedule.HEARTBEAT = 0.1  # type: ignore[assignment]
asyncio.run(fly())
