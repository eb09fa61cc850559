"""Fixtures that every part uses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults import fault, pytest_itemcollected, pytest_terminal_summary

__all__ = ["fault", "pytest_itemcollected", "pytest_terminal_summary"]

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked ``shared`` are skipped where ../shared is absent; CI must have it."""
    if SHARED.is_dir() or os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason="../shared is not here"))


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
