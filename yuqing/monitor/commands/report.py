"""``yuqing report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yuqing.monitor.commands.begin import begin


def report(
    window: Annotated[
        str, typer.Option(metavar="YYYY-MM", help="The review window (default: the last one that ended)")
    ] = "",
    out: Annotated[Path | None, typer.Option(help="Folder for the report (default: from the settings)")] = None,
    formats: Annotated[str, typer.Option("--format", help="Formats, comma-separated")] = "docx,html,md,json",
    with_appendix: Annotated[
        bool, typer.Option("--with-appendix", help="A working copy: with comparison, 覆盖说明 and versions")
    ] = False,
    accepted: Annotated[
        bool | None,
        typer.Option(
            "--accepted/--all", help="Accepted items only, or drafts too (default: as set on the review page)"
        ),
    ] = None,
    diff: Annotated[
        Path | None, typer.Option(metavar="OLD.json", help="Write nothing; show what changed since this report")
    ] = None,
) -> None:
    """Write the monthly report of a window as edited and signed off, or show what changed since an older version of
    it."""
    from yuqing.monitor.publish.report import Wanted, formats_of, last_window, make_report, report_of
    from yuqing.monitor.workspace import workspace

    settings = begin()
    with workspace(settings) as space:
        name = window or last_window(settings)
        wanted = Wanted(accepted_only=accepted, appendix=with_appendix)
        if diff:
            from yuqing.review.report.diff import diff_reports
            from yuqing.review.report.render_json import read_report

            changes = diff_reports(read_report(diff), report_of(space, name, wanted))
            typer.echo("\n".join(changes) or "没有变化")
            return
        for path in make_report(space, name, out or settings.out, formats_of(formats), wanted):
            typer.echo(path)
