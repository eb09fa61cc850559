"""``yuqing init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(help="The working folder")] = Path(),
    update: Annotated[
        bool, typer.Option("--update", help="Show what this version's rules and sources would change in edited ones")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="With --update: write the changes; NAME.before keeps the old file")
    ] = False,
) -> None:
    """Put starting copies of keywords.yaml, sources.yaml and yuqing.toml into a folder; nothing is overwritten.

    With --update, entries that you left alone are updated to this version, new ones are added, and yours are kept.
    """
    from yuqing.core.errors import UsageError
    from yuqing.monitor.ops.init import lay

    if write and not update:
        raise UsageError("--write needs --update; without it nothing is ever overwritten.")
    if update:
        _update(folder, write)
        return
    for name, written in lay(folder).items():
        typer.echo(f"{folder / name}: {'written' if written else 'already exists, left as it is'}")
    typer.echo("Next: set `contact` in yuqing.toml, then `yuqing demo` to see it work, or `yuqing crawl`.")


def _update(folder: Path, write: bool) -> None:
    from yuqing.monitor.ops import update

    files = update.merge(folder)
    for one in files:
        typer.echo(one.diff or f"{one.name}: nothing new")
        for name in one.kept:
            typer.echo(f"{one.name}: {name} was changed both by you and by this version; yours is kept", err=True)
    if write:
        update.write(folder, files)
        typer.echo("Written. Check the result with `yuqing keywords check` and `yuqing retag --dry-run`.")
    elif any(one.diff for one in files):
        typer.echo("Nothing was written; `yuqing init --update --write` does it.")
