"""``yuqing index`` and ``yuqing kibana``: the store, and the objects with which Kibana displays it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yuqing.core.errors import UsageError
from yuqing.monitor.commands.begin import begin

if TYPE_CHECKING:
    from indexer.elastic.names import Names

app = typer.Typer(help="The item store: set up, status, migrate.", no_args_is_help=True)
kibana_app = typer.Typer(help="Kibana objects for the Elasticsearch store.", no_args_is_help=True)


@app.command()
def init() -> None:
    """Set the store up (templates and aliases in Elasticsearch; a file for the embedded store)."""
    from indexer.open import open_store

    settings = begin()
    store = open_store(settings.store_url, settings.access, init=True, analyzer=settings.elastic.analyzer)
    try:
        status = store.status()
    finally:
        store.close()
    typer.echo(f"{status.kind} store at {status.location}: schema {status.schema}, ready")


@app.command()
def status() -> None:
    """Show what is in the store. Writes waiting for Elasticsearch are delivered first."""
    from rich.table import Table

    from indexer.open import open_store
    from indexer.spool import SpoolingStore
    from yuqing.monitor.commands.show import console

    settings = begin()
    store = open_store(settings.store_url, settings.access, spool=settings.spool_file)
    try:
        if isinstance(store, SpoolingStore):
            typer.echo(f"{store.deliver(now=True)} writes wait in {store.path}")
            for key, reason in store.refused():
                typer.echo(f"refused by Elasticsearch, kept there for `yuqing index retry`: item {key}: {reason}")
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


@app.command()
def retry() -> None:
    """Offer the items that Elasticsearch refused once more, after the cause has been fixed.

    Refused items are kept in spool.sqlite of the data folder; `yuqing index status` lists each with the reason. Most
    often the index has an older mapping than this release: `yuqing index reindex --force` rebuilds it.
    """
    from indexer.cluster_index import settle
    from indexer.open import open_store
    from indexer.spool import SpoolingStore
    from yuqing.monitor.lock import crawl_lock

    settings = begin()
    with crawl_lock(settings.data, settings.lock_wait):  # a crawl may be about to write a newer version
        store = open_store(settings.store_url, settings.access, spool=settings.spool_file)
        try:
            if not isinstance(store, SpoolingStore):
                raise UsageError("The embedded store never refuses items; retry is for Elasticsearch only.")
            taken, refused = store.retry(), store.refused()
            if taken:
                settle(store)  # their reprints were clustered without them
        finally:
            store.close()
    typer.echo(f"{taken} items were accepted")
    for key, reason in refused:
        typer.echo(f"still refused: item {key}: {reason}")
    if refused:
        raise typer.Exit(1)


@app.command()
def migrate(
    target: Annotated[str, typer.Argument(help="The other store: a file, or elasticsearch://host:9200[/prefix]")],
) -> None:
    """Copy all items with people's decisions into another store; then configure that store in the settings.

    Nothing is changed here. It can be interrupted and resumed.
    """
    from indexer.open import open_store
    from yuqing.monitor.run.migrate import migrate as copy

    settings = begin()
    source = open_store(settings.store_url, settings.access)
    try:
        other = open_store(target, settings.access, init=True, analyzer=settings.elastic.analyzer)
        try:
            done = copy(source, other, lambda copied: typer.echo(f"{copied} items", err=True))
        finally:
            other.close()
    finally:
        source.close()
    typer.echo(f"{done.items} items copied to {target}, {done.decisions} decisions of people written")


@app.command("reindex")
def reindex_command(
    force: Annotated[bool, typer.Option("--force", help="Rebuild them even if that is not needed")] = False,
    drop: Annotated[bool, typer.Option("--drop-old", help="Instead: remove the older versions that were kept")] = False,
) -> None:
    """Rebuild the Elasticsearch indices for a new mapping, or for another analyzer in the settings.

    People can go on searching meanwhile; writes wait during the last seconds. It can be interrupted and resumed. The
    older version is kept, read-only, until --drop-old: run that once every process has been restarted.
    """

    settings = begin()
    if not settings.in_elasticsearch:
        raise UsageError("The embedded store updates itself; reindex is for Elasticsearch only.")
    from indexer.elastic.reindex import drop_old, reindex

    if drop:
        gone = drop_old(settings.store_url, settings.access)
        typer.echo("\n".join(f"removed {name}" for name in gone) or "there is no older version")
        return

    def copied(count: int) -> None:
        typer.echo(f"{count} documents", err=True)

    done = reindex(settings.store_url, settings.access, settings.elastic.analyzer, copied, force=force)
    if done is None:
        typer.echo("the indices are up to date; --force rebuilds them anyway")
        return
    typer.echo(
        f"version {done.version} of the indices is in use: {done.items} items, "
        f"{done.blocked} of them copied while writes waited"
    )


@kibana_app.command("export")
def export_objects(
    out: Annotated[Path, typer.Option(help="Folder for the files")] = Path("out/kibana"),
) -> None:
    """Write the Kibana objects: kibana.ndjson, and the dashboards as JSON for Kibana 9.5 and later."""
    from indexer.kibana.export import export

    for path in export(_names(), out):
        typer.echo(path)


@kibana_app.command("import")
def import_objects(
    url: Annotated[
        str, typer.Option(help="URL of Kibana, with /s/SPACE for a space (default: from the settings)")
    ] = "",
) -> None:
    """Import the Kibana objects into a Kibana; an earlier import is replaced."""
    from indexer.kibana.send import send

    kibana = begin().kibana
    sent = send(url or kibana.url, _names(), kibana.api_key.get_secret_value(), kibana.ca_file)
    typer.echo(f"Kibana {sent.version} has {len(sent.titles)} objects: {', '.join(sent.titles)}")


def _names() -> Names:
    from indexer.elastic.client import parse
    from indexer.elastic.names import Names

    settings = begin()
    return Names(parse(settings.store_url).prefix) if settings.in_elasticsearch else Names()
