"""``yuqing schedule``: the jobs and their times."""

from __future__ import annotations

import typer

app = typer.Typer(help="Run crawls and reports at their times.", no_args_is_help=True)


@app.command("run")
def run() -> None:
    """Run the jobs in the foreground until SIGTERM or Ctrl-C."""
    import asyncio
    import logging

    from monitor.schedule import plan, run_schedule
    from monitor.settings import load_settings

    settings = load_settings()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    first = plan(settings)
    typer.echo(
        f"{len(first)} jobs; next: {first[0].job.name} at {first[0].next:%Y-%m-%d %H:%M}" if first else "no jobs"
    )
    asyncio.run(run_schedule(settings))


@app.command("list")
def list_jobs() -> None:
    """Show the jobs with their next times and the last result of their command."""
    from rich.table import Table

    from monitor.ledger import Ledger
    from monitor.schedule import plan
    from monitor.settings import load_settings
    from monitor.show import console

    settings = load_settings()
    ledger = Ledger(settings.ledger_file)
    try:
        latest = {run.command: run for run in reversed(ledger.runs(200))}
    finally:
        ledger.close()
    table = Table("job", "command", "times", "next", "last")
    for entry in plan(settings):
        command = " ".join(entry.job.command)
        last = latest.get(command)
        shown = f"{last.started[:16]} {last.state}, {last.pages} pages" if last else "never"
        table.add_row(entry.job.name, command, entry.job.cron, f"{entry.next:%Y-%m-%d %H:%M}", shown)
    console.print(table)
