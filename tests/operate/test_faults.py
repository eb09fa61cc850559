"""Faults that a machine has: a full disk, two crawls at once, a kill inside a migration, a clock that is set back."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from indexer.embedded.schema import MIGRATIONS
from indexer.open import open_store
from tests.faults import Fault
from tests.operate.account import account
from tests.operate.conftest import Home, own_disk
from yuqing.core.times import CLOCK_AHEAD, SHANGHAI
from yuqing.monitor.schedule import scheduler as schedule
from yuqing.monitor.schedule.job_log import JobLog
from yuqing.monitor.setting_tables import Job
from yuqing.monitor.settings import Settings


@pytest.mark.long
def test_two_crawls_at_once(home: Home, fault: Fault) -> None:
    expected = home.articles(30)
    codes = sorted(process.wait(60) for process in [home.start("crawl"), home.start("crawl")])
    assert codes == [0, 4]  # one did the work, the other said that it is done already
    found = account(home.path / "data")
    fault("two crawls at once", 2, found.lost(expected), found.duplicated(expected))
    assert (found.lost(expected), found.duplicated(expected)) == (0, 0)


def old_store(new: Path, old: Path) -> None:
    """What the first yuqing would have made of the items of ``new``."""
    columns = "item, id, published, day, window, source, tier, relevant, family, lead, state, version, review"
    with closing(sqlite3.connect(old, isolation_level=None)) as db:
        MIGRATIONS[0](db)
        db.execute("ATTACH ? AS new", (str(new),))
        db.execute(f"INSERT INTO items ({columns}) SELECT {columns} FROM new.items")
        db.execute("INSERT INTO documents SELECT item, data FROM new.documents")
        db.execute("PRAGMA user_version = 1")


def test_a_kill_inside_a_migration_leaves_the_old_store(crawled: Home, fault: Fault) -> None:
    file = crawled.path / "old.db"
    old_store(crawled.path / "data" / "yuqing.db", file)
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from indexer.embedded import schema\n"
        "from indexer.open import open_store\n"
        "step = schema.MIGRATIONS[1]\n"
        "def killed(connection):\n"
        "    step(connection)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "schema.MIGRATIONS[1] = killed\n"
        "open_store(sys.argv[1])\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(file)], cwd=Path(__file__).parents[2], timeout=60)
    assert done.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'reviews'").fetchall()
    with closing(open_store(str(file))) as store:
        assert store.status().schema == len(MIGRATIONS)
        assert len(list(store.scan())) == 8
    fault("kill -9 inside a migration of the store", 1, 0, 0)


def test_times_are_reckoned_anew_when_the_clock_is_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that boots with a clock years ahead must not wait for those years."""
    monkeypatch.setattr(schedule, "HEARTBEAT", 0.01)
    settings = Settings(schedule=[Job(name="daily", cron="0 5 * * *", command=["runs"])])

    async def scenario() -> datetime:
        running = schedule.Schedule(settings, lambda: settings, JobLog(tmp_path / "ledger.db"))
        task = asyncio.create_task(running.run())
        await asyncio.sleep(0)
        ahead = datetime(2099, 1, 1, tzinfo=SHANGHAI)
        running._scheduler.modify_job("daily", next_run_time=ahead)
        monkeypatch.setenv(CLOCK_AHEAD, "-3600")
        while running._scheduler.get_job("daily").next_run_time == ahead:
            await asyncio.sleep(0.01)
        found: datetime = running._scheduler.get_job("daily").next_run_time
        running._stop.set()
        await task
        return found

    assert asyncio.run(asyncio.wait_for(scenario(), 20)).year < 2099


@pytest.fixture
def small_disk(home: Home) -> Iterator[Path]:
    """The data folder on a file system of its own, which tests may make fuller; skipped where mounting is forbidden."""
    with own_disk(home.path / "data", "1m") as disk:
        yield disk


@pytest.mark.hard
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kilobytes", [700, 900, 1100, 1300, 1500, 1800, 2200])
def test_a_full_disk_stops_the_crawl_and_the_next_one_goes_on(
    home: Home, small_disk: Path, fault: Fault, kilobytes: int
) -> None:
    expected = home.articles(150)
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(small_disk)], check=True)
    said = home.run("crawl", code=1)
    assert "space" in said or "full" in said, said
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    home.run("crawl")
    found = account(small_disk)
    fault("disk full while crawling, seven sizes of disk", 1, found.lost(expected), found.duplicated(expected))
    assert (found.lost(expected), found.duplicated(expected), found.bad) == (0, 0, [])
