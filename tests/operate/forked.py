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
from pathlib import Path

SECONDS = 100  # that a command may take
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [
        "__main__",
        "yuqing.monitor.cli",
        "yuqing.monitor.run.recovery",
        "yuqing.monitor.run.crawl",
        "yuqing.monitor.ops.doctor.repair",
        "yuqing.monitor.ops.restore",
        "yuqing.monitor.ops.metrics",
        "yuqing.monitor.alerts.run",
        "crawler.gateway",
        "crawler.pipelines.archive",
        "rich.progress",
        "tests.operate.forked",
    ]
)


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code (or minus the number of the signal), and what it wrote."""

    code: int
    stdout: str
    stderr: str


def run(folder: Path, environment: Mapping[str, str], words: Sequence[str], before: Callable[[], None] = int) -> Done:
    """Run a command in ``folder`` to its end; ``before`` is called first, in its process."""
    outputs = folder / "run-stdout", folder / "run-stderr"
    process = _CONTEXT.Process(target=_be, args=(folder, dict(environment), list(words), before, outputs))
    process.start()
    process.join(SECONDS)
    assert process.exitcode is not None, f"{words} still runs after {SECONDS} s"
    done = Done(process.exitcode, *(file.read_text("utf-8") for file in outputs))
    for file in outputs:
        file.unlink()
    return done


def _be(
    folder: Path, environment: dict[str, str], words: list[str], before: Callable[[], None], outputs: tuple[Path, Path]
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, file in enumerate(outputs, 1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.argv = ["yuqing", *words]
    before()
    from yuqing.__main__ import main

    main()
