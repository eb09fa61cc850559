"""``yuqing index`` and ``yuqing kibana``: the store and the objects that Kibana shows it with."""

from __future__ import annotations

import typer

from core.errors import NotYetError

app = typer.Typer(help="The item store: set up, status.", no_args_is_help=True)
kibana_app = typer.Typer(help="Kibana objects for the Elasticsearch store.", no_args_is_help=True)


@app.command()
def init() -> None:
    """Set the store up (templates and aliases in Elasticsearch; a file for the embedded store)."""
    from indexer.open import open_store
    from monitor.settings import load_settings

    store = open_store(load_settings().store_url)
    try:
        status = store.status()
    finally:
        store.close()
    typer.echo(f"{status.kind} store at {status.location}: schema {status.schema}, ready")


@app.command()
def status() -> None:
    """Show what is in the store."""
    from rich.table import Table

    from indexer.open import open_store
    from monitor.settings import load_settings
    from monitor.show import console

    store = open_store(load_settings().store_url)
    try:
        found = store.status()
    finally:
        store.close()
    console.print(
        f"{found.kind} store at {found.location}: schema {found.schema}, {found.items} items, "
        f"{found.relevant} relevant, {found.bytes / 1e6:.1f} MB",
        soft_wrap=True,
    )
    table = Table("window", "items")
    for window, count in found.windows:
        table.add_row(window or "(undated)", str(count))
    console.print(table)


@kibana_app.command("export")
def export_objects() -> None:
    """Write the Kibana objects."""
    raise NotYetError("the Kibana objects are not built yet.")


@kibana_app.command("import")
def import_objects() -> None:
    """Send the Kibana objects to a Kibana."""
    raise NotYetError("the Kibana objects are not built yet.")
