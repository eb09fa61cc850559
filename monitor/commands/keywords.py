"""``yuqing keywords``: check, try and count the rules of keywords.yaml."""

from __future__ import annotations

import typer

app = typer.Typer(help="The rules of keywords.yaml: check, try, count.", no_args_is_help=True)


@app.command()
def check() -> None:
    """Check keywords.yaml: every fault with file:line:column, in Chinese."""
    from classifiers.rules import load_rules
    from monitor.settings import load_settings

    rules = load_rules(load_settings().keywords)
    typer.echo(f"{rules.path}：没有发现问题（版本 {rules.version}）")
