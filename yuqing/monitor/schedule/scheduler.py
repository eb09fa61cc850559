"""The scheduler: yuqing commands at fixed times, each in a process of its own (APScheduler).

One process per job, because Scrapy's reactor cannot be started twice in a process, and because a crash or a leak then
ends with the job. Each job runs at most once at a time, and commands that write to the store take turns. What was
missed while one ran, while the machine was suspended or while nothing ran at all is made up for once.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from filelock import FileLock, Timeout

from yuqing.core.errors import BusyError, YuqingError
from yuqing.core.times import SHANGHAI, now
from yuqing.monitor.crontab import trigger
from yuqing.monitor.ending import SCHEDULER_SECONDS, end_by_force
from yuqing.monitor.schedule.job_log import JobLog, JobResult
from yuqing.monitor.schedule.job_process import Ended, run_process
from yuqing.monitor.setting_tables import Job
from yuqing.monitor.settings import Settings

logger = logging.getLogger(__name__)
JITTER = 120  # seconds, so that sites do not see a request at the same second every day
TURNS = frozenset({"archive", "crawl", "rebuild", "retag"})  # commands that hold the lock of the data folder
CATCH_UP_GAP = 2  # seconds between two jobs that make up for missed starts, and before a killed one is restarted
LOOK = 1  # seconds: whoever checks whether a scheduler is running holds its lock for a moment
HEARTBEAT = 60  # seconds; timers stop while the machine is suspended, so the clock is checked
HANGS = 4 * HEARTBEAT  # seconds without such a check
CLOCK_BACK = 300  # seconds by which the clock must be set back for the jobs' times to be recomputed


@dataclass(frozen=True, slots=True)
class Planned:
    """A job and when it runs next."""

    job: Job
    next: datetime


def plan(settings: Settings) -> list[Planned]:
    """The jobs in the order of their next times (within JITTER)."""
    planned = [Planned(job, trigger(job.cron).get_next_fire_time(None, now())) for job in settings.schedule]
    return sorted(planned, key=lambda entry: entry.next)


def missed(settings: Settings, last: dict[str, JobResult], when: datetime) -> list[Job]:
    """The jobs that should have started between their last start and ``when``, or that were interrupted by the
    scheduler's own stop, or killed, alone or with it; longest overdue first.

    A job that has never run has missed nothing: the first day follows the regular times. One that crashed twice in a
    row waits for its next time, so that a job that brings the machine down does not do so repeatedly.
    """
    due = []
    for job in settings.schedule:
        result = last.get(job.name)
        if result is None or result.state == "running":
            continue
        begun = datetime.fromisoformat(result.started)
        second = timedelta(seconds=1)
        again = result.state == "stopped" or (result.state == "crashed" and result.in_a_row == 1)
        expected = begun if again else trigger(job.cron).get_next_fire_time(None, begun + second)
        if expected <= when:
            due.append((expected, job))
    return [job for _, job in sorted(due, key=lambda pair: pair[0])]


@contextmanager
def only_scheduler(data: Path) -> Iterator[None]:
    """Be the only scheduler of ``data``; its process id is in schedule.pid. Raises BusyError if there is another."""
    pid = data / "schedule.pid"
    try:
        data.mkdir(parents=True, exist_ok=True)
        with FileLock(data / "schedule.lock", timeout=LOOK):
            pid.write_text(f"{os.getpid()}\n")
            try:
                yield
            finally:
                pid.unlink(missing_ok=True)
    except Timeout:
        raise BusyError(f"A scheduler is already running on {data} (see {pid}).") from None
    except OSError as error:
        raise YuqingError(f"{data}: the data folder cannot be written ({error.strerror}).") from error


@dataclass(frozen=True, slots=True)
class Running:
    """The scheduler of a data folder: its process id, and the seconds since it last checked the clock."""

    pid: str
    silent: float

    @property
    def hangs(self) -> bool:
        """Whether it has missed several checks."""
        return self.silent > HANGS


def scheduler_of(data: Path) -> Running | None:
    """The scheduler running on ``data``; None if there is none."""
    pid = data / "schedule.pid"
    try:
        with FileLock(data / "schedule.lock", timeout=0):
            return None
    except Timeout:
        return Running(pid.read_text().strip(), time.time() - pid.stat().st_mtime)
    except OSError:
        return None


class Schedule:
    """Runs the jobs of ``settings`` until it is told to stop; ``load`` rereads the settings on SIGHUP."""

    def __init__(self, settings: Settings, load: Callable[[], Settings], log: JobLog) -> None:
        self._settings, self._load, self._log = settings, load, log
        self._pid = settings.data / "schedule.pid"
        self._stop = asyncio.Event()
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._unwritten: list[tuple[int, Ended, datetime]] = []
        self._scheduler = AsyncIOScheduler(
            timezone=SHANGHAI,
            # However late, an overdue job runs, and only once: a month's draft must not be lost because of a short
            # suspension.
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )

    async def run(self) -> None:
        """Run until SIGTERM or SIGINT; then ask the running commands to finish and wait for them."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end, 128 + number)
        loop.add_signal_handler(signal.SIGHUP, self._reload)
        if crashed := self._log.close_crashed():
            logger.warning("%d jobs were interrupted when the scheduler last ended", crashed)
        self._add_jobs()
        self._scheduler.start()
        logger.info("%d jobs", len(self._settings.schedule))
        try:
            await self._beat()
        finally:
            self._scheduler.pause()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._scheduler.shutdown(wait=False)
            self._write_down()
        logger.info("stopped")

    def _end(self, code: int) -> None:
        """Stop; the jobs have limited time to end, and so does this process."""
        self._stop.set()
        end_by_force(code, SCHEDULER_SECONDS)

    async def _beat(self) -> None:
        """Wait for the stop, and check the clock meanwhile."""
        wall, steady = now().timestamp(), time.monotonic()
        while not self._stop.is_set():
            try:
                await asyncio.wait_for(self._stop.wait(), HEARTBEAT)
            except TimeoutError:
                with suppress(OSError):  # a full disk stops no job
                    self._pid.touch()
                passed, real = now().timestamp() - wall, time.monotonic() - steady
                wall, steady = wall + passed, steady + real
                if passed < real - CLOCK_BACK:
                    logger.warning("the clock was set back by %.0f s; the jobs' times are recomputed", real - passed)
                    self._add_jobs()
                self._write_down()
                self._scheduler.wakeup()

    def _reload(self) -> None:
        """Load new settings on SIGHUP; faults are reported and the old settings stay in use."""
        before = self._settings
        try:
            self._settings = self._load()
            self._add_jobs()
        except YuqingError as error:
            self._settings = before
            logger.error("the settings were not reloaded: %s", error)
            return
        logger.info("settings reloaded: %d jobs", len(self._settings.schedule))

    def _add_jobs(self) -> None:
        """Replace the present jobs by those of the settings; overdue ones start now, one after the other."""
        overdue = missed(self._settings, self._log.last(), now())
        names = {job.name for job in self._settings.schedule}
        for old in self._scheduler.get_jobs():
            if old.id not in names:
                old.remove()
        begin = {job.name: now() + timedelta(seconds=CATCH_UP_GAP * n) for n, job in enumerate(overdue)}
        for job in self._settings.schedule:
            at = {"next_run_time": begin[job.name]} if job.name in begin else {}
            times = trigger(job.cron, JITTER)
            self._scheduler.add_job(self._fire, times, (job,), id=job.name, name=job.name, replace_existing=True, **at)

    async def _fire(self, job: Job) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            if job.command[0] in TURNS:
                async with self._turn:
                    await self._run(job)
            else:
                await self._run(job)
        finally:
            self._tasks.discard(task)

    async def _run(self, job: Job) -> None:
        if self._stop.is_set():
            return
        logger.info("%s begins: yuqing %s", job.name, " ".join(job.command), extra={"job": job.name})
        key = None
        try:
            key = self._log.begin(job)
        except YuqingError as error:  # it may be the very job that reports the full disk
            logger.error("%s", error, extra={"job": job.name})
        try:
            ended = await run_process(job, self._stop)
        except OSError as error:  # out of memory or processes: the next job may go through
            ended = Ended("failed", None, f"did not start: {error}")
        if key is not None:
            self._unwritten.append((key, ended, now()))
            self._write_down()
        level = logging.ERROR if ended.state in ("failed", "crashed") else logging.INFO
        logger.log(level, "%s %s %s", job.name, ended.state, ended.note, extra={"job": job.name})
        if ended.state == "crashed":
            self._make_up(job.name)

    def _make_up(self, name: str) -> None:
        """Restart a killed job soon, by the same rule as when the scheduler starts."""
        try:
            due = any(job.name == name for job in missed(self._settings, self._log.last(), now()))
        except YuqingError as error:
            logger.error("%s", error, extra={"job": name})
            return
        if due:
            self._scheduler.modify_job(name, next_run_time=now() + timedelta(seconds=CATCH_UP_GAP))
        else:
            logger.error("%s was killed again and waits for its next time", name, extra={"job": name})

    def _write_down(self) -> None:
        """Record in the job log how jobs ended; what cannot be written, on a full disk, is retried at the next
        heartbeat."""
        try:
            while self._unwritten:
                key, ended, when = self._unwritten[0]
                self._log.end(key, ended.state, ended.code, ended.note, when)
                del self._unwritten[0]
        except YuqingError as error:
            logger.error("%s", error)
