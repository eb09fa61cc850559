"""``yuqing add``; what it prints is for analysts, and Chinese."""

from __future__ import annotations

import getpass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yuqing.core.errors import UsageError
from yuqing.core.files import read_file, translated_errors
from yuqing.monitor.commands.begin import begin

if TYPE_CHECKING:
    from yuqing.core.records import Outcome
    from yuqing.monitor.run.add import Looked
    from yuqing.monitor.workspace import Workspace


def add(
    url: Annotated[str, typer.Argument(help="The URL of the article")] = "",
    text: Annotated[Path | None, typer.Option(help="Do not fetch it: take its text from this file (UTF-8)")] = None,
    title: Annotated[str, typer.Option(help="Its title (with --text)")] = "",
    day: Annotated[str, typer.Option(metavar="DAY", help="Its day of publication, YYYY-MM-DD (with --text)")] = "",
    source: Annotated[str, typer.Option(help="Where it was read (with --text)")] = "",
    attach: Annotated[list[Path] | None, typer.Option(help="A file to attach (with --text); may be repeated")] = None,
    by: Annotated[str, typer.Option(help="Who adds it (default: the name of the account)")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Keep it without asking")] = False,
) -> None:
    """Add an article that the crawl missed: fetched by the crawler's rules, archived, tagged, and shown before it is
    kept."""
    from yuqing.monitor.run.add import keep, look
    from yuqing.monitor.workspace import workspace
    from yuqing.review.web.details import chinese_detail

    if not url and not text:
        raise UsageError("请写文章的网址；没有网址时用 --text 文件、--title、--day 和 --source 录入。")
    settings = begin()
    name = by or getpass.getuser()
    with workspace(settings) as space:
        found = _typed(space, url, text, title, day, source, attach or [], name) if text else look(space, url, name)
        if found.page is None or found.item is None:
            detail = f"（{chinese_detail(found.result.detail)}）" if found.result.detail else ""
            raise UsageError(
                f"{url or title}：{_named(found.result.outcome)}{detail}，没有保存。可以用 --text 录入文章。"
            )
        _show(found)
        if not yes and not _confirmed():
            typer.echo("没有保存；确认无误后加 --yes。")
            return
        item, result = keep(space, found.page)
        typer.echo(f"{_named(result.outcome)}：{item.id}，监测期 {item.window or '无（没有日期）'}")


def _confirmed() -> bool:
    """The answer of whoever is asked, from a terminal or a pipe; no where there is none."""
    try:
        return typer.confirm("保存？")
    except typer.Abort:
        return False


def _named(outcome: Outcome) -> str:
    """An outcome as in the review page, with its name on the command line: 新条目（indexed）."""
    from yuqing.core.labels import OUTCOMES

    return f"{OUTCOMES[outcome]}（{outcome}）"


def _typed(
    space: Workspace, url: str, text: Path, title: str, day: str, source: str, attach: list[Path], by: str
) -> Looked:
    from crawler.by_hand import HandArticle, HandFile
    from yuqing.monitor.run.add import look_at_hand

    with translated_errors(text, "读不出 UTF-8 文字"):
        body = text.read_text("utf-8")
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise UsageError(f"--day “{day}”不是日期，请写成 2018-03-09 这样。") from None
    files = tuple(HandFile(path.name, read_file(path)) for path in attach)
    given = HandArticle(title=title, text=body, day=when, source=source, url=url, files=files)
    return look_at_hand(space, given, by)


def _show(found: Looked) -> None:
    assert found.item is not None
    article, tags = found.item.article, found.item.tags
    typer.echo(article.title)
    typer.echo(f"{article.published_at[:10] or '无日期'}　{found.item.source_name}　监测期 {found.item.window or '无'}")
    names = [*(s.phrase for s in tags.sectors), *(r.province for r in tags.regions if r.primary), *tags.ministries]
    typer.echo(f"{'相关' if tags.relevant else '低于门槛'}：{'、'.join(dict.fromkeys(names)) or '没有标签'}")
    typer.echo(article.body[:300])
