"""Options of a command that follow from the filters of a search."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from indexer.filters import filters


def with_filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """``command`` with an argument QUERY and an option for each further filter.

    It takes them as the keyword argument ``given``: those that were set, as words.
    """
    own = inspect.signature(command, eval_str=True)
    named = {one.key: one for one in filters()}
    text = named.pop("text")
    added = [_parameter("text", Annotated[str, typer.Argument(metavar="[QUERY]", help=text.help)], "")]
    for one in named.values():
        if one.flag:
            added.append(_parameter(_name(one.key), Annotated[bool, typer.Option(f"--{one.key}", help=one.help)], False))
        else:
            told = f"{one.help}: {', '.join(one.values)}" if one.values and one.values[0] not in one.help else one.help
            added.append(_parameter(_name(one.key), Annotated[str, typer.Option(f"--{one.key}", help=told)], ""))

    @wraps(command)
    def run(**values: Any) -> None:
        given = {key: values.pop(_name(key)) for key in ("text", *named)}
        words = {key: "yes" if value is True else value for key, value in given.items() if value}
        command(**values, given=words)

    arguments = [one for one in own.parameters.values() if one.name != "given" and _is_argument(one)]
    options = [one for one in own.parameters.values() if one.name != "given" and not _is_argument(one)]
    run.__signature__ = own.replace(parameters=[*arguments, *added, *options])  # type: ignore[attr-defined]
    return run


def _name(key: str) -> str:
    """The name of the parameter: `all` is a word of Python's."""
    return f"filter_{key}"


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name if name != "text" else _name(name), inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )


def _is_argument(one: inspect.Parameter) -> bool:
    return any(isinstance(about, typer.models.ArgumentInfo) for about in getattr(one.annotation, "__metadata__", ()))
