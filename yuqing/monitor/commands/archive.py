"""``yuqing archive``: the files of the archive."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from yuqing.monitor.commands.begin import begin

if TYPE_CHECKING:
    from crawler.archive.tidy import Tidied

app = typer.Typer(help="The archive of fetched pages: pack its small files.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The archive of fetched pages: pack its small files."""


def _day(text: str) -> date:
    from yuqing.core.times import day_of

    return day_of(text)


@app.command()
def tidy(
    before: Annotated[
        date | None,
        typer.Option(
            parser=_day, metavar="DAY", help="Only days before this one, YYYY-MM-DD (default: before this month)"
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the files and show what would be packed")] = False,
) -> None:
    """Pack the archive files of each day into one, byte for byte; every record is checked first.

    The job `tidy` does this every month. It may be killed at any moment and run again. A day with a damaged record is
    left as it is.
    """
    from crawler.archive.tidy import tidy as run
    from yuqing.core.errors import YuqingError
    from yuqing.core.times import now
    from yuqing.monitor.run.recovery import locked

    settings = begin()
    with locked(settings):
        done = run(settings.archive_dir, before or now().date().replace(day=1), dry_run=dry_run)
    _show(done, dry_run=dry_run)
    if done.differing:
        raise YuqingError(
            f"{len(done.differing)} archive files differ from the pack next to them; their days were left as they are. "
            f"First: {done.differing[0]}. Restore the damaged one from a copy of the archive, or move it away."
        )


def _show(done: Tidied, *, dry_run: bool) -> None:
    from rich.table import Table

    from yuqing.monitor.commands.show import console

    table = Table("month", "days packed", "files before", "after", "MB", "records checked", "left-overs removed")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, month in sorted(done.months.items()):
        table.add_row(
            name, str(len(month.days)), str(month.before), str(month.after), f"{month.bytes / 1e6:.1f}",
            str(month.records), str(month.left_over),
        )  # fmt: skip
    if done.months:
        console.print(table)
    else:
        console.print("There are no archive files for these days.")
    if done.unfinished:
        console.print(f"{done.unfinished} unfinished packs removed")
    for sentence in done.damaged:
        console.print(f"not packed, with its day: {sentence}", markup=False, soft_wrap=True)
    if dry_run:
        console.print("Nothing was changed (--dry-run).")
