"""``yuqing sources probe``: how each source responds today, and what would fix it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yuqing.core.errors import UsageError
from yuqing.monitor.commands.begin import begin

if TYPE_CHECKING:
    from crawler.probe.records import Probe
    from yuqing.core.records import Source

INTERRUPTED = 130


def probe(
    names: Annotated[list[str] | None, typer.Argument(help="Source ids or tiers (default: all in service)")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text")] = False,
    write: Annotated[bool, typer.Option("--apply", help="Write the reliable fixes into the sources file")] = False,
    unsure: Annotated[bool, typer.Option("--unsure", help="With --apply: also the fixes marked 待确认")] = False,
    host: Annotated[
        list[str] | None, typer.Option("--host", help="Allow this new host for the one source named")
    ] = None,
    ill: Annotated[
        bool, typer.Option("--ill", help="Only sources whose daily runs fail, each at most once a day")
    ] = False,
    last: Annotated[bool, typer.Option("--last", help="Send no requests: show the last probe of each source")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over if the last round was interrupted")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the report (default: from the settings)")] = None,
) -> None:
    """Probe each source politely: lists, articles, a verdict in Chinese, worst first, and proposed fixes.

    At most 8 requests per source, under the crawler's rules; an interrupted round is resumed when the command is run
    again. Exit code 0 if every source is 可用, 1 otherwise; with --ill always 0, because the alerts report those.
    """
    from crawler.source_edit import difference
    from crawler.sources import choose, load_sources
    from yuqing.core.times import now
    from yuqing.monitor.commands.show import console
    from yuqing.monitor.ops.source_mend import apply, mending
    from yuqing.monitor.publish.probe_report import Proposed, line_of, probe_json, worst_first, write_probe_report
    from yuqing.monitor.run.probe import last_probes, run_probe

    settings = begin()
    chosen = choose(load_sources(settings.sources), ",".join(names or ()))
    if ill:
        from yuqing.monitor.ops.source_watch import ill_sources

        chosen = ill_sources(settings, chosen, now())
        if not chosen:
            typer.echo("没有需要探测的来源")
            return
    hosts = _hosts(host, chosen)
    if last:
        probes, complete = last_probes(settings, chosen), True
    else:
        with _progress(len(chosen)) as on_result:
            done = run_probe(settings, chosen, on_result, fresh=fresh, hosts=hosts)
        probes, complete = done.probes, done.complete
    today = now().date()
    sure = mending(settings.sources, probes, today, hosts=hosts)
    every = mending(settings.sources, probes, today, unsure=True, hosts=hosts)
    proposed = Proposed(sure.diff if sure.sources else "", difference(sure.after, every.after, settings.sources))
    # The report covers a whole round; failing sources are reported by the alerts.
    paths = [] if ill and not out else write_probe_report(probes, proposed, out or settings.out)
    if as_json:
        typer.echo(probe_json(probes).decode())
    else:
        for each in worst_first(probes):
            typer.echo(line_of(each))
        for title, text in (("可直接应用：", proposed.sure), ("待确认：", proposed.unsure)):
            if text:
                typer.echo(f"\n{title}\n{text}")
        for path in paths:
            console.print(f"报告：{path}", highlight=False, soft_wrap=True)
    if write:
        backup = apply(every if unsure else sure)
        told = f"已写入 {settings.sources}，原文件在 {backup}" if backup else "没有可写入的修改"
        typer.echo(told, err=as_json)
    if not complete:
        typer.echo(f"中断：已探测 {len(probes)}/{len(chosen)} 个来源；再次运行同一命令会接着做。", err=True)
        raise typer.Exit(INTERRUPTED)
    if not ill and any(each.verdict != "可用" for each in probes):
        raise typer.Exit(1)


def _hosts(hosts: list[str] | None, chosen: list[Source]) -> dict[str, tuple[str, ...]]:
    if not hosts:
        return {}
    if len(chosen) != 1:
        raise UsageError("--host allows a host for one source: name that source.")
    return {chosen[0].id: tuple(hosts)}


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Probe], None]]:
    """On a terminal, a progress bar with the verdicts so far; otherwise silent."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    errors = Console(stderr=True)
    counts: Counter[str] = Counter()
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("探测", total=total)

        def on_result(probe: Probe) -> None:
            counts[probe.verdict.value] += 1
            told = " ".join(f"{verdict} {count}" for verdict, count in counts.most_common())
            bar.update(task, advance=1, description=told)

        yield on_result
