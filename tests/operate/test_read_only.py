"""A data folder that may only be read is read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.operate.conftest import Home
from tests.pieces import missing

# In a mount namespace of its own root can be kept from writing, too.
SEALED = 'mount --bind data data && mount -o remount,ro,bind data && exec "$@"'

pytestmark = pytest.mark.long


def run(home: Home, *words: str) -> subprocess.CompletedProcess[str]:
    seal = ["unshare", "--mount", "sh", "-c", SEALED, "sh"] if os.geteuid() == 0 else []
    return subprocess.run(
        [*seal, sys.executable, "-m", "yuqing", *words],
        cwd=home.path, env=home.environment, capture_output=True, text=True, timeout=100,
    )  # fmt: skip


@pytest.fixture
def sealed(crawled: Home) -> Home:
    if os.geteuid() == 0:
        if not shutil.which("unshare") or run(crawled, "--version").returncode:
            missing("a read-only mount", "run as root with the right to mount, or not as root")
    else:
        for folder in (crawled.path / "data", *(crawled.path / "data").rglob("*")):
            folder.chmod(folder.stat().st_mode & ~0o222)
    return crawled


def test_what_is_there_is_shown_and_nothing_is_written(sealed: Home) -> None:
    files = {file: file.stat().st_mtime_ns for file in (sealed.path / "data").rglob("*")}
    found, runs = run(sealed, "search", "互联网+"), run(sealed, "runs")
    assert (found.returncode, runs.returncode) == (0, 0), found.stderr + runs.stderr
    assert "示例省推进" in found.stdout
    assert "indexed 8" in " ".join(runs.stdout.split())
    kept = run(sealed, "crawl")
    assert kept.returncode == 1
    assert "cannot be written" in kept.stderr
    assert "Traceback" not in kept.stderr
    assert {file: file.stat().st_mtime_ns for file in (sealed.path / "data").rglob("*")} == files


def test_the_doctor_does_not_call_damaged_what_it_may_not_open(sealed: Home) -> None:
    found = run(sealed, "doctor", "--offline")
    assert found.returncode == 1
    assert "bad     folder data: data: cannot be written" in found.stdout
    assert "damaged" not in found.stdout
    assert "--repair" not in found.stdout
