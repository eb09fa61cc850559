"""kill -9 at any moment, then the same command again: each page exactly once in archive, ledger, store and memory."""

from __future__ import annotations

import os
import random
import signal
from functools import partial

import pytest

from tests import forked
from tests.faults import Fault
from tests.operate.account import account
from tests.operate.conftest import Home, until
from tests.operate.kill_at import kill_at

# And at which occurrence: pages are archived one by one, and kept several at a time; few are left for the last.
MOMENTS = {
    "half a record archived": 4, "archived": 4, "inside the store's transaction": 2, "stored": 1, "counted": 1,
    "remembered": 1,
}  # fmt: skip


def killed_at(home: Home, moment: str, number: int) -> None:
    done = forked.run(home.path, home.environment, ["crawl"], partial(kill_at, moment, number))
    assert done.code == -signal.SIGKILL, done.stderr


@pytest.mark.long
def test_killed_at_every_step_of_a_page(home: Home, fault: Fault) -> None:
    expected = home.articles(240)
    for moment, number in MOMENTS.items():
        killed_at(home, moment, number)
        assert "ended unexpectedly" in home.run("doctor", "--offline", "--repair")
    home.run("crawl")
    found = account(home.path / "data")
    fault("kill -9 at each of six steps of a page", len(MOMENTS), found.lost(expected), found.duplicated(expected))
    assert (found.lost(expected), found.duplicated(expected), found.bad) == (0, 0, [])
    assert sum(found.ledger.values()) == len(expected)
    assert found.states == {"crashed": len(MOMENTS), "done": 1}
    # A page that the crash took between store and ledger is still counted as the new item that it is.
    assert "unchanged" not in home.run("runs")
    assert max(home.web.hits[url.removeprefix("http://")] for url in expected) <= 2  # only the half record again


def test_what_a_power_loss_took_from_the_archive_is_named_and_fetched_again(home: Home, fault: Fault) -> None:
    expected = home.articles(12)
    killed_at(home, "remembered", 12)  # the last page: whatever is archived is counted
    (file,) = (home.path / "data" / "archive").rglob("*.warc.gz")
    data = file.read_bytes()
    starts = [place for place in range(len(data)) if data.startswith(b"\x1f\x8b\x08", place)]
    os.truncate(file, starts[-2] - 20)  # two records and the end of a third: written, counted, and not on the disk
    assert "3 counted pages never reached the disk" in home.run("doctor", "--offline", "--repair", code=1)
    home.run("crawl")
    assert "agree" in home.run("doctor", "--offline")
    found = account(home.path / "data")
    lost = {url for url in expected if not (found.archive[url] == found.store[url] == 1)}
    fault("power loss: the end of a WARC file never written", 1, len(lost), 0)
    assert not lost
    assert sorted(found.ledger.values()) == [1] * 9 + [2] * 3


@pytest.mark.hard
@pytest.mark.timeout(600)
def test_twenty_kills_at_random_moments(home: Home, fault: Fault) -> None:
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
