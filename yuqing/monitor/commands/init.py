"""``yuqing init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(folder: Annotated[Path, typer.Argument(help="The working folder")] = Path()) -> None:
    """Lay the starting copies of keywords.yaml, sources.yaml, yuqing.toml and scrapy.cfg; nothing is overwritten."""
    from yuqing.monitor.ops.init import lay

    for name, written in lay(folder).items():
        typer.echo(f"{folder / name}: {'written' if written else 'is there already and stays as it is'}")
    typer.echo("Next: set `contact` in yuqing.toml, then `yuqing demo` to see it work, or `yuqing crawl`.")
