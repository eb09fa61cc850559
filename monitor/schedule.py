"""The scheduler: commands of yuqing at their times, each in a process of its own (APScheduler).

A process a job, because Scrapy's reactor cannot be started twice in one process, and because a crash or a
leak then ends with the job. One instance a job; what was missed while one ran, or while the machine was
off, is made up for once.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from dataclasses import dataclass
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from core.times import SHANGHAI, now
from monitor.settings import Job, Settings

logger = logging.getLogger(__name__)
MISFIRE_GRACE = 3600  # seconds a job may begin late, for example after the machine slept
JITTER = 120  # seconds, so that the sites do not see a request at the same second every day


@dataclass(frozen=True, slots=True)
class Planned:
    """A job and when it runs next."""

    job: Job
    next: datetime


def plan(settings: Settings) -> list[Planned]:
    """The jobs in the order of their next times."""
    planned = [Planned(job, _trigger(job).get_next_fire_time(None, now())) for job in settings.schedule]
    return sorted(planned, key=lambda entry: entry.next)


async def run_schedule(settings: Settings) -> None:
    """Run jobs until SIGTERM or SIGINT; then the running ones are asked to finish and are waited for."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    running: set[asyncio.subprocess.Process] = set()
    scheduler = AsyncIOScheduler(timezone=SHANGHAI)
    for job in settings.schedule:
        scheduler.add_job(
            _run,
            _trigger(job),
            args=(job, running),
            name=job.name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=MISFIRE_GRACE,
        )
    scheduler.start()
    try:
        await stop.wait()
    finally:
        scheduler.shutdown(wait=False)
        for process in running:
            process.terminate()  # Scrapy finishes the pages in flight at the first signal
        await asyncio.gather(*(process.wait() for process in running))


async def _run(job: Job, running: set[asyncio.subprocess.Process]) -> None:
    logger.info("%s begins", job.name)
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "monitor.cli", *job.command)
    running.add(process)
    try:
        code = await process.wait()
    finally:
        running.discard(process)
    logger.log(logging.INFO if code == 0 else logging.ERROR, "%s ended with exit code %d", job.name, code)


def _trigger(job: Job) -> CronTrigger:
    trigger = CronTrigger.from_crontab(job.cron, timezone=SHANGHAI)
    trigger.jitter = JITTER
    return trigger
