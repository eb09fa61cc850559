"""A signal that comes where Python drops what is raised still ends the program, and what is open is closed first."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sqlite3, sys, time, weakref
from contextlib import suppress
from yuqing.monitor import ending

signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job inherits that it is ignored
ending.install()
ending.LOOK_SECONDS = 0.01
number = int(sys.argv[1])

def send(*_):
    os.kill(os.getpid(), number)
    return 1  # the handler has run by now

class Dying:
    __del__ = send

class HalfBuilt:  # as asyncio's event loop, which closes in __del__ what __init__ has not opened yet
    def __init__(self):
        send()
        self.opened = sys.stdout

    def __del__(self):
        self.opened.flush()

class Thing:
    pass

def reference():
    thing = Thing()
    kept = weakref.ref(thing, send)
    del thing
    return kept

def generator():
    try:
        yield
    finally:
        send()

def begun():
    made = generator()
    next(made)

def sorting():
    sorted([2, 1], key=send)

def database():
    db = sqlite3.connect(":memory:")
    db.create_function("send", 0, send)
    with suppress(sqlite3.Error):  # what it makes of the end
        db.execute("SELECT send()").fetchone()

def library():
    try:
        send()
    except:
        pass

def model():
    try:
        send()
    except BaseException:
        raise ValueError("what a library makes of it") from None

ways = {
    "__del__": Dying, "half built": HalfBuilt, "reference": reference, "generator": begun, "plain": sorting,
    "database": database, "library": library, "model": model,
}
try:
    with ending.until_over():
        try:
            ways[sys.argv[2]]()
            for _ in range(600):
                time.sleep(0.1)
            print("went on")
        finally:
            for _ in range(10):  # a close takes its time
                time.sleep(0.02)
            print("closed")
except ValueError:
    sys.exit(ending.asked())
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(
    "where", ["__del__", "half built", "reference", "generator", "plain", "database", "library", "model"]
)
def test_a_signal_ends_the_program_wherever_it_comes(number: signal.Signals, where: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(int(number)), where], capture_output=True, text=True, timeout=50
    )
    assert done.stdout == "closed\n"  # by force nothing is closed
    assert "ignored" not in done.stderr
    assert "__del__" not in done.stderr
    ended = {128 + number, -number} if number == signal.SIGINT else {128 + number}  # Python ends at Ctrl-C by itself
    assert done.returncode in ended, done.stderr
