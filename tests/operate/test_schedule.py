"""The scheduler as a real process: it starts commands, stops them gently, reloads, and makes good what it missed."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.crawl.web import Answer
from tests.faults import Fault
from tests.operate.account import account
from tests.operate.conftest import HOST, Home, article, until
from tests.operate.soak_trouble import children, kill
from yuqing.core.errors import UsageError
from yuqing.core.times import CLOCK_AHEAD, SHANGHAI, day_of, now
from yuqing.monitor.crontab import trigger
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.lock import crawl_lock
from yuqing.monitor.schedule import scheduler as schedule
from yuqing.monitor.schedule.job_log import JobLog, JobResult
from yuqing.monitor.schedule.job_process import Ended
from yuqing.monitor.schedule.scheduler import missed
from yuqing.monitor.setting_tables import Job
from yuqing.monitor.settings import Settings

DAILY = '[[schedule]]\nname = "{name}"\ncron = "0 5 * * *"\ncommand = {command}\n'


def last(home: Home) -> dict[str, JobResult]:
    return JobLog(home.path / "data" / "ledger.db").last()


def ended_today(home: Home, name: str, state: str) -> bool:
    """Whether the job's latest start is of today and has ended so; both are read at once."""
    job = last(home)[name]
    return job.state == state and job.started > str(now().date())


def ran_before(home: Home, *names: str, state: str = "done") -> None:
    """A scheduler of two days ago ran the jobs."""
    file = home.path / "data" / "ledger.db"
    log, when = JobLog(file), now() - timedelta(days=2)
    for name in names:
        log.end(log.begin(Job(name=name, cron="0 5 * * *", command=["crawl"])), state, 0, "", when)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE jobs SET started = ?", (when.isoformat(),))


def test_missed_jobs_run_once_and_the_results_are_shown(home: Home) -> None:
    home.articles(2)
    home.settings(
        DAILY.format(name="crawl", command='["crawl"]')
        + DAILY.format(name="broken", command='["report", "--window", "2018-99"]')
        + DAILY.format(name="new", command='["crawl"]')
    )
    ran_before(home, "crawl", "broken")
    scheduler = home.start("schedule", "run")
    until(lambda: ended_today(home, "crawl", "done"), "the crawl")
    until(lambda: "broken" in last(home) and last(home)["broken"].state == "failed", "the second job")
    scheduler.send_signal(signal.SIGTERM)
    assert scheduler.wait(20) == 0
    shown = home.run("schedule", "list")
    rows = {line.split("│")[1].strip(): line for line in shown.splitlines() if line.count("│") > 4}
    assert "done, 3 pages" in rows["crawl"]  # the list and two articles
    assert "2018-99” is not a month" in " ".join(rows["broken"].split())
    assert "never" in rows["new"]
    assert "No scheduler is running" in shown
    assert "crashed" not in shown


@pytest.mark.long
def test_sigterm_lets_the_crawl_finish_its_page(home: Home) -> None:
    home.articles(300)
    asked, release = threading.Event(), threading.Event()
    order: list[int] = []

    def page(number: int) -> Callable[[dict[str, str]], Answer]:
        def answer(headers: dict[str, str]) -> Answer:
            order.append(number)
            if len(order) == 100:  # more wait behind it than the 64 that may be in flight
                asked.set()
                release.wait(30)
            return Answer(article(number).encode())

        return answer

    for number in range(300):
        home.web.pages[f"{HOST}/a/{number}.html"] = page(number)
    home.settings(DAILY.format(name="crawl", command='["crawl"]'))
    ran_before(home, "crawl")
    scheduler = home.start("schedule", "run", YUQING_LOG_LEVEL="INFO")
    assert asked.wait(40)
    assert home.run("schedule", "run", code=4).count("A scheduler is already running on data") == 1
    assert f"A scheduler is running: process {scheduler.pid}." in home.run("schedule", "status")
    beat = home.path / "data" / "schedule.pid"
    os.utime(beat, (0, beat.stat().st_mtime - schedule.HANGS - 1))
    assert "has not responded for" in home.run("schedule", "status", code=1)
    scheduler.send_signal(signal.SIGTERM)
    until(lambda: "SIGTERM" in home.log, "the crawl to hear of it")
    release.set()
    assert scheduler.wait(40) == 0
    assert "No scheduler is running" in home.run("schedule", "status", code=1)
    assert last(home)["crawl"].state == "stopped"
    ledger = Ledger(home.path / "data" / "ledger.db")
    (run,) = ledger.runs()
    urls = {page.url: page.outcome for page in ledger.pages(run.id)}
    ledger.close()
    assert run.state == "stopped"
    assert urls[f"http://{HOST}/a/{order[99]}.html"] in ("indexed", "reprint")
    assert len(urls) < 301  # what waited behind the pages in flight was left for the next time


@pytest.mark.hard
@pytest.mark.timeout(300)
@pytest.mark.parametrize("both", [False, True], ids=["its crawl goes on", "with its crawl"])
def test_a_killed_scheduler_is_made_good(home: Home, fault: Fault, both: bool) -> None:
    expected = home.articles(400)
    home.settings(DAILY.format(name="crawl", command='["crawl"]'))
    ran_before(home, "crawl")
    scheduler = home.start("schedule", "run")
    until(lambda: sum(home.web.hits.values()) > 60, "requests", 60)
    (crawl,) = children(scheduler.pid)
    scheduler.kill()
    if both:
        kill(crawl.pid)
    scheduler.wait()
    again = home.start("schedule", "run")
    until(lambda: last(home)["crawl"].state == "done", "the crawl that makes it good", 120)
    again.send_signal(signal.SIGTERM)
    assert again.wait(20) == 0
    found = account(home.path / "data")
    lost, duplicated = found.lost(expected), found.duplicated(expected)
    fault(f"kill -9 of the scheduler{' and its crawl' if both else ' under a crawl'}", 1, lost, duplicated)
    assert (lost, duplicated, found.bad, found.states["running"]) == (0, 0, [], 0)


@pytest.mark.long
def test_a_killed_job_begins_again_once(home: Home) -> None:
    home.articles(1)
    release = threading.Event()

    def hold(headers: dict[str, str]) -> Answer:
        release.wait(30)
        return Answer(article(0).encode())

    home.web.pages[f"{HOST}/a/0.html"] = hold
    home.settings(DAILY.format(name="crawl", command='["crawl"]'))
    ran_before(home, "crawl")
    scheduler = home.start("schedule", "run")
    for kills in (1, 2):
        until(lambda: home.web.hits[f"{HOST}/a/0.html"] == kills, "the crawl's request")  # noqa: B023
        (crawl,) = children(scheduler.pid)
        kill(crawl.pid)
        until(lambda: last(home)["crawl"].in_a_row == kills and last(home)["crawl"].state == "crashed", "its end")  # noqa: B023
    until(lambda: "crawl was killed again and waits for its next time" in home.log, "the scheduler to give up")
    release.set()
    assert last(home)["crawl"].note == "killed by SIGKILL"
    scheduler.send_signal(signal.SIGTERM)
    assert scheduler.wait(20) == 0


def test_sighup_takes_new_settings_and_refuses_broken_ones(home: Home) -> None:
    home.settings(DAILY.format(name="one", command='["runs"]'))
    scheduler = home.start("schedule", "run")
    until(lambda: "1 jobs" in home.log, "the start")
    home.settings('[[schedule]]\nname = "one"\ncron = "61 * * * *"\ncommand = ["runs"]\n')
    scheduler.send_signal(signal.SIGHUP)
    until(lambda: "were not reloaded" in home.log, "the refusal")
    (home.path / "yuqing.toml").write_bytes('out = "报告"'.encode("gb18030"))
    scheduler.send_signal(signal.SIGHUP)
    until(lambda: "must be UTF-8 text" in home.log, "the second refusal")
    assert "Traceback" not in home.log
    home.settings(DAILY.format(name="one", command='["runs"]') + DAILY.format(name="two", command='["runs"]'))
    scheduler.send_signal(signal.SIGHUP)
    until(lambda: "settings reloaded: 2 jobs" in home.log, "the new settings")
    scheduler.send_signal(signal.SIGTERM)
    assert scheduler.wait(20) == 0


def test_a_job_that_finds_the_lock_held_is_skipped_with_a_note(home: Home) -> None:
    home.articles(1)
    home.settings(DAILY.format(name="crawl", command='["crawl"]'))
    ran_before(home, "crawl")
    with crawl_lock(home.path / "data"):
        scheduler = home.start("schedule", "run", YUQING_LOCK_WAIT="0.5")
        until(lambda: last(home)["crawl"].state == "skipped", "the skip")
    assert "Another crawl" in last(home)["crawl"].note
    scheduler.send_signal(signal.SIGTERM)
    assert scheduler.wait(20) == 0


def test_a_waiting_command_goes_on_when_the_lock_is_free(home: Home) -> None:
    home.articles(1)
    with crawl_lock(home.path / "data"):
        waiting = home.start("crawl", YUQING_LOCK_WAIT="60")
        until(lambda: "waiting for up to" in home.log, "the command to find the lock")
        assert waiting.poll() is None
    assert waiting.wait(40) == 0


def result(name: str, started: str, state: str = "done", in_a_row: int = 1) -> JobResult:
    return JobResult(name, "crawl", started, started, state, 0, "", in_a_row)


NAMES = ("on", "off", "cut", "crashed", "crashes", "first")


def test_what_counts_as_missed() -> None:
    jobs = [Job(name=name, cron="0 5 * * *", command=["crawl"]) for name in NAMES]
    settings = Settings(schedule=jobs)
    today = datetime(2018, 3, 5, 12, 0, tzinfo=SHANGHAI)
    last = {
        "on": result("on", "2018-03-05T05:01:10+08:00"),
        "off": result("off", "2018-03-04T05:00:10+08:00"),
        "cut": result("cut", "2018-03-05T05:00:10+08:00", "stopped"),
        "crashed": result("crashed", "2018-03-05T05:00:11+08:00", "crashed"),
        "crashes": result("crashes", "2018-03-05T05:00:10+08:00", "crashed", in_a_row=2),
    }
    assert [job.name for job in missed(settings, last, today)] == ["off", "cut", "crashed"]


def test_crashes_are_counted_in_a_row(tmp_path: Path) -> None:
    log, job = JobLog(tmp_path / "ledger.db"), Job(name="a", cron="0 5 * * *", command=["crawl"])
    counted = []
    for ends in (True, False, False, True, False):
        key = log.begin(job)
        if ends:
            log.end(key, "done", 0, "", now())
        log.close_crashed()
        counted.append((log.last()["a"].state, log.last()["a"].in_a_row))
    assert counted == [("done", 1), ("crashed", 1), ("crashed", 2), ("done", 1), ("crashed", 1)]


def test_a_book_that_cannot_be_written_stops_no_job_and_is_caught_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: the job that tells of it must run, and how the others ended is written down when there is room."""
    monkeypatch.setattr(schedule, "HEARTBEAT", 0.05)
    file = tmp_path / "ledger.db"
    job = Job(name="one", cron="0 5 * * *", command=["--help"])
    settings = Settings(schedule=[job])
    log = JobLog(file)

    async def scenario() -> None:
        running = schedule.Schedule(settings, lambda: settings, log)
        task = asyncio.create_task(running.run())
        await asyncio.sleep(0)
        key = log.begin(job)
        file.rename(tmp_path / "kept.db")
        file.mkdir()  # what no SQLite can write to
        running._unwritten.append((key, Ended("done", 0, ""), now()))
        await running._fire(job)  # not one exception
        assert not task.done()
        file.rmdir()
        (tmp_path / "kept.db").rename(file)
        while log.last()["one"].state != "done":
            await asyncio.sleep(0.01)
        running._stop.set()
        await task

    asyncio.run(asyncio.wait_for(scenario(), 30))


@pytest.mark.parametrize(
    ("line", "days"),
    [("0 5 * * 0", [6]), ("0 5 * * 7", [6]), ("0 5 * * 1-5", [0, 1, 2, 3, 4]), ("0 5 * * sun", [6]),
     ("0 5 * * */3", [6, 2, 5]), ("0 5 * * 1,3", [0, 2])],
)  # fmt: skip
def test_weekdays_are_those_of_a_crontab(line: str, days: list[int]) -> None:
    times, when = trigger(line), datetime(2018, 3, 4, tzinfo=SHANGHAI)  # a Sunday
    found = []
    for _ in days:
        when = times.get_next_fire_time(None, when)
        found.append(when.weekday())
        when += timedelta(seconds=1)
    assert found == days


def test_days_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert day_of("2018-03-05") == date(2018, 3, 5)
    assert day_of("14d") == now().date() - timedelta(days=14)
    for text in ("2018-02-30", "14", "-14d", "yesterday", "9999999d"):
        with pytest.raises(UsageError, match="is not a day"):
            day_of(text)
    monkeypatch.setenv(CLOCK_AHEAD, "86400")
    assert day_of("1d") == datetime.now(SHANGHAI).date()
    monkeypatch.setenv(CLOCK_AHEAD, "tomorrow")
    with pytest.raises(UsageError, match="is not a number of seconds"):
        now()


@pytest.mark.parametrize("line", ["0 5 * *", "0 5 * * 8", "0 25 * * *", "x 5 * * *", "0 5 * * 5-3"])
def test_a_bad_crontab_line_is_a_fault(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        trigger(line)


def test_what_lies_in_the_folder_or_is_called_like_ours_is_not_run(home: Home) -> None:
    """A job is the installed program, whatever stands beside it; no package of another's is taken for ours."""
    home.articles(2)
    evil = f"open({str(home.path / 'ran')!r}, 'w').close()\nraise SystemExit(7)\n"
    for name in ("core", "crawler", "classifiers", "indexer", "monitor", "yuqing", "typer", "scrapy"):
        (home.path / f"{name}.py").write_text(evil, "utf-8")
    rivals = home.path / "rivals"
    for name in ("core", "monitor", "review", "demo"):
        (rivals / name).mkdir(parents=True)
        (rivals / name / "__init__.py").write_text(evil, "utf-8")
    home.settings(DAILY.format(name="crawl", command='["crawl"]'))
    ran_before(home, "crawl")
    program = Path(sys.executable).with_name("yuqing")
    scheduler = subprocess.Popen(
        [program, "schedule", "run"], cwd=home.path, env={**home.environment, "PYTHONPATH": str(rivals)},
        stderr=(home.path / "stderr").open("ab"),
    )  # fmt: skip
    home.started.append(scheduler)
    until(lambda: last(home)["crawl"].started > str(now().date()) and last(home)["crawl"].ended, "the crawl", 60)
    scheduler.send_signal(signal.SIGTERM)
    scheduler.wait(40)
    assert last(home)["crawl"].state == "done"
    assert not (home.path / "ran").exists()
