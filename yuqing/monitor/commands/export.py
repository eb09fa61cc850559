"""``yuqing export``: everything that a search matches, as a file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yuqing.monitor.commands.begin import begin
from yuqing.monitor.commands.filter_options import with_filter_options


@with_filter_options
def export(
    given: dict[str, str],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="The file (default: standard output)")] = None,
    form: Annotated[
        str, typer.Option("--format", help="jsonl, csv, parquet or xlsx (default: by the file's extension, else jsonl)")
    ] = "",
    columns: Annotated[str, typer.Option(help="Only these columns, comma-separated (docs/export.md)")] = "",
    saved: Annotated[str, typer.Option(metavar="NAME", help="Use the filters of this saved search")] = "",
) -> None:
    """Write every item that a search matches, one row each, newest first, with no limit on their number."""
    from indexer.filters import query_of
    from indexer.open import open_store
    from indexer.saved_searches import saved_search
    from yuqing.monitor.publish.export import CELL, form_of
    from yuqing.monitor.publish.export import export as write

    settings, kind = begin(), form_of(form, out)
    store = open_store(settings.store_url, settings.access)
    try:
        filters = {**(saved_search(store, saved).filters if saved else {}), **given}
        names = tuple(name.strip() for name in columns.split(",") if name.strip())
        count, cut = write(store, query_of(filters), kind, out, names)
    finally:
        store.close()
    typer.echo(f"{count:,} rows" + (f" in {out}" if out else ""), err=True)
    if cut:
        typer.echo(f"{cut:,} texts were cut at {CELL:,} characters, the most that a cell can hold.", err=True)
