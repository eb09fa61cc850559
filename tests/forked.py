"""Commands as processes of their own, forked from one that has read the program: half the time of a start is reading.

The forked process has the folder, environment and standard streams of the command, goes through
``yuqing.__main__.main`` and can be killed like any other. `Home.start` begins commands as a shell does.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

SECONDS = 100  # that a command may take
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["__main__", "tests.program"])


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code (or minus the number of the signal), and what it wrote."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Started:
    """A process under way, and the files that its standard streams go to."""

    process: ForkServerProcess
    outputs: tuple[Path, Path]

    def kill(self) -> None:
        """End it as kill -9 does."""
        self.process.kill()

    def wait(self, seconds: float = SECONDS) -> Done:
        """Its end. It is killed, and the test fails, where it does not come."""
        self.process.join(seconds)
        if self.process.exitcode is None:
            self.process.kill()
        assert self.process.exitcode is not None, f"still running after {seconds} s"
        return Done(self.process.exitcode, *(file.read_text("utf-8") for file in self.outputs))


def start(folder: Path, environment: Mapping[str, str], act: Callable[[], object]) -> Started:
    """Begin ``act`` (a function of a module, or a partial of one) in ``folder``, in a process of its own."""
    outputs = _new_file(folder, "stdout"), _new_file(folder, "stderr")
    process = _CONTEXT.Process(target=_be, args=(folder, dict(environment), act, outputs))
    process.start()
    return Started(process, outputs)


def run(folder: Path, environment: Mapping[str, str], words: Sequence[str], before: Callable[[], None] = int) -> Done:
    """Run a command in ``folder`` to its end; ``before`` is called first, in its process."""
    started = start(folder, environment, Command(tuple(words), before))
    try:
        return started.wait()
    finally:
        for file in started.outputs:
            file.unlink()


@dataclass(frozen=True)
class Command:
    """The command ``yuqing`` with these words, as something to call; ``before`` is called first."""

    words: tuple[str, ...]
    before: Callable[[], None] = int

    def __call__(self) -> None:
        sys.argv = ["yuqing", *self.words]
        self.before()
        from yuqing.__main__ import main

        main()


def _new_file(folder: Path, name: str) -> Path:
    number = 1
    while (file := folder / f"run-{name}-{number}").exists():
        number += 1
    file.touch()
    return file


def _be(folder: Path, environment: dict[str, str], act: Callable[[], object], outputs: tuple[Path, Path]) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, file in enumerate(outputs, 1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    act()
