"""Fixtures that every part uses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import fault, pytest_itemcollected, show_faults
from tests.pieces import show_skipped

__all__ = ["fault", "pytest_itemcollected"]

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# What the shell sets for a yuqing of the user's own must not change a test (YUQING_CACHE is for the node's script).
for name in [name for name in os.environ if name.startswith("YUQING_") and name != "YUQING_CACHE"]:
    del os.environ[name]
# Where the shell forbids compiled modules, every process of a test would compile the whole program again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    show_faults(terminalreporter, config)
    show_skipped(terminalreporter)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last thing of a run, also of an interrupted one: no Elasticsearch node outlives it, unless it is to."""
    is_worker = hasattr(config, "workerinput")
    if not is_worker and not os.environ.get("KEEP_NODES"):
        subprocess.run([ROOT / "scripts" / "elasticsearch.sh", "stop-all"], check=False, timeout=60)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked ``shared`` are skipped where ../shared is absent; CI must have it."""
    if SHARED.is_dir() or os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason="../shared (gold data and saved pages)"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold data and saved pages."""
    assert SHARED.is_dir(), f"{SHARED} is missing"
    return SHARED


def shared_dir() -> Path:
    """The same for module-level parametrisation; use only in tests marked ``shared``."""
    return SHARED
