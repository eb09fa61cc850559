"""Whether two revisions behave alike: ``python -m scripts.compare REVISION [REVISION]`` (by default the work tree).

Both are run through the command line, which is stable: the tags of all labelled texts (``yuqing classify``) and, with
``--demo`` (two minutes per revision), the report of the demo's month. Prints the differences and exits with 1, or says
that there are none. For texts that nobody reads (``fresh_unread.jsonl``) it only prints how many differ.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TEXTS = [*ROOT.glob("tests/classify/*.jsonl"), *ROOT.parent.glob("shared/gold/*.jsonl")]
UNREAD = "fresh_unread"
SHOWN = 10
MAY_DIFFER = ("versions", "created", "rules")  # of keywords.yaml, which a commit may change beside the code


def main() -> int:
    """Compare; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("before")
    parser.add_argument("after", nargs="?", default="")
    parser.add_argument("--demo", action="store_true", help="also compare the report of the demo")
    given = parser.parse_args()
    with tree(given.before) as before, tree(given.after) as after:
        found = without_unread(differences(tags(before), tags(after), "tags"))
        if given.demo:
            found += differences(report(before), report(after), "report")
    alike = f"{given.before} and {given.after or 'the work tree'} behave alike."
    sys.stdout.write("\n".join(found[:SHOWN] or [alike]) + "\n")
    return bool(found)


@contextmanager
def tree(revision: str) -> Iterator[Path]:
    """A checkout of ``revision``; the work tree if it is empty."""
    if not revision:
        yield ROOT
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", path, revision], cwd=ROOT, check=True)
        try:
            yield path
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", path], cwd=ROOT, check=True)


def tags(checkout: Path) -> dict[str, Any]:
    """The tags of every labelled text, by id."""
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in texts())
    run = [sys.executable, "-m", "yuqing.monitor.cli", "classify"]
    done = subprocess.run(run, cwd=checkout, input=lines, capture_output=True, text=True, check=True)
    pairs = zip(texts(), done.stdout.splitlines(), strict=True)
    return {f"{row['file']}-{number}": json.loads(line) for number, (row, line) in enumerate(pairs)}


def texts() -> Iterator[dict[str, str]]:
    """The input of `yuqing classify` from all files of labelled texts, each with the name of its file."""
    for path in sorted(TEXTS):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if "text" in row:
                title, day = row.get("title", ""), row.get("date") or (row.get("dates") or [""])[0]
                told = {"id": row["id"], "url": row.get("url", ""), "title": title, "text": row["text"], "date": day}
                yield told | {"file": path.stem}


def without_unread(lines: list[str]) -> list[str]:
    """``lines`` with those for texts that nobody reads replaced by a single line with their number."""
    start = f"tags.{UNREAD}-"
    hidden = {line.removeprefix(start).partition(".")[0] for line in lines if line.startswith(start)}
    shown = [line for line in lines if not line.startswith(start)]
    return [*shown, f"{len(hidden)} texts of {UNREAD}.jsonl"] if hidden else shown


def report(checkout: Path) -> dict[str, Any]:
    """The demo's report as data."""
    with tempfile.TemporaryDirectory() as folder:
        run = [sys.executable, "-m", "yuqing.monitor.cli", "demo", "--data", f"{folder}/data", "--out", f"{folder}/out"]
        subprocess.run(run, cwd=checkout, capture_output=True, text=True, check=True)
        (path,) = Path(folder, "out").glob("*.json")
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return found


def differences(before: Any, after: Any, where: str) -> list[str]:
    """Each place where the two differ, with both values."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in before.keys() | after.keys() if key not in MAY_DIFFER]
        return [line for key in sorted(keys) for line in differences(before.get(key), after.get(key), f"{where}.{key}")]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return [line for at, (one, other) in pairs for line in differences(one, other, f"{where}[{at}]")]
    return [] if before == after else [f"{where}: {before!r} → {after!r}"]


if __name__ == "__main__":
    sys.exit(main())
