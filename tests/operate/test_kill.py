"""kill -9 at any moment, then the same command again: each page exactly once in archive, ledger, store and memory."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operate.account import account
from tests.operate.conftest import Faults, Home, until

HERE = Path(__file__).parent
MOMENTS = (
    "half a record archived", "archived", "inside the store's transaction", "stored", "counted", "remembered",
)  # fmt: skip


def killed_at(home: Home, moment: str, number: int) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / "kill_at.py"), moment, str(number), "crawl"],
        cwd=home.path, env={**home.environment, "PYTHONPATH": str(HERE.parents[1])}, capture_output=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def test_killed_at_every_step_of_a_page(home: Home, fault: Faults) -> None:
    expected = home.articles(30)
    for moment in MOMENTS:
        killed_at(home, moment, 4)
    said = home.run("crawl")
    assert "ended without a word" in said
    found = account(home.path / "data")
    fault("kill -9 at each of six steps of a page", len(MOMENTS), found.lost(expected), found.duplicated(expected))
    assert (found.lost(expected), found.duplicated(expected), found.bad) == (0, 0, [])
    assert sum(found.ledger.values()) == len(expected)
    assert found.states == {"crashed": len(MOMENTS), "done": 1}
    # A page that the crash took between store and ledger is still counted as the new item that it is.
    assert "unchanged" not in home.run("runs")
    assert max(home.web.hits[url.removeprefix("http://")] for url in expected) <= 2  # only the half record again


@pytest.mark.hard
@pytest.mark.timeout(600)
def test_twenty_kills_at_random_moments(home: Home, fault: Faults) -> None:
    chance = random.Random(20180315)
    expected = home.articles(200)
    kills = 0
    while kills < 20:
        hits = sum(home.web.hits.values())
        wanted = hits + chance.randint(1, 14)
        process = home.start("crawl")
        until(lambda: sum(home.web.hits.values()) >= wanted or process.poll() is not None, "requests", 60)  # noqa: B023
        for _ in range(chance.randint(0, 40_000)):  # some moment after the request: a few ms, never a sleep
            pass
        if process.poll() is None:
            process.kill()
            kills += 1
        process.wait()
    home.run("crawl")
    found = account(home.path / "data")
    fault("kill -9 at a random moment", kills, found.lost(expected), found.duplicated(expected))
    assert (found.lost(expected), found.duplicated(expected), found.bad) == (0, 0, [])
    assert found.states["running"] == 0
