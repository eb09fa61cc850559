"""``yuqing feed``: the feeds as files, for a web server or a shared folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yuqing.monitor.commands.begin import begin


def feed(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Sections (as sections/province) and saved searches (as searches/NAME); default: all"),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Output folder")] = Path("out/feeds"),
    forms: Annotated[str, typer.Option("--format", help="atom, rss, json, comma-separated")] = "atom,rss,json",
    address: Annotated[
        str, typer.Option(metavar="URL", help="The URL under which the folder is served, for links")
    ] = "",
) -> None:
    """Write the feeds of the sections and saved searches as files: Atom, RSS and JSON Feed."""
    from indexer.open import open_store
    from yuqing.monitor.publish.feed_files import write_feeds

    settings = begin()
    store = open_store(settings.store_url, settings.access)
    try:
        for path in write_feeds(store, names or [], out, forms, address):
            typer.echo(path)
    finally:
        store.close()
