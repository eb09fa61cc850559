"""A child process that matches patterns of unbounded cost; the kernel kills it after SECONDS.

It reads pickled requests from standard input and answers on standard output. Each process has at most one such child,
started with the first request and ended with its parent. It needs nothing but the standard library.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress

SECONDS = 0.5  # CPU time of one pattern on one text; the shipped patterns take microseconds
TRIES = 2  # the machine may have been suspended, or too busy to let the process run
_PROGRAM = """
import pickle, re, signal, sys
signal.signal(signal.SIGALRM, signal.SIG_DFL)
signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.SIG_IGN)
ask, answer = sys.stdin.buffer, sys.stdout.buffer
while True:
    try:
        seconds, pattern, text = pickle.load(ask)
    except EOFError:
        break
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    signal.setitimer(signal.ITIMER_REAL, 3 * seconds)
    found = [match.span() for match in re.finditer(pattern, text)]
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    pickle.dump(found, answer)
    answer.flush()
"""


_process: subprocess.Popen[bytes] | None = None
_lock = threading.Lock()


def ask(pattern: str, text: str) -> list[tuple[int, int]] | None:
    """The spans of the matches of ``pattern`` in ``text``; None if it took too long."""
    for _ in range(TRIES):
        with _lock:
            process = _running()
            assert process.stdin
            assert process.stdout
            with suppress(OSError, EOFError, pickle.UnpicklingError):
                pickle.dump((SECONDS, pattern, text), process.stdin)
                process.stdin.flush()
                found: list[tuple[int, int]] = pickle.load(process.stdout)
                return found
            process.kill()
            process.wait()
            if process.returncode == -_VIRTUAL_ALARM:  # it used up its CPU time
                return None
    return None


def _running() -> subprocess.Popen[bytes]:
    global _process
    if _process is None or _process.poll() is not None:
        _process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _PROGRAM],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    return _process


def _forget() -> None:
    """After a fork: the new process starts its own child when it needs one."""
    global _process, _lock
    _lock = threading.Lock()
    if _process is not None and _process.stdin and _process.stdout:
        for pipe in (_process.stdin, _process.stdout):
            with suppress(OSError):
                os.close(pipe.fileno())
        _process.returncode = 0  # not ours to wait for
    _process = None


_VIRTUAL_ALARM = int(signal.SIGVTALRM)
os.register_at_fork(after_in_child=_forget)
