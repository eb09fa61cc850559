"""Rehearses a month: the scheduler with the built-in jobs, a web that grows every day, and faults at random.

    python -m tests.operate.soak [DAYS] [SEED]

The scheduler and its commands are the real ones, in real processes. Only the clock is not: when nothing but alerts
is under way, it is set ahead to the next job (YUQING_CLOCK_AHEAD), so that a month takes minutes. Prints what was
tried, what became of it, and the scheduler's memory and file handles.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from core.times import CLOCK_AHEAD, SHANGHAI
from tests.crawl.web import serve
from tests.operate.conftest import few_rules
from tests.operate.soak_books import Sums, add_up
from tests.operate.soak_web import SOURCES, SoakWeb

ROOT = Path(__file__).resolve().parents[2]
QUIET = 2  # last days without faults, in which everything is made good
DISK = "24m"  # of the data folder, where the tests may mount one
LEFT = 30_000  # bytes that a full disk leaves
GROWTH_MB, GROWTH_FILES = 8, 3  # from the second day on: more is a leak


@dataclass
class Soak:
    """What was done and seen."""

    days: int
    faults: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[int, float, int]] = field(default_factory=list)  # day, MB, open files
    jobs: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    sums: Sums = field(default_factory=Sums)

    @property
    def failures(self) -> list[str]:
        """What is not as it must be."""
        sums, (_, first_mb, first_files), (_, last_mb, last_files) = self.sums, self.memory[1], self.memory[-1]
        wrong = {
            f"{len(sums.lost)} articles lost": sums.lost,
            f"{len(sums.twice)} articles twice": sums.twice,
            f"{len(sums.unequal)} runs whose sums are not those of the archive": sums.unequal,
            f"{sums.disagreements} disagreements of the books": sums.disagreements,
            f"memory grew from {first_mb:.1f} to {last_mb:.1f} MB": last_mb > first_mb + GROWTH_MB,
            f"open files grew from {first_files} to {last_files}": last_files > first_files + GROWTH_FILES,
            f"runs left open: {sums.run_states}": sums.run_states["running"],
        }
        return [text for text, is_so in wrong.items() if is_so]


def run_soak(folder: Path, days: int, seed: int) -> Soak:
    """Rehearse ``days`` days in ``folder``."""
    began, soak, chance = time.monotonic(), Soak(days), random.Random(seed)
    (folder / "keywords.yaml").write_text(few_rules(ROOT), "utf-8")
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    (folder / "yuqing.toml").touch()
    first = (datetime.now(SHANGHAI) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    with serve() as server, small_disk(folder / "data") as disk:
        web = SoakWeb(server, chance)
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT), CLOCK_AHEAD: str((first - datetime.now(SHANGHAI)).total_seconds()),
            "YUQING_CRAWL__GATEWAY": str(server.port), "YUQING_CRAWL__DELAY": "0",
            "YUQING_CRAWL__AUTOTHROTTLE": "false", "YUQING_CRAWL__RETRIES": "0", "YUQING_CRAWL__TIMEOUT": "1",
            "YUQING_CRAWL__MAX_SIZE_MB": "1", "YUQING_ALERTS__DISK_FREE_GB": "0", "YUQING_LOG_LEVEL": "ERROR",
        }  # fmt: skip
        with (folder / "log").open("wb") as log:
            pilot = subprocess.Popen(
                [sys.executable, "-m", "tests.operate.soak_pilot"], cwd=folder, env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip
            try:
                _fly(soak, pilot, web, Trouble(pilot.pid, disk, chance, soak.faults), first.date())
            finally:
                pilot.kill()
                pilot.wait()
        soak.faults.update(web.faults)
        soak.sums = add_up(folder, web.published)
    soak.seconds = time.monotonic() - began
    return soak


def _fly(soak: Soak, pilot: subprocess.Popen[str], web: SoakWeb, trouble: Trouble, first: date) -> None:
    """Before each job: the day's news and faults; until the days are over, then a gentle stop."""
    assert pilot.stdin
    assert pilot.stdout
    today = None
    for line in pilot.stdout:  # "MOMENT JOB": what begins next
        moment, job = line.split()
        day = date.fromisoformat(moment[:10])
        number = (day - first).days
        trouble.clear()
        if day != today:
            today = day
            soak.memory.append((number + 1, *_size(pilot.pid)))
            if number < soak.days:
                web.new_day(day, faults=number < soak.days - QUIET)
        if number >= soak.days:
            pilot.stdin.close()
            pilot.terminate()
            assert pilot.wait(60) == 0, "the scheduler did not stop as it should"
            return
        soak.jobs[job] += 1
        if number < soak.days - QUIET:
            trouble.maybe(job)
        pilot.stdin.write("\n")
        pilot.stdin.flush()
    raise AssertionError("the scheduler ended by itself")


class Trouble:
    """What befalls the machine: commands killed, the disk full."""

    def __init__(self, scheduler: int, disk: Path | None, chance: random.Random, faults: Counter[str]) -> None:
        self._scheduler, self._disk, self._chance, self._faults = scheduler, disk, chance, faults
        self._killers: list[threading.Thread] = []

    def clear(self) -> None:
        """Make room on the disk again."""
        if self._disk:
            (self._disk / "ballast").unlink(missing_ok=True)

    def maybe(self, job: str) -> None:
        """One crawl in ten is killed, one in forty finds the disk full."""
        if job in ("alerts", "doctor", "draft"):
            return
        lot = self._chance.random()
        if lot < 0.1:
            self._faults["kill -9"] += 1
            threading.Thread(target=self._kill, args=(self._chance.uniform(0.3, 1.3),), daemon=True).start()
        elif lot < 0.125 and self._disk:
            self._faults["disk full"] += 1
            free = os.statvfs(self._disk)
            with (self._disk / "ballast").open("wb") as file:
                file.write(b"\0" * max(0, free.f_bavail * free.f_frsize - LEFT))

    def _kill(self, after: float) -> None:
        """Kill the next command of the scheduler that is no alert, some time after it began."""
        give_up = time.monotonic() + 20
        while time.monotonic() < give_up:
            for child in children(self._scheduler):
                if "alerts" not in child.words:
                    time.sleep(after)
                    child.kill()
                    return
            time.sleep(0.01)


@dataclass(frozen=True)
class Child:
    """A process that the scheduler began."""

    pid: int
    words: list[str]

    def kill(self) -> None:
        """SIGKILL, if it still runs."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, 9)


def children(pid: int) -> list[Child]:
    """The processes that ``pid`` began (Linux)."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for number in task.read_text().split():
                words = Path(f"/proc/{number}/cmdline").read_bytes().decode().split("\0")
                found.append(Child(int(number), words))
        except OSError:  # ended meanwhile
            continue
    return found


def _size(pid: int) -> tuple[float, int]:
    """Resident MB and open files of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6, len(list(Path(f"/proc/{pid}/fd").iterdir()))


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A file system of its own for the data folder; None where mounting is forbidden."""
    folder.mkdir()
    mounted = not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)], capture_output=True
    ).returncode
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def show(soak: Soak, say: Callable[[str], None] = print) -> None:
    """Print the figures."""
    sums = soak.sums
    say(f"{soak.days} days in {soak.seconds:.0f} s; {sum(soak.jobs.values())} starts of jobs: {_list(soak.jobs)}")
    say(f"ended: {_list(sums.job_states)}; runs of crawls: {_list(sums.run_states)}")
    say(f"faults: {_list(soak.faults)}")
    say(f"articles published {sums.published}, lost {len(sums.lost)}, twice {len(sums.twice)}")
    say(f"pages counted {sums.pages} ({_list(sums.outcomes)})")
    say(f"runs whose sums do not fit the archive {len(sums.unequal)}; disagreements of the books {sums.disagreements}")
    shown = [row for row in soak.memory if row[0] in (1, 2, 5, 10, 15, 20, 25, soak.days, soak.days + 1)]
    say("scheduler, day: " + ", ".join(f"{day}: {mb:.1f} MB, {files} files" for day, mb, files in shown))


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def main() -> None:
    """Run and print."""
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as folder:
        soak = run_soak(Path(folder), days, seed)
    show(soak)
    sys.exit("\n".join(soak.failures))


if __name__ == "__main__":
    main()
