"""docs/commands.md, generated from the command line: ``python -m scripts.command_docs > docs/commands.md``."""

from __future__ import annotations

import sys

import typer.main
from typer.cli import get_docs_for_click

from yuqing.monitor.cli import app


def command_docs() -> str:
    """The help of every command as Markdown."""
    command = typer.main.get_command(app)
    context = typer.Context(command, info_name="yuqing")
    return f"{get_docs_for_click(obj=command, ctx=context, name='yuqing').strip()}\n"


if __name__ == "__main__":
    sys.stdout.write(command_docs())
