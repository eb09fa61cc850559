"""``yuqing backup`` and ``yuqing restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yuqing.monitor.commands.begin import begin


def backup(
    file: Annotated[
        Path | None, typer.Argument(help="The file to write (default: one named by date in the folder backups)")
    ] = None,
) -> None:
    """Save what the archive cannot restore: reviews, edits, ledger, URL memory, rules, sources, settings."""
    from yuqing.monitor.ops.backup import make_backup

    path, reviewed = make_backup(begin(), file)
    typer.echo(f"{path}: {path.stat().st_size / 1e6:.1f} MB, reviews of {reviewed} items. Copy the archive too.")


def restore(
    file: Annotated[Path, typer.Argument(help="A file written by `yuqing backup`")],
) -> None:
    """Restore a backup; what already exists is kept. An empty store is filled from the archive first."""
    from yuqing.monitor.commands.show import progress
    from yuqing.monitor.ops.restore import restore as run

    with progress("restore") as on_result:
        done = run(begin(), file, on_result)
    for path, what in done.files:
        typer.echo(f"{path}: {what}")
    typer.echo(
        f"{done.pages} pages of the archive processed again; "
        f"reviews of {done.reviews} items and {done.edits} edits restored"
    )
    if done.absent:
        typer.echo(
            f"{done.absent} reviewed items are not in the store: restore the archive, run `yuqing rebuild`, "
            "then this command again."
        )
