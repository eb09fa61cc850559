"""``yuqing sources``: the source records and their health."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, get_args

import typer

from yuqing.monitor.commands.begin import begin
from yuqing.monitor.commands.sources_add import add
from yuqing.monitor.commands.sources_probe import probe

app = typer.Typer(help="The sources: list, health, probes and fixes, the generated table.", no_args_is_help=True)
app.command()(probe)
app.command()(add)


@app.command("list")
def list_sources(
    tier: Annotated[str | None, typer.Option(help="Only this tier, for example ministry")] = None,
) -> None:
    """List the source records: id, tier, name, hosts, number of lists."""
    from rich.table import Table

    from crawler.sources import load_sources
    from yuqing.core.errors import UsageError
    from yuqing.core.records import Tier
    from yuqing.monitor.commands.show import console, whole

    if tier is not None and tier not in get_args(Tier):
        raise UsageError(f"“{tier}” is not a tier; available: {', '.join(get_args(Tier))}.")
    table = Table(whole("id"), "tier", "name", "hosts", "lists", "confidence", "verified")
    for source in load_sources(begin().sources).values():
        if tier is None or source.tier == tier:
            state = f"deprecated {source.deprecated.date}" if source.deprecated else str(source.verified)
            table.add_row(
                source.id, source.tier, source.name, ", ".join(source.hosts), str(len(source.open_lists)),
                source.confidence, state,
            )  # fmt: skip
    console.print(table)


@app.command()
def check() -> None:
    """Report the health of each source from the run ledger, in Chinese, worst first; exit code 1 if one is failing."""
    from crawler.sources import load_sources
    from yuqing.core.times import now
    from yuqing.monitor.ledger_exchange import open_ledger
    from yuqing.monitor.ops.health import source_health

    settings = begin()
    ledger = open_ledger(settings)
    try:
        lines = source_health(load_sources(settings.sources), ledger, now(), settings.alerts.silent_days)
    finally:
        ledger.close()
    for line in lines:
        typer.echo(line.text)
    if any(line.ill for line in lines):
        raise typer.Exit(1)


@app.command(hidden=True)  # for developers
def table(
    out: Annotated[Path | None, typer.Option(help="Write the table here, for example docs/sources.md")] = None,
) -> None:
    """Print docs/sources.md as generated from sources.yaml."""
    from crawler.source_table import table as make
    from crawler.sources import load_sources

    text = make(load_sources(begin().sources))
    if out:
        out.write_text(text, "utf-8")
    else:
        typer.echo(text, nl=False)
