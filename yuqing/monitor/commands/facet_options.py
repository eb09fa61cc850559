"""Command options derived from the facets."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated

import typer

from yuqing.core.facets import FACETS


def with_facet_options(command: Callable[..., None]) -> Callable[..., None]:
    """``command`` with an option for each searchable facet; it receives them as keyword arguments."""
    own = inspect.signature(command, eval_str=True)
    options = [
        inspect.Parameter(
            facet.key,
            inspect.Parameter.KEYWORD_ONLY,
            default="",
            annotation=Annotated[str, typer.Option(help=facet.help)],
        )
        for facet in FACETS
        if "search" in facet.shown
    ]

    @wraps(command)
    def run(**given: object) -> None:
        command(**given)

    kept = [one for one in own.parameters.values() if one.kind is not inspect.Parameter.VAR_KEYWORD]
    run.__signature__ = own.replace(parameters=[*kept, *options])  # type: ignore[attr-defined]
    return run
