"""``yuqing schedule``: the jobs and when they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from yuqing.monitor.commands.begin import begin

if TYPE_CHECKING:
    from yuqing.monitor.schedule.scheduler import Running

app = typer.Typer(help="Run crawls, alerts, backups and reports on schedule.", no_args_is_help=True)


@app.command("run")
def run(
    metrics_port: Annotated[
        int,
        typer.Option(
            metavar="PORT", min=0, max=65535, help="Serve Prometheus metrics on this loopback port; 0: do not"
        ),
    ] = 0,
) -> None:
    """Run the jobs in the foreground until SIGTERM or Ctrl-C; SIGHUP reloads the settings."""
    import asyncio
    import logging

    from yuqing.monitor.logs import set_up_logging
    from yuqing.monitor.ops.metrics import serve_metrics
    from yuqing.monitor.schedule.job_log import JobLog
    from yuqing.monitor.schedule.scheduler import Schedule, only_scheduler
    from yuqing.monitor.settings import load_settings

    settings = load_settings()
    level = min("INFO", settings.log_level, key=logging.getLevelNamesMapping().__getitem__)
    set_up_logging(level, settings.log_format)
    if level != "DEBUG":
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # two lines for each job, and none for operators
    with only_scheduler(settings.data):
        log = JobLog(settings.ledger_file)
        if metrics_port:
            serve_metrics(settings, metrics_port)

        async def forever() -> None:
            await Schedule(settings, load_settings, log).run()

        asyncio.run(forever())


@app.command("list")
def list_jobs() -> None:
    """Show the jobs with their next times and how each last ended."""
    from contextlib import closing

    from rich.table import Table

    from yuqing.monitor.commands.show import console
    from yuqing.monitor.ledger import Ledger
    from yuqing.monitor.schedule.job_log import JobLog
    from yuqing.monitor.schedule.scheduler import plan, scheduler_of

    settings = begin()
    with closing(Ledger(settings.ledger_file)) as ledger:
        runs = ledger.runs(200)
    last = JobLog(settings.ledger_file).last()
    table = Table("job", "command", "times", "next", "last", "ended")
    for entry in plan(settings):
        job, result = entry.job, last.get(entry.job.name)
        row = [job.name, " ".join(job.command), job.cron, f"{entry.next:%Y-%m-%d %H:%M}"]
        if result is None:
            table.add_row(*row, "never", "")
            continue
        inside = [run for run in runs if result.started <= run.started <= (result.ended or "9")]
        pages = f"{sum(run.pages for run in inside)} pages" if inside and job.command[0] == "crawl" else ""
        said = ", ".join(text for text in (result.state, pages, result.note) if text)
        table.add_row(*row, result.started[:16].replace("T", " "), said)
    console.print(table)
    console.print(_said(scheduler_of(settings.data)))


@app.command("status")
def status() -> None:
    """Say whether a scheduler is running and responding; exit code 1 if not (for a container's health check)."""
    from yuqing.core.errors import YuqingError
    from yuqing.monitor.schedule.scheduler import scheduler_of

    running = scheduler_of(begin().data)
    if running is None or running.hangs:
        raise YuqingError(_said(running))
    typer.echo(_said(running))


def _said(running: Running | None) -> str:
    if running is None:
        return "No scheduler is running; `yuqing schedule run` starts it."
    if running.hangs:
        return f"The scheduler, process {running.pid}, has not responded for {running.silent:.0f} s; restart it."
    return f"A scheduler is running: process {running.pid}."
