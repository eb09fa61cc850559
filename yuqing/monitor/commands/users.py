"""``yuqing users``: the accounts of the review page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from yuqing.monitor.commands.begin import begin

if TYPE_CHECKING:
    from yuqing.review.accounts import Accounts

app = typer.Typer(
    help="The accounts of the review page; once there is one, everybody must log in.", no_args_is_help=True
)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The name shown with decisions")],
    role: Annotated[str, typer.Option(help="reader, editor or chief (who signs off)")] = "editor",
    password: Annotated[
        str,
        typer.Option(
            prompt=True, show_default=False, hide_input=True, confirmation_prompt=True, envvar="YUQING_NEW_PASSWORD"
        ),
    ] = "",
) -> None:
    """Add a person, or change the role and password of an existing one."""
    accounts = _accounts()
    accounts.put(name, role, password)
    typer.echo(f"{accounts.path}: {name}, {role}")


@app.command("remove")
def remove(name: Annotated[str, typer.Argument(help="The name")]) -> None:
    """Remove a person, who is logged out at once; the person's decisions stay."""
    _accounts().remove(name)


@app.command("list")
def show() -> None:
    """Show names and roles."""
    for account in _accounts().all():
        typer.echo(f"{account.name}\t{account.role}")


def _accounts() -> Accounts:
    from yuqing.review.accounts import Accounts

    return Accounts(begin().users_file)
