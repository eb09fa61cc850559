"""Command options derived from the filters of a search."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from indexer.filters import Filter, filters


def with_filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """``command`` with an argument QUERY and an option for each other filter.

    It receives those that were set, as strings, in the keyword argument ``given``.
    """
    own = inspect.signature(command, eval_str=True)
    named = {one.key: one for one in filters()}
    kept = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own.parameters.values() if one.name != "given"]
    added = [_parameter(one) for one in named.values()]

    @wraps(command)
    def run(**values: Any) -> None:
        given = {key: values.pop(_name(key)) for key in named}
        command(**values, given={key: "yes" if value is True else value for key, value in given.items() if value})

    parameters = [*filter(_is_argument, kept), *added, *(one for one in kept if not _is_argument(one))]
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    return run


def _parameter(one: Filter) -> inspect.Parameter:
    kind: Any = str
    about: Any = typer.Option(f"--{one.key}", help=one.help)
    if one.key == "text":
        about = typer.Argument(metavar="QUERY", help=one.help)
    elif one.flag:
        kind = bool
    elif one.values and one.values[0] not in one.help:
        about = typer.Option(f"--{one.key}", help=f"{one.help}: {', '.join(one.values)}")
    default = False if one.flag else ""
    return inspect.Parameter(
        _name(one.key), inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, about]
    )


def _name(key: str) -> str:
    """The name of the parameter: `all` is a Python builtin."""
    return f"filter_{key}"


def _is_argument(one: inspect.Parameter) -> bool:
    return any(isinstance(about, typer.models.ArgumentInfo) for about in getattr(one.annotation, "__metadata__", ()))
