"""``yuqing add``."""

from __future__ import annotations

import getpass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yuqing.core.errors import UsageError
from yuqing.monitor.commands.begin import begin

if TYPE_CHECKING:
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

    settings = begin()
    name = by or getpass.getuser()
    with workspace(settings) as space:
        found = _typed(space, url, text, title, day, source, attach or [], name) if text else look(space, url, name)
        if found.page is None or found.item is None:
            detail = f" ({found.result.detail})" if found.result.detail else ""
            raise UsageError(
                f"{url or title}: {found.result.outcome}{detail}; nothing was kept. "
                "Use --text to enter the article by hand."
            )
        _show(found)
        if not yes and not typer.confirm("Keep it?"):
            typer.echo("Nothing was kept.")
            return
        item, result = keep(space, found.page)
        typer.echo(f"{result.outcome}: item {item.id}, window {item.window or 'none (it is undated)'}")


def _typed(
    space: Workspace, url: str, text: Path, title: str, day: str, source: str, attach: list[Path], by: str
) -> Looked:
    from crawler.by_hand import HandArticle, HandFile
    from yuqing.monitor.run.add import look_at_hand

    try:
        body = text.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{text}: cannot be read as UTF-8 text ({error}).") from error
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise UsageError(f"--day “{day}” is not a day; write YYYY-MM-DD.") from None
    try:
        files = tuple(HandFile(path.name, path.read_bytes()) for path in attach)
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be read ({error.strerror}).") from error
    given = HandArticle(title=title, text=body, day=when, source=source, url=url, files=files)
    return look_at_hand(space, given, by)


def _show(found: Looked) -> None:
    assert found.item is not None
    article, tags = found.item.article, found.item.tags
    typer.echo(article.title)
    typer.echo(
        f"{article.published_at[:10] or 'no day'} · {found.item.source_name} · window {found.item.window or 'none'}"
    )
    names = [*(s.phrase for s in tags.sectors), *(r.province for r in tags.regions if r.primary), *tags.ministries]
    typer.echo(
        f"{'relevant' if tags.relevant else 'below the threshold'}: {'、'.join(dict.fromkeys(names)) or 'no tags'}"
    )
    typer.echo(article.body[:300])
