"""One run of the demo for all who look at what it leaves, whichever worker they are in."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from filelock import FileLock

from tests import forked

FILES = ("keywords.yaml", "sources.yaml", "yuqing.toml")
PRINTED = "printed.txt"


def demo_home(base: Path, root: Path) -> Path:
    """A working folder of the checkout ``root`` after `yuqing demo`, with data, out and what was printed.

    ``base`` is a worker's folder of temporary files; the run is made once in the folder above. Who writes takes a copy.
    """
    home = base.parent / "demo-home" if "PYTEST_XDIST_WORKER" in os.environ else base / "demo-home"
    with FileLock(home.with_suffix(".lock")):
        if not (home / PRINTED).exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            for name in FILES:
                shutil.copy(root / name, home)
            environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}
            done = forked.run(home, environment, ["demo", "--data", "data", "--out", "out"])
            assert done.code == 0, done.stdout + done.stderr
            (home / PRINTED).write_text(done.stdout, "utf-8")
    return home
