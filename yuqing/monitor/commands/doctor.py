"""``yuqing doctor``."""

from __future__ import annotations

from typing import Annotated

import typer

from yuqing.monitor.commands.begin import begin


def doctor(
    repair: Annotated[
        bool, typer.Option("--repair", help="Repair what can be repaired from the archive and the backups")
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Do not contact any site")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Do not read the archive")] = False,
) -> None:
    """Say what is ready, what is missing and how to get it, and whether archive, ledger and store agree."""
    from yuqing.core.errors import YuqingError
    from yuqing.monitor.commands.show import progress
    from yuqing.monitor.ops.doctor.checks import examine
    from yuqing.monitor.ops.doctor.repair import repair as mend

    settings = begin()
    if repair:
        with progress("repair") as on_result:
            for sentence in mend(settings, on_result):
                typer.echo(f"mended  {sentence}")
    bad = []
    for finding in examine(settings, offline=offline, quick=quick):
        typer.echo(f"{finding.state:6}  {finding.name}: {finding.text}")
        if finding.help and finding.state != "ok":
            typer.echo(f"        → {finding.help}")
        if finding.state == "bad":
            bad.append(f"{finding.name}: {finding.text}")
    if bad:
        raise YuqingError(f"{len(bad)} problems found; the first: {bad[0]}")
