"""All benchmarks in one table: ``python -m benchmarks [NAME…]``; names are those of the modules.

    python -m benchmarks              run all, print the table, write benchmarks/results.json
    python -m benchmarks store        run one; its rows replace those of the last run
    python -m benchmarks --check      run, and report each ratio that fell by more than a fifth since the last record
    python -m benchmarks --docs       write docs/performance.md from benchmarks/results.json

Each module is run in a process of its own, one after the other, and returns its rows from ``rows()``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import lxml.html

from benchmarks.crawl import page_text
from benchmarks.document import document
from benchmarks.row import Measured, Row, cpu_seconds, measured_from, row_from

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
NAMES = (
    *("extract", "classify", "retag", "regions", "store", "clusters", "report"),
    *("start", "rebuild", "crawl", "elastic", "export"),
)
FALL = 0.8  # of the recorded ratio


def run_here(name: str) -> list[Row]:
    """The rows of one module, in this process."""
    rows: list[Row] = import_module(f"benchmarks.{name}").rows()
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    return [row if row.peak_mb else replace(row, peak_mb=round(peak)) for row in rows]


def run_apart(name: str) -> list[Row]:
    """The rows of one module, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--one", name], cwd=HERE.parent, stdout=subprocess.PIPE, check=False
    )
    if done.returncode:
        print(f"{name}: failed, see above", file=sys.stderr)
        return []
    return [row_from(plain) for plain in json.loads(done.stdout.splitlines()[-1])]


def table(rows: list[Row]) -> str:
    """The rows as text."""
    lines = [f"{'job':<44}{'ours':>10} {'unit':<12}{'baseline':>10}{'ratio':>8}{'MB':>7}  target"]
    for row in rows:
        base = f"{row.baseline:>10,.1f}" if row.baseline is not None else f"{'-':>10}"
        ratio = f"{row.ratio:>8.2f}" if row.ratio else f"{'-':>8}"
        target = f"{row.target} {'met' if row.met else 'MISSED' if row.met is False else '?'}" if row.target else ""
        lines.append(f"{row.job:<44}{row.ours:>10,.1f} {row.unit:<12}{base}{ratio}{row.peak_mb:>7,.0f}  {target}")
        if row.note:
            lines.append(f"    {row.note}")
    return "\n".join(lines)


def machine() -> dict[str, str]:
    """What the figures depend on, without the machine's name."""
    page = page_text(0)  # parsing allocates as this project's work does; plain additions are as fast in a slow hour
    parse = cpu_seconds(lambda: [lxml.html.document_fromstring(page) for _ in range(100)], rounds=5) / 100
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory:.0f} GB",
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "lxml.html of a page of 25 kB": f"{parse * 1000:.2f} ms",
        "load at the start": f"{os.getloadavg()[0]:.1f}",
    }


def fallen(old: dict[str, Row], rows: list[Row]) -> list[str]:
    """A sentence for each row whose ratio is below FALL of the recorded one."""
    return [
        f"{row.job}: the ratio fell from {before.ratio:.2f} to {row.ratio:.2f}"
        for row in rows
        if (before := old.get(row.job)) and before.ratio and row.ratio and row.ratio < FALL * before.ratio
    ]


def recorded() -> dict[str, Measured]:
    """The last run of each module."""
    if not RESULTS.exists():
        return {}
    found = json.loads(RESULTS.read_text("utf-8"))["modules"]
    return {name: measured_from(found[name]) for name in NAMES if name in found}


def main() -> None:
    """Run what was requested."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--check", action="store_true", help="compare with the record; exit 1 if a ratio fell")
    parser.add_argument("--docs", action="store_true", help="write docs/performance.md from the record")
    parser.add_argument("--one", metavar="NAME", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps([row.plain() for row in run_here(given.one)]))
        return
    if given.docs:
        (HERE.parent / "docs" / "performance.md").write_text(document(recorded()), "utf-8")
        return
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; available: {', '.join(NAMES)}")
    where = machine()
    made = {name: run_apart(name) for name in given.names or NAMES}
    print(table([row for rows in made.values() for row in rows]))
    if given.check:
        old = {row.job: row for before in recorded().values() for row in before.rows}
        words = fallen(old, [row for rows in made.values() for row in rows])
        print("\n".join(words) or "no ratio fell by more than a fifth")
        sys.exit(bool(words))
    kept = recorded() | {name: Measured(where, rows) for name, rows in made.items() if rows}
    plain = {"modules": {name: module.plain() for name, module in kept.items()}}
    RESULTS.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
