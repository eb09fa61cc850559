"""``yuqing keywords``: check, try and count the rules of keywords.yaml. The output is Chinese."""

from __future__ import annotations

from typing import Annotated

import typer

from yuqing.monitor.commands.begin import begin

app = typer.Typer(help="The rules of keywords.yaml: check, try, count.", no_args_is_help=True)


@app.command()
def check() -> None:
    """Check keywords.yaml and the program's word lists: every fault with file:line:column, in Chinese; exit code 2."""
    from classifiers.check import check as faults_of
    from classifiers.check import check_word_lists
    from crawler import wordings as page_wordings
    from yuqing.core.yamlfile import file_version

    path = begin().keywords
    page_faults = check_word_lists(page_wordings.FILE, page_wordings.page_words)
    faults = [*faults_of(path), *check_word_lists(), *page_faults]
    for fault in faults:
        typer.echo(str(fault), err=True)
    if faults:
        typer.echo(f"{path}：发现 {len(faults)} 个问题", err=True)
        raise typer.Exit(2)
    typer.echo(f"{path}：没有发现问题（版本 {file_version(path)}）")


@app.command("try")
def try_text(
    text: Annotated[str, typer.Argument(help="The text; - reads it from standard input")],
    title: Annotated[str, typer.Option(help="The headline")] = "",
    date: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Day of publication (place names change)")] = "",
) -> None:
    """Show the tags of a text with their evidence, and why other candidates were rejected."""
    from datetime import date as day

    from classifiers.explain import explain
    from classifiers.rules import load_rules
    from yuqing.core.errors import UsageError
    from yuqing.monitor.commands.show import console
    from yuqing.monitor.commands.show_keywords import show_explanation
    from yuqing.monitor.streams import read_input

    if date:
        try:
            day.fromisoformat(date)
        except ValueError:
            raise UsageError(f"“{date}” is not a day; write YYYY-MM-DD.") from None
    rules = load_rules(begin().keywords)
    body = read_input() if text == "-" else text
    show_explanation(explain(body, rules, title=title, date=date), console)


@app.command()
def stats(
    window: Annotated[str, typer.Option(metavar="YYYY-MM", help="Only this window")] = "",
    quiet: Annotated[bool, typer.Option("--quiet", help="Only rules without a hit in 90 days")] = False,
) -> None:
    """Count the stored items that each rule tagged and how many of them people kept, worst rules first."""
    from classifiers.stats import stats as count
    from yuqing.core.times import now
    from yuqing.monitor.commands.show import console
    from yuqing.monitor.commands.show_keywords import show_stats
    from yuqing.monitor.workspace import workspace

    settings = begin()
    settings.check_window(window)
    with workspace(settings) as space:
        rows = count(space.store.scan(window=window or None), space.rules, now().date())
    show_stats([row for row in rows if row.quiet or not quiet], console)


@app.command()
def candidates(
    window: Annotated[str, typer.Option(metavar="YYYY-MM", help="Only this window")] = "",
) -> None:
    """List the “互联网+” phrases that keywords.yaml does not list yet, with counts, first day and examples."""
    from classifiers.candidates import candidates as find
    from yuqing.monitor.commands.show import console
    from yuqing.monitor.commands.show_keywords import show_candidates
    from yuqing.monitor.workspace import workspace

    settings = begin()
    settings.check_window(window)
    with workspace(settings) as space:
        found = find(space.store.scan(window=window or None, relevant=True))
    show_candidates(found, console)


@app.command("near-misses")
def near_misses(
    window: Annotated[str, typer.Option(metavar="YYYY-MM", help="Only this window")] = "",
) -> None:
    """List the items that barely missed the threshold, best first: score, title, reasons."""
    from yuqing.monitor.commands.show import console
    from yuqing.monitor.commands.show_keywords import show_near_misses
    from yuqing.monitor.workspace import workspace

    settings = begin()
    settings.check_window(window)
    with workspace(settings) as space:
        least = space.rules.keywords.settings.near_miss
        dropped = space.store.scan(window=window or None, relevant=False)
        show_near_misses([item for item in dropped if item.tags.score >= least], console)
