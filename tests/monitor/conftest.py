"""One run of the demo for all tests that look at what it leaves behind."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import forked
from tests.demo_run import FILES, PRINTED, demo_home

TEXTS = {"COLUMNS": "200", "NO_COLOR": "1"}


@dataclass(frozen=True)
class Demo:
    """The folders of a finished demo run and what it printed."""

    home: Path
    printed: str

    def yuqing(self, *words: str, code: int = 0, **environment: str) -> str:
        """Run a command on the demo's data; its standard output (and error, when it must fail)."""
        return yuqing(self.home, *words, code=code, **{"YUQING_DATA": "data", **environment})


def yuqing(home: Path, *words: str, code: int = 0, **environment: str) -> str:
    """Run a command in ``home`` as a user would."""
    done = forked.run(home, {**os.environ, **TEXTS, **environment}, words)
    assert done.code == code, f"exit code {done.code}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout if code == 0 else done.stdout + done.stderr


def new_home(folder: Path, root: Path) -> Path:
    """A working folder with the project's own settings, rules and sources."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / name).write_bytes((root / name).read_bytes())
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Demo:
    """A finished demo run."""
    home = tmp_path_factory.mktemp("demo") / "home"
    shutil.copytree(demo_home(tmp_path_factory.getbasetemp(), root), home)
    return Demo(home, (home / PRINTED).read_text("utf-8"))


@pytest.fixture
def home(tmp_path: Path, root: Path) -> Path:
    """An empty working folder."""
    return new_home(tmp_path / "home", root)
