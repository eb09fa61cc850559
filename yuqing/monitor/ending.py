"""How a process ends: within ten seconds of SIGTERM, whatever it is doing.

What a stop cuts off is made good at the next start, so nothing is lost by an end that does not wait. It is loaded
before all else, and so needs Python's smallest modules only.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

COMMAND_SECONDS = 5.0  # what a command may take to close what is open; SQLite waits 4 s for a lock at the most
CRAWL_SECONDS = 4.5  # what a crawl may take to finish its pages in flight, before it is told to drop them
JOB_SECONDS = 7.5  # after which the scheduler kills a job
SCHEDULER_SECONDS = 8.5
AGAIN_SECONDS = 0.02  # after which a signal that met a frame that cannot end comes once more


class Stopped(SystemExit):
    """SIGTERM ends the command."""


def install() -> None:
    """End this process at SIGTERM like at Ctrl-C, so that what is open is closed, but not for ever."""
    signal.signal(signal.SIGTERM, _on_sigterm)
    sys.unraisablehook = _unraisable


def asked() -> bool:
    """Whether SIGTERM has come: an error after it may be what a library made of the end."""
    return _asked


def end_by_force(code: int, seconds: float = COMMAND_SECONDS) -> None:
    """End this process after so many seconds if it still runs then."""
    after(seconds, lambda: os._exit(code))


def after(seconds: float, act: Callable[[], object]) -> None:
    """Call ``act`` in a thread that keeps nobody from ending earlier.

    A signal's handler may call this: it takes none of the locks that the interrupted frame may hold.
    """

    def wait() -> None:
        time.sleep(seconds)
        act()

    _thread.start_new_thread(wait, ())


_asked = False


def _on_sigterm(number: int, frame: FrameType | None) -> NoReturn:
    global _asked
    if not _asked:
        _asked = True
        end_by_force(128 + number)
    raise Stopped(128 + number)


def _unraisable(dropped: sys.UnraisableHookArgs) -> None:
    """Python drops what is raised in a weak reference's callback, in ``__del__`` and the like.

    A signal that was dropped so comes again, until it meets a frame that it can end.
    """
    if issubclass(dropped.exc_type, Stopped):
        after(AGAIN_SECONDS, lambda: os.kill(os.getpid(), signal.SIGTERM))
    elif issubclass(dropped.exc_type, KeyboardInterrupt):
        after(AGAIN_SECONDS, lambda: os.kill(os.getpid(), signal.SIGINT))
    else:
        sys.__unraisablehook__(dropped)
