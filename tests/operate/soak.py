"""Rehearses a month: the scheduler with the built-in jobs, a web that grows every day, and faults at random.

    python -m tests.operate.soak [DAYS] [SEED]

The scheduler and its commands are the real ones, in real processes. Only the clock is not: when no other command is
under way (alerts run beside a crawl), it is set ahead to the next job (YUQING_CLOCK_AHEAD), so that a month takes
minutes. In the first half the scheduler itself is killed too; in the second one process has to last. Prints what was
tried, what became of it, and the scheduler's memory and file handles.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from crawler.archive.packs import is_pack, warc_files
from tests.crawl.web import serve
from tests.few_rules import few_rules
from tests.operate.soak_books import Sums, add_up
from tests.operate.soak_trouble import Trouble, small_disk
from tests.operate.soak_web import SOURCES, SoakWeb
from yuqing.core.times import CLOCK_AHEAD, SHANGHAI

ROOT = Path(__file__).resolve().parents[2]
QUIET = 2  # last days without faults, in which everything is made good
SEARCHES = 2  # that must follow an article which only a search knows: it is asked on Saturdays, and may be killed once
SATURDAY = 5
SHOWN = 2  # days that a scheduler has to live to be shown
GROWTH_MB, GROWTH_FILES = 8, 3  # of a scheduler after its first day: more is a leak


@dataclass(frozen=True)
class Size:
    """A scheduler at the beginning of a day (from 0): resident memory and open files."""

    day: int
    mb: float
    files: int


@dataclass
class Soak:
    """What was done and seen. ``lives``: the sizes of each scheduler, which a trouble ends in the first half."""

    days: int
    faults: Counter[str] = field(default_factory=Counter)
    lives: list[list[Size]] = field(default_factory=list)
    jobs: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    packs_by_job: int = 0
    seconds: float = 0.0
    sums: Sums = field(default_factory=Sums)

    @property
    def failures(self) -> list[str]:
        """What is not as it must be."""
        sums = self.sums
        wrong = {
            f"{len(sums.lost)} articles lost": sums.lost,
            f"{len(sums.twice)} articles twice": sums.twice,
            f"{len(sums.unequal)} runs whose sums are not those of the archive": sums.unequal,
            f"{sums.disagreements} disagreements of the books": sums.disagreements,
            f"runs left open: {sums.run_states}": sums.run_states["running"],
            f"{sums.left_over} files left beside their packs": sums.left_over,
            "the month before is not packed": sums.unpacked,
        }
        for life in self.lives:
            for size in life[2:]:
                text = f"the scheduler grew from {life[1]} to {size}"
                wrong[text] = size.mb > life[1].mb + GROWTH_MB or size.files > life[1].files + GROWTH_FILES
        return [*(text for text, is_so in wrong.items() if is_so), *sums.stories]


def run_soak(folder: Path, days: int, seed: int) -> Soak:
    """Rehearse ``days`` days in ``folder``."""
    began, soak, chance = time.monotonic(), Soak(days), random.Random(seed)
    (folder / "keywords.yaml").write_text(few_rules(ROOT), "utf-8")
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    (folder / "yuqing.toml").touch()
    first = _first_day(days)
    with serve() as server, small_disk(folder / "data") as disk, (folder / "log").open("wb") as log:
        web, trouble = SoakWeb(server, chance), Trouble(disk, chance, soak.faults, server.hits.total)
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT),
            "YUQING_CRAWL__GATEWAY": str(server.port), "YUQING_CRAWL__DELAY": "0",
            "YUQING_CRAWL__AUTOTHROTTLE": "false", "YUQING_CRAWL__RETRIES": "0", "YUQING_CRAWL__TIMEOUT": "1",
            "YUQING_CRAWL__MAX_SIZE_MB": "1", "YUQING_ALERTS__DISK_FREE_GB": "0", "YUQING_LOG_LEVEL": "ERROR",
            "YUQING_ALERTS__URLS": web.hook(),
        }  # fmt: skip
        ahead: float | None = (first - datetime.now(SHANGHAI)).total_seconds()
        while ahead is not None:
            soak.lives.append([])
            pilot = subprocess.Popen(
                [sys.executable, "-m", "tests.operate.soak_pilot"],
                cwd=folder, env={**environment, CLOCK_AHEAD: str(ahead)}, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip
            try:
                ahead = _fly(soak, pilot, web, trouble, first, ahead)
            finally:
                pilot.kill()
                pilot.wait()
        soak.faults.update(web.faults)
        soak.messages = web.messages
        soak.packs_by_job = sum(is_pack(path) for path in warc_files(folder / "data"))
        # A trouble may have ended the job `tidy`, which comes again in a month only; an operator does what it did not.
        turn = f"{first + timedelta(days=max(1, days // 3)):%Y-%m-%d}"
        command = [sys.executable, "-m", "yuqing", "archive", "tidy", "--before", turn]
        subprocess.run(command, cwd=folder, env=environment, stdout=log, stderr=log, check=True)
        soak.sums = add_up(folder, web.published, before=turn.replace("-", ""))
    soak.seconds = time.monotonic() - began
    return soak


def _first_day(days: int) -> datetime:
    """The next day a third of the days before the first of a month: the days before are then packed on that one, and a
    month's rehearsal has the 16th in it too."""
    day = (datetime.now(SHANGHAI) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    while (day + timedelta(days=max(1, days // 3))).day != 1:
        day += timedelta(days=1)
    return day


def _fly(
    soak: Soak, pilot: subprocess.Popen[str], web: SoakWeb, trouble: Trouble, first: datetime, ahead: float
) -> float | None:
    """Before each job: the day's news and troubles; until the days are over, then a gentle stop.

    Returns how far ahead the clock is when a trouble killed the scheduler; None at the end.
    """
    assert pilot.stdin
    assert pilot.stdout
    trouble.scheduler = pilot.pid
    for line in pilot.stdout:  # "MOMENT JOB": what begins next
        words = line.split()
        moment, job = datetime.fromisoformat(words[0]), words[1]
        number = (moment.date() - first.date()).days
        if job != "alerts":
            trouble.clear()
        if not soak.lives[-1] or number != soak.lives[-1][-1].day:
            soak.lives[-1].append(_size(pilot.pid, number))
        if number < soak.days:
            left = (moment.date() + timedelta(days=day) for day in range(soak.days - number))
            searches = sum(day.weekday() == SATURDAY for day in left)
            web.open_day(moment.date(), faults=number < soak.days - QUIET, hidden=searches >= SEARCHES)
        else:
            pilot.stdin.close()
            pilot.terminate()
            assert pilot.wait(60) == 0, "the scheduler did not stop as it should"
            return None
        soak.jobs[job] += 1
        ahead = (moment - datetime.now(SHANGHAI)).total_seconds() + 1
        if number < soak.days - QUIET:
            ahead += trouble.maybe(job, moment.hour, slay=number < soak.days / 2)
        with suppress(BrokenPipeError):  # it was killed while it asked
            pilot.stdin.write(f"{ahead}\n")
            pilot.stdin.flush()
    assert pilot.wait(60) == -signal.SIGKILL, "the scheduler ended by itself"
    return ahead


def _size(pid: int, day: int) -> Size:
    """Resident MB and open files of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return Size(day, pages * os.sysconf("SC_PAGE_SIZE") / 1e6, files)


def show(soak: Soak, say: Callable[[str], None] = print) -> None:
    """Print the figures."""
    sums = soak.sums
    say(f"{soak.days} days in {soak.seconds:.0f} s; {sum(soak.jobs.values())} starts of jobs: {_list(soak.jobs)}")
    say(f"ended: {_list(sums.job_states)}; runs of crawls: {_list(sums.run_states)}")
    say(f"faults: {_list(soak.faults)}")
    say(f"messages sent by {soak.jobs['alerts']} starts of alerts: {soak.messages}")
    say(f"articles published {sums.published}, lost {len(sums.lost)}, twice {len(sums.twice)}")
    say(
        f"archive files {sums.files} written, {sums.files - sums.packed + sums.packs} now: {sums.packed} are in "
        f"{sums.packs} packs, {soak.packs_by_job} by the job; days of the month before in several files {sums.unpacked}"
    )
    say(f"pages counted {sums.pages} ({_list(sums.outcomes)})")
    say(f"runs whose sums do not fit the archive {len(sums.unequal)}; disagreements of the books {sums.disagreements}")
    say(f"schedulers: {len(soak.lives)}; those that lived longest:")
    for number, life in enumerate(soak.lives, 1):
        if len(life) > SHOWN:
            first, last = life[0], life[-1]
            mb, files = max(size.mb for size in life), max(size.files for size in life)
            say(
                f"scheduler {number}, day {first.day + 1} to {last.day + 1}: {first.mb:.1f} MB and {first.files} files "
                f"at its start, {last.mb:.1f} MB and {last.files} at its end, {mb:.1f} MB and {files} at most"
            )


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def main() -> None:
    """Run and print."""
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as folder:
        soak = run_soak(Path(folder), days, seed)
    show(soak)
    sys.exit("\n".join(soak.failures) or 0)


if __name__ == "__main__":
    main()
