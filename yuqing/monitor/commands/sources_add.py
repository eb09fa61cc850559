"""``yuqing sources add``: make a record for a new site from nothing but its URL."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from yuqing.core.errors import YuqingError
from yuqing.monitor.commands.begin import begin


def add(
    url: Annotated[str, typer.Argument(help="A list page or the home page of the site")],
    yes: Annotated[bool, typer.Option("--yes", help="Write the record without asking")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show it")] = False,
) -> None:
    """Make a record for a new site: name, province, system, list and selectors, with ten links and an article shown.

    Nothing is written if no list is found or no article can be read.
    """
    from time import monotonic

    from yuqing.monitor.ops.new_source import keep_source, propose_source

    settings = begin()
    started = monotonic()
    found = propose_source(settings, url)
    seconds = monotonic() - started
    if found.problem:
        raise YuqingError(found.problem)
    typer.echo(found.diff)
    typer.echo(f"\n读到的链接（列表得分 {found.score:.2f}，{found.requests} 次请求，用时 {seconds:.0f} 秒）：")
    for link in found.links:
        typer.echo(f"  {link.day or '无日期'}　{link.title}　{link.url}")
    if found.article is not None and found.whole:
        article = found.article
        origin = article.origin or "未标"
        typer.echo(f"\n读到的文章：《{article.title}》{article.day}，来源：{origin}，正文 {article.length} 字")
        typer.echo(f"  {found.text}…")
        if dry_run:
            return
        if not yes and not (sys.stdin.isatty() and typer.confirm(f"写入 {settings.sources}？")):
            typer.echo("没有写入；确认无误后加 --yes。")
            return
    backup = keep_source(settings, found)
    typer.echo(f"已写入 {settings.sources}，原文件在 {backup}")
