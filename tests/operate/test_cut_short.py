"""A crawl that ends at once, or whose reader is killed, says so; the next one keeps what it had fetched."""

from __future__ import annotations

import os
import signal

import pytest

from tests.operate.account import account
from tests.operate.conftest import Home, until
from tests.operate.soak_trouble import children, kill

pytestmark = pytest.mark.long


def begun(home: Home) -> tuple[set[str], int]:
    """A crawl in its midst: the articles of its web, and its process."""
    expected = home.articles(300)
    crawl = home.start("crawl")
    until(lambda: sum(home.web.hits.values()) >= 60, "requests")
    return expected, crawl.pid


def ended(home: Home) -> str:
    """What the crawl that was begun said when it ended, with the exit code of a failure."""
    assert home.started[-1].wait(40) == 1
    return home.log


def kept_by_the_next(home: Home, expected: set[str]) -> bool:
    assert "archived pages were counted afterwards" in home.run("crawl")
    assert "agree" in home.run("doctor", "--offline")
    found = account(home.path / "data")
    assert found.states == {"failed": 1, "done": 1}
    return (found.lost(expected), found.duplicated(expected), found.bad) == (0, 0, [])


def test_a_second_interrupt(home: Home) -> None:
    expected, pid = begun(home)
    until(lambda: os.kill(pid, signal.SIGINT) or home.started[-1].poll() is not None, "the crawl to end")
    assert "Stopped before its pages in flight had arrived." in ended(home)
    assert kept_by_the_next(home, expected)


def test_a_killed_reader(home: Home) -> None:
    expected, pid = begun(home)
    (reader,) = children(pid)
    kill(reader.pid)
    assert "The worker process that reads the pages was killed" in ended(home)
    assert kept_by_the_next(home, expected)
