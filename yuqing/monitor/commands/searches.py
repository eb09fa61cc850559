"""``yuqing searches``: searches saved by name, for alerts, feeds and exports."""

from __future__ import annotations

from typing import Annotated

import typer

from yuqing.monitor.commands.begin import begin
from yuqing.monitor.commands.filter_options import with_filter_options

app = typer.Typer(help="Save searches by name: for alerts, feeds, exports and the API.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name")]


@app.command("list")
def list_searches() -> None:
    """Show the saved searches, how many items each finds now, and whether it sends alerts."""
    from rich.table import Table

    from indexer.filters import query_of
    from indexer.open import open_store
    from indexer.saved_searches import saved_searches
    from yuqing.monitor.commands.show import console

    settings = begin()
    store = open_store(settings.store_url, settings.access)
    table = Table("name", "filters", "items", "alert")
    try:
        for search in saved_searches(store).values():
            words = " ".join(f"{key}={value}" for key, value in search.filters.items())
            table.add_row(search.name, words, str(store.count(query_of(search.filters))), "yes" if search.alert else "")
    finally:
        store.close()
    console.print(table)


@app.command("save")
@with_filter_options
def save_search(
    name: Name,
    given: dict[str, str],
    alert: Annotated[bool, typer.Option("--alert", help="Report its new items with `yuqing alerts send`")] = False,
) -> None:
    """Save a search under a name, replacing an older one of that name."""
    import getpass

    from indexer.filters import query_of
    from indexer.open import open_store
    from indexer.saved_searches import SavedSearch
    from indexer.saved_searches import save_search as save
    from yuqing.core.times import now

    settings = begin()
    store = open_store(settings.store_url, settings.access)
    try:
        search = SavedSearch(name=name, filters=given, alert=alert)
        save(store, search, getpass.getuser(), now().isoformat(timespec="seconds"))
        count = store.count(query_of(given))
    finally:
        store.close()
    typer.echo(f"Saved “{name}”; it finds {count:,} items now.")


@app.command("remove")
def remove_search(name: Name) -> None:
    """Remove a saved search."""
    import getpass

    from indexer.open import open_store
    from indexer.saved_searches import remove_search as remove
    from yuqing.core.times import now

    settings = begin()
    store = open_store(settings.store_url, settings.access)
    try:
        remove(store, name, getpass.getuser(), now().isoformat(timespec="seconds"))
    finally:
        store.close()
    typer.echo(f"Removed “{name}”.")
