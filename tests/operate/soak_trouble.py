"""What befalls the machine in the soak: commands and the scheduler killed, the disk full, the clock set wrong."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

DISK = "32m"  # of the data folder, where the tests may mount one
LEFT = 30_000  # bytes that a full disk leaves
START = 1.6  # seconds within which a command is killed after it began: a crawl takes 1 to 2 …
WORK = 0.3  # … or after its first request: at work among pages
KILL, FULL, SLAY, CLOCK = 0.10, 0.025, 0.06, 0.02  # of the starts of jobs
AHEAD, BACK = 5 * 3600.0, -2 * 3600.0  # seconds that the clock is set wrong
PATIENCE = 30  # seconds that a killer waits for its command to begin


class Trouble:
    """Befalls the jobs of a scheduler at random, one trouble at a time; ``faults`` counts them by kind."""

    def __init__(
        self, disk: Path | None, chance: random.Random, faults: Counter[str], requests: Callable[[], int]
    ) -> None:
        self.scheduler = 0  # its process
        self._disk, self._chance, self._faults, self._requests = disk, chance, faults, requests
        self._killer = threading.Thread()

    def clear(self) -> None:
        """Make room on the disk again."""
        if self._disk:
            (self._disk / "ballast").unlink(missing_ok=True)

    def maybe(self, job: str, hour: int, *, slay: bool) -> float:
        """Befall ``job``, or do not; ``slay``: the scheduler itself may be killed. The seconds that its clock errs."""
        if job in ("alerts", "doctor", "draft") or self._killer.is_alive():
            return 0
        lot = self._chance.random()
        if lot < KILL:
            self._kill(slay=False)
        elif (lot := lot - KILL) < FULL and self._disk:
            self._fill(self._disk)
        elif (lot := lot - FULL) < SLAY and slay:
            self._kill(slay=True)
        elif (lot := lot - SLAY) < CLOCK:
            return self._set_clock(hour)
        return 0

    def _kill(self, *, slay: bool) -> None:
        """Kill the next command that is no alert some time after it began, or the scheduler, with or without it."""
        chance = self._chance.random
        self._killer = threading.Thread(
            target=self._lurk,
            args=(self.scheduler, slay, chance() < 0.5, chance() < 0.5, chance()),
        )
        self._killer.start()

    def _lurk(self, scheduler: int, slay: bool, both: bool, at_work: bool, after: float) -> None:
        give_up, requests = time.monotonic() + PATIENCE, self._requests()
        while time.monotonic() < give_up:
            for child in children(scheduler):
                if child.is_alert:
                    continue
                while at_work and self._requests() == requests and is_alive(child.pid):
                    time.sleep(0.002)
                time.sleep(after * (WORK if at_work else START))
                moment = " at work" if at_work else ""
                if slay and kill(scheduler):
                    self._faults[f"kill -9 of the scheduler{' and its command' if both else ''}{moment}"] += 1
                if (both or not slay) and kill(child.pid) and not slay:
                    self._faults[f"kill -9 of a command{moment}"] += 1
                return
            time.sleep(0.01)

    def _fill(self, disk: Path) -> None:
        self._faults["disk full"] += 1
        free = os.statvfs(disk)
        with (disk / "ballast").open("wb") as file:
            file.write(b"\0" * max(0, free.f_bavail * free.f_frsize - LEFT))

    def _set_clock(self, hour: int) -> float:
        """A wrong clock of the same day: whole days that nobody saw would be days without news."""
        error = self._chance.choice((AHEAD, BACK))
        if not 0 <= hour + error / 3600 < 23:
            return 0
        self._faults["clock set ahead" if error > 0 else "clock set back"] += 1
        return error


def kill(pid: int) -> bool:
    """SIGKILL a process; whether it still ran."""
    with suppress(OSError):
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)
            return True
    return False


def is_alive(pid: int) -> bool:
    """Whether a process runs (Linux); one that ended and of which nobody took note yet has no words."""
    with suppress(OSError):
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    return False


@dataclass(frozen=True)
class Child:
    """A process that the scheduler began."""

    pid: int
    words: list[str]

    @property
    def is_alert(self) -> bool:
        """Whether it writes nothing that a crawl writes."""
        return "alerts" in self.words


def children(pid: int) -> list[Child]:
    """The processes that ``pid`` began and that did not end yet (Linux)."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for number in task.read_text().split():
                words = Path(f"/proc/{number}/cmdline").read_bytes().decode()
                found += [Child(int(number), words.split("\0"))] if words else []
        except OSError:  # ended meanwhile
            continue
    return found


@contextmanager
def small_disk(folder: Path, size: str = DISK) -> Iterator[Path | None]:
    """A file system of its own for ``folder``; None where mounting is forbidden."""
    folder.mkdir(parents=True)
    mounted = not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True
    ).returncode
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)
