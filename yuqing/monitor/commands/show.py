"""Terminal output of the commands."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from yuqing.core.records import Outcome, PageResult
from yuqing.monitor.ledger_file import Run

# A table that goes to a file or to another program is not cut to the 80 columns of a terminal.
console = Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else 200)
FREQUENT = 4  # outcomes shown of a run in the list of runs


def whole(name: str) -> Column:
    """A column that is never cut, however narrow the terminal: what people copy into the next command."""
    return Column(name, no_wrap=True)


@contextmanager
def progress(name: str) -> Iterator[Callable[[PageResult], None]]:
    """A running count of pages by outcome on a terminal; otherwise silent."""
    counts: Counter[str] = Counter()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    errors = Console(stderr=True)
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task(name, total=None)

        def on_result(result: PageResult) -> None:
            counts[result.outcome.value] += 1
            parts = " ".join(f"{outcome} {count}" for outcome, count in counts.most_common(6))
            bar.update(task, description=f"{name}: {counts.total()} pages · {parts}")

        yield on_result


def show_run(run: Run) -> None:
    """One run: its pages by outcome, and the total."""
    console.print(f"{run.command} · run {run.id} · {run.state}", style="bold", highlight=False, soft_wrap=True)
    table = Table()
    table.add_column("outcome")
    table.add_column("pages", justify="right")
    for outcome, count in sorted(run.outcomes.items(), key=lambda pair: (-pair[1], pair[0])):
        table.add_row(outcome, str(count))
    table.add_section()
    table.add_row("all pages", str(run.pages))
    console.print(table)
    if run.note:
        console.print(run.note, markup=False, soft_wrap=True)
    if run.pages and run.outcomes[Outcome.NETWORK] == run.pages:
        told = f"`yuqing runs {run.id} --outcome network` tells more."
        console.print(f"No site could be reached: is the network up? {told}", highlight=False, soft_wrap=True)


def show_runs(runs: Iterable[Run]) -> None:
    """The latest runs, one per line: the most frequent outcomes, and all of them for a single run."""
    table = Table(whole("run"), "command", "state", "pages", "outcomes")
    for run in runs:
        counts = [f"{outcome} {count}" for outcome, count in run.outcomes.most_common(FREQUENT)]
        more = ["…"] if len(run.outcomes) > FREQUENT else []
        table.add_row(run.id, run.command, run.state, str(run.pages), ", ".join([*counts, *more]))
    console.print(table if table.row_count else "No run yet: `yuqing crawl` starts one.")


def show_sources_of(counts: dict[str, Counter[str]]) -> None:
    """Pages by outcome for each source of a run."""
    table = Table(whole("source"), "pages", "outcomes")
    for source, outcomes in counts.items():
        text = ", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common())
        table.add_row(source or "(none)", str(outcomes.total()), text)
    console.print(table)


def show_pages(pages: Iterable[PageResult]) -> None:
    """Pages with their outcomes, one per line."""
    for page in pages:
        status = f" [{page.status}]" if page.status else ""
        console.print(f"{page.outcome} {page.url}{status} {page.detail}".rstrip(), markup=False, soft_wrap=True)
