"""``yuqing alerts``: what is wrong now, the message about it, and a test of the channels. The messages are Chinese."""

from __future__ import annotations

from typing import Annotated

import typer

from yuqing.monitor.commands.begin import begin

app = typer.Typer(help="Tell people what is wrong and what is hot, in one message.", no_args_is_help=True)
_NO_CHANNEL = "No channel is set (YUQING_ALERTS__URLS); nothing was sent or recorded."


@app.command()
def send() -> None:
    """Send one message with what is new, persists or recovered since the last one; sends nothing if there is
    nothing."""
    from yuqing.core.times import now
    from yuqing.monitor.alerts.run import digest_of, send_digest, tell_blindness

    settings = None
    try:
        settings = begin()
        digest = digest_of(settings, now())
    except Exception as error:  # whatever it is, people must be told
        tell_blindness(settings, error, now())
        raise
    if not digest.sent:
        typer.echo("nothing to report")
        return
    typer.echo(f"{digest.title}\n\n{digest.body}")
    if settings.alerts.urls.get_secret_value():
        send_digest(settings, digest)
    else:
        typer.echo(_NO_CHANNEL, err=True)


@app.command("list")
def list_all() -> None:
    """Show everything that is wrong or hot now, reported before or not; nothing is sent."""
    from yuqing.core.times import now
    from yuqing.monitor.alerts.rules import findings
    from yuqing.monitor.schedule.job_log import JobLog
    from yuqing.monitor.workspace import workspace

    settings = begin()
    with workspace(settings) as space:
        found = findings(space, JobLog(settings.ledger_file), now())
    for finding in found:
        typer.echo(finding.text)
    if not found:
        typer.echo("nothing is wrong")


@app.command()
def digest(
    day: Annotated[
        str,
        typer.Option(
            metavar="DAY", help="Print everything published that day, reported before or not, without sending it"
        ),
    ] = "",
) -> None:
    """Send the daily list: new items on the subject by section, each item once; sends nothing if there is nothing."""
    from classifiers.names import names_of
    from yuqing.core.errors import YuqingError
    from yuqing.core.times import day_of, now
    from yuqing.monitor.alerts.channels import send as send_message
    from yuqing.monitor.alerts.daily import daily, told_before, write_down
    from yuqing.monitor.workspace import workspace

    settings = begin()
    with workspace(settings) as space:
        names = names_of(space.rules.keywords)
        found = daily(space.store, names, told_before(settings), now(), day_of(day) if day else None)
    if not found.items:
        typer.echo("nothing to report")
        return
    typer.echo(f"{found.title}\n\n{found.body}")
    urls = settings.alerts.urls.get_secret_value()
    if day:
        return
    if not urls:
        typer.echo(_NO_CHANNEL, err=True)
        return
    failed = send_message(urls, found.title, found.body)
    write_down(settings, found, now())
    if failed:
        raise YuqingError(f"Sent, but not by every channel: {', '.join(failed)} failed.")


@app.command()
def test() -> None:
    """Send a test message to every channel."""
    from yuqing.core.errors import UsageError, YuqingError
    from yuqing.monitor.alerts.channels import send as send_message

    urls = begin().alerts.urls.get_secret_value()
    if not urls:
        raise UsageError(_NO_CHANNEL)
    failed = send_message(urls, "舆情监测：测试", "这是一条测试消息，收到即说明提醒渠道可用。")
    if failed:
        raise YuqingError(f"{', '.join(failed)} failed; the other channels took the message.")
    typer.echo(f"{len(urls.split())} channels took the message")
