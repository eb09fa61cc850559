"""One start of a job: a yuqing command in a process of its own, watched until it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import dataclass

from yuqing.core.errors import BusyError
from yuqing.monitor.ending import JOB_SECONDS
from yuqing.monitor.setting_tables import Job

LOCK_WAIT = 3600  # seconds that a job waits for a crawl started on the command line
TAIL = 4000  # bytes of the error output that are kept for the note


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: see :class:`yuqing.monitor.schedule.job_log.JobResult`."""

    state: str
    code: int | None
    note: str


async def run_process(job: Job, stop: asyncio.Event) -> Ended:
    """Run ``job`` to its end; ask it to finish when ``stop`` is set or its maximum hours are over.

    -P: a file in the working folder (such as ``core.py``) must not shadow the program's own modules.

    In a session of its own, so that Ctrl-C reaches only the scheduler: Scrapy takes a second signal as an order to drop
    the pages in flight.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "yuqing", *job.command,
        stdin=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, start_new_session=True,
        env={"YUQING_LOCK_WAIT": str(LOCK_WAIT), **os.environ},
    )  # fmt: skip
    tail = asyncio.create_task(_pass_on(process))
    ending, stopping = asyncio.create_task(process.wait()), asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait((ending, stopping), timeout=job.max_hours * 3600, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    asked = ending not in done
    if asked:
        await _finish(process, ending)
    said = _last_line(await tail)
    code = process.returncode if process.returncode is not None else -1
    if asked:
        if stop.is_set():
            return Ended("stopped", code, "the scheduler was stopped")
        return Ended("failed", code, f"asked to stop after {job.max_hours:g} hours")
    if code < 0:
        return Ended("crashed", code, f"killed by {signal.Signals(-code).name}")
    state = {0: "done", BusyError.exit_code: "skipped"}.get(code, "failed")
    return Ended(state, code, "" if state == "done" else said)


async def _finish(process: asyncio.subprocess.Process, ending: asyncio.Task[int]) -> None:
    """Ask the process to finish; kill it if it does not (the next start recovers what it left)."""
    process.terminate()
    done, _ = await asyncio.wait((ending,), timeout=JOB_SECONDS)
    if not done:
        os.killpg(process.pid, signal.SIGKILL)
        await ending


async def _pass_on(process: asyncio.subprocess.Process) -> bytes:
    """Copy the process's error output to ours as it comes; returns its last bytes."""
    assert process.stderr is not None
    tail = b""
    while chunk := await process.stderr.read(1 << 16):
        sys.stderr.buffer.write(chunk)
        sys.stderr.buffer.flush()
        tail = (tail + chunk)[-TAIL:]
    return tail


def _last_line(tail: bytes) -> str:
    lines = [line.strip() for line in tail.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1].removeprefix("yuqing: ") if lines else ""
