"""``yuqing sources add``: a record for a new site from its address alone."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from yuqing.core.errors import UsageError, YuqingError
from yuqing.monitor.commands.begin import begin


def add(
    url: Annotated[str, typer.Argument(help="A list page or the home page of the site")],
    yes: Annotated[bool, typer.Option("--yes", help="Write the record without asking")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show it")] = False,
) -> None:
    """Make a record for a new site: name, province, system, list and selectors, with ten links and an article shown.

    Nothing is written where no list was found or no article could be read.
    """
    from crawler.source_edit import appended, difference
    from crawler.sources import load_sources, source_for
    from yuqing.core.times import now
    from yuqing.core.urls import host_of
    from yuqing.monitor.ops.source_mend import Mending, apply, new_record
    from yuqing.monitor.run.fetch_page import check_address
    from yuqing.monitor.run.probe import run_look

    settings = begin()
    address = check_address(url)
    known = load_sources(settings.sources)
    if owner := source_for(address, known):
        raise UsageError(
            f"{host_of(address)} 已经属于来源 {owner.id}（{owner.name}）；用 yuqing sources probe {owner.id}。"
        )
    found = run_look(settings, address, set(known))
    if found.problem:
        raise YuqingError(found.problem)
    before = settings.sources.read_text("utf-8-sig")
    after = appended(before, new_record(found.record, now().date()))
    typer.echo(difference(before, after, settings.sources))
    typer.echo(f"\n读到的链接（列表得分 {found.score:.2f}，{found.requests} 次请求）：")
    for link in found.links:
        typer.echo(f"  {link.day or '无日期'}　{link.title}　{link.url}")
    article = found.article
    if article is None or not article.whole:
        raise YuqingError("列表里的文章没有读全（标题、日期、正文缺一），没有写入；请检查网址，或手工编写记录。")
    typer.echo(
        f"\n读到的文章：《{article.title}》{article.day}，来源：{article.origin or '未标'}，正文 {article.length} 字"
    )
    typer.echo(f"  {found.text}…")
    if dry_run:
        return
    if not yes and not (sys.stdin.isatty() and typer.confirm(f"写入 {settings.sources}？")):
        typer.echo("没有写入；确认无误后加 --yes。")
        return
    backup = apply(Mending(settings.sources, before, after, (str(found.record["id"]),)))
    typer.echo(f"已写入 {settings.sources}，原文件在 {backup}")
