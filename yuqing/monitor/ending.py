"""How a process ends: within ten seconds of SIGTERM, whatever it is doing.

What a stop cuts off is made good at the next start, so nothing is lost by an end that does not wait.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType
from typing import NoReturn

COMMAND_SECONDS = 5.0  # what a command may take to close what is open; SQLite waits 4 s for a lock at the most
CRAWL_SECONDS = 4.5  # what a crawl may take to finish its pages in flight, before it is told to drop them
JOB_SECONDS = 7.5  # after which the scheduler kills a job
SCHEDULER_SECONDS = 8.5


def end_by_force(code: int, seconds: float = COMMAND_SECONDS) -> None:
    """End this process after so many seconds if it still runs then."""
    after(seconds, lambda: os._exit(code))


def after(seconds: float, act: object) -> None:
    """Call ``act`` in a thread that keeps nobody from ending earlier."""
    assert callable(act)
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


def on_sigterm(number: int, frame: FrameType | None) -> NoReturn:
    """The handler of SIGTERM: end like Ctrl-C, so that what is open is closed, but not for ever."""
    end_by_force(128 + number)
    sys.exit(128 + number)


def install() -> None:
    """Handle SIGTERM in this process."""
    signal.signal(signal.SIGTERM, on_sigterm)
