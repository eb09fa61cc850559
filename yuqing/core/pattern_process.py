"""The process in which a pattern is matched whose work nothing bounds; the kernel ends it after SECONDS.

It takes pickled questions from its standard input and answers on its standard output. It is one for all patterns of a
process, begins with the first question, and ends with the one that asked. It needs Python's own modules only.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress

SECONDS = 0.5  # of one pattern on one text; those that are shipped take some millionths
TRIES = 2  # the machine may have slept, or been too busy to let it run
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
    """The spans of the matches of ``pattern`` in ``text``; None when they took too long."""
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
            if process.returncode == -_VIRTUAL_ALARM:  # it had its seconds, of the processor
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
    """A forked process starts one of its own."""
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
