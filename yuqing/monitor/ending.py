"""How a process ends: within ten seconds of SIGTERM, whatever it is doing.

What a stop cuts off is made good at the next start, so nothing is lost by an end that does not wait. It is loaded
before all else, and so needs Python's smallest modules only.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

COMMAND_SECONDS = 5.0  # what a command may take to close what is open; SQLite waits 4 s for a lock at the most
CRAWL_SECONDS = 4.5  # what a crawl may take to finish its pages in flight, before it is told to drop them
JOB_SECONDS = 7.5  # after which the scheduler kills a job
SCHEDULER_SECONDS = 8.5
LOOK_SECONDS = 0.1  # between two looks whether what a signal raised is on its way


class Stopped(SystemExit):
    """SIGTERM ends the command."""


def install() -> None:
    """End this process at SIGTERM like at Ctrl-C, so that what is open is closed; at SIGTERM not for ever."""
    signal.signal(signal.SIGTERM, _on_signal)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell's background job ignores it
        signal.signal(signal.SIGINT, _on_signal)
    sys.unraisablehook = _unraisable


def asked() -> int:
    """The exit code that a signal has asked for; 0 for none. An error after it may be what a library made of it."""
    return 128 + _asked if _asked else 0


@contextmanager
def until_over() -> Iterator[None]:
    """The command, behind whose end a signal has nothing left to end."""
    global _over
    try:
        yield
    finally:
        _over = True


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


_asked = 0  # the number of the first signal
_over = False


def _on_signal(number: int, frame: FrameType | None) -> None:
    global _asked
    if not _asked:
        _asked = number
        if number == signal.SIGTERM:
            end_by_force(128 + number)
        _thread.start_new_thread(_insist, (number,))
    if not _over:
        raise Stopped(128 + number) if number == signal.SIGTERM else KeyboardInterrupt


def _insist(number: int) -> None:
    """Send the signal again until the command has ended, unless what it raised is on its way through the program.

    Python drops what is raised in a weak reference's callback or in ``__del__``, and libraries drop it or make another
    error of it: an ``except`` without a name, a model that is being built.
    """
    while not _over:
        time.sleep(LOOK_SECONDS)
        if not _over and not _on_its_way():
            os.kill(os.getpid(), number)


def _on_its_way() -> bool:
    """Whether the main thread is in a ``finally``, ``except`` or ``with`` that what was raised has come to."""
    found: object = sys._current_exceptions().get(threading.main_thread().ident or 0)
    error = found[1] if isinstance(found, tuple) else found  # Python 3.11 has the three parts of sys.exc_info()
    while isinstance(error, BaseException):
        if isinstance(error, Stopped | KeyboardInterrupt):
            return True
        error = error.__context__
    return False


def _unraisable(dropped: sys.UnraisableHookArgs) -> None:
    """Say nothing of an end that Python drops; it comes again."""
    if not issubclass(dropped.exc_type, Stopped | KeyboardInterrupt):
        sys.__unraisablehook__(dropped)
