"""Ending the process: within ten seconds of SIGTERM, whatever it is doing.

What a stop interrupts is recovered at the next start, so ending without waiting loses nothing. This module is loaded
before everything else, and so imports only small modules of the standard library.
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

COMMAND_SECONDS = 5.0  # what a command may take to close open files; SQLite waits for a lock for 4 s at most
CRAWL_SECONDS = 4.5  # what a crawl may take to finish its pages in flight before it is told to drop them
JOB_SECONDS = 7.5  # after which the scheduler kills a job
SCHEDULER_SECONDS = 8.5
LOOK_SECONDS = 0.1  # between two checks whether the raised exception is still propagating


class Stopped(SystemExit):
    """Raised by SIGTERM to end the command."""


def install() -> None:
    """Let SIGTERM end this process like Ctrl-C, closing open files, but by force if that takes too long."""
    signal.signal(signal.SIGTERM, _on_signal)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell's background job ignores it
        signal.signal(signal.SIGINT, _on_signal)
    sys.unraisablehook = _unraisable


def asked() -> int:
    """The exit code requested by a signal; 0 for none. An error after the signal may be a consequence of it."""
    return 128 + _asked if _asked else 0


@contextmanager
def until_over() -> Iterator[None]:
    """Runs the command; after it there is nothing left for a signal to end."""
    global _over
    try:
        yield
    finally:
        _over = True


def end_by_force(code: int, seconds: float = COMMAND_SECONDS) -> None:
    """End this process after ``seconds`` if it is still running."""
    after(seconds, lambda: os._exit(code))


def after(seconds: float, act: Callable[[], object]) -> None:
    """Call ``act`` after ``seconds`` in a daemon thread, which does not keep the process alive.

    Safe to call from a signal handler: it takes no lock that the interrupted frame may hold.
    """

    def wait() -> None:
        time.sleep(seconds)
        act()

    _thread.start_new_thread(wait, ())


_asked = 0  # the number of the first signal received
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
    """Send the signal again until the command has ended, unless its exception is still propagating.

    Python drops exceptions raised in a weak reference's callback or in ``__del__``, and libraries may swallow them or
    turn them into other errors: a bare ``except``, a model being built.
    """
    while not _over:
        time.sleep(LOOK_SECONDS)
        if not _over and not _on_its_way():
            os.kill(os.getpid(), number)


def _on_its_way() -> bool:
    """Whether the main thread is in a ``finally``, ``except`` or ``with`` that the exception has reached."""
    found: object = sys._current_exceptions().get(threading.main_thread().ident or 0)
    error = found[1] if isinstance(found, tuple) else found  # Python 3.11 returns the three parts of sys.exc_info()
    while isinstance(error, BaseException):
        if isinstance(error, Stopped | KeyboardInterrupt):
            return True
        error = error.__context__
    return False


def _unraisable(dropped: sys.UnraisableHookArgs) -> None:
    """Report what Python drops, but not a stop, which will be raised again, nor what an interrupted object says."""
    if not _asked and not issubclass(dropped.exc_type, Stopped | KeyboardInterrupt):
        sys.__unraisablehook__(dropped)
