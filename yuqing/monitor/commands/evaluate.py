"""``yuqing evaluate``: how well the rules agree with people's decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yuqing.monitor.commands.begin import begin


def evaluate(
    window: Annotated[
        list[str] | None, typer.Option(metavar="YYYY-MM", help="Only this reviewed window; may be repeated")
    ] = None,
    gold: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Labelled texts instead of reviews; may be repeated"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the reviewed items as labelled texts (JSONL)")
    ] = None,
    differences: Annotated[bool, typer.Option("--differences", help="List where rules and people disagree")] = False,
) -> None:
    """Evaluate the current rules against the decisions of the review page: precision, recall and F1 by facet."""
    from yuqing.core.errors import UsageError
    from yuqing.monitor.commands.show import console
    from yuqing.monitor.publish.evaluate import evaluate_files, evaluate_reviews, show_evaluation, write_rows
    from yuqing.monitor.workspace import workspace

    if gold and (window or out):
        raise UsageError("--gold evaluates labelled texts; --window and --out apply to reviews only.")
    settings = begin()
    for name in window or ():
        settings.check_window(name)
    with workspace(settings) as space:
        found = evaluate_files(space, gold) if gold else evaluate_reviews(space, window or ())
    show_evaluation(found, console, differences=differences)
    if out:
        write_rows(found.rows, out)
        console.print(f"{out}：{len(found.rows)} 行", highlight=False, markup=False, soft_wrap=True)
