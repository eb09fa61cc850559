"""``yuqing users``: the accounts of the review page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from yuqing.monitor.commands.begin import begin

if TYPE_CHECKING:
    from yuqing.review.accounts import Accounts

app = typer.Typer(
    help="The people who may use the review page; with the first account everybody must log in.", no_args_is_help=True
)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The name that decisions carry")],
    role: Annotated[str, typer.Option(help="reader, editor or chief (who signs off)")] = "editor",
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, envvar="YUQING_NEW_PASSWORD")
    ] = "",
) -> None:
    """Add a person, or give one another role and password."""
    accounts = _accounts()
    accounts.put(name, role, password)
    typer.echo(f"{accounts.path}: {name}, {role}")


@app.command("remove")
def remove(name: Annotated[str, typer.Argument(help="The name")]) -> None:
    """Remove a person, who is logged out at once; what the person decided stays."""
    _accounts().remove(name)


@app.command("list")
def show() -> None:
    """Names and roles."""
    for account in _accounts().all():
        typer.echo(f"{account.name}\t{account.role}")


def _accounts() -> Accounts:
    from yuqing.review.accounts import Accounts

    return Accounts(begin().users_file)
