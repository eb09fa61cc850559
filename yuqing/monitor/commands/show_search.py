"""What ``yuqing search`` prints: hits with highlights, then facets."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal, cast, get_args

from rich.console import Console
from rich.markup import escape

from indexer.store import Found, Hit, Pieces
from yuqing.core.decided import decided
from yuqing.core.errors import UsageError
from yuqing.core.jsonio import to_plain
from yuqing.core.records import Section

FACET_NAMES = {
    "sector": "领域", "province": "地区", "ministry": "部委", "enterprise": "企业",
    "section": "栏目", "source": "来源", "state": "审阅",
}  # fmt: skip


def section_of(name: str) -> Section | Literal[""]:
    """The section called ``name``. Raises UsageError for another word."""
    for section in get_args(Section):
        if name == section:
            return cast("Section", section)
    if name:
        raise UsageError(f"“{name}” is no section; there are: {', '.join(get_args(Section))}.")
    return ""


def show_found(found: Found, console: Console) -> None:
    """Print an answer for people."""
    say = partial(console.print, highlight=False, soft_wrap=True)
    say(f"共 {found.total} 条")
    for hit in found.hits:
        article = hit.item.article
        say(f"\n{article.published_at[:10] or '无日期'}  {_marked(hit.title)}")
        if hit.snippet:
            say(f"  {_marked(hit.snippet)}")
        say(f"  {escape(article.url)}", style="dim")
    for facet, name in FACET_NAMES.items():
        values = found.facets.get(facet, [])
        if values:
            text = "  ".join(f"{value} {count}" for value, count in values[:10])
            say(f"\n[bold]{name}[/bold]  {escape(text)}")


def found_json(found: Found) -> dict[str, Any]:
    """An answer for programs."""
    return {"total": found.total, "hits": [_plain(hit) for hit in found.hits], "facets": found.facets}


def _plain(hit: Hit) -> dict[str, Any]:
    item = decided(hit.item)
    return {
        "id": item.id,
        "url": item.article.url,
        "title": item.article.title,
        "published_at": item.article.published_at,
        "origin": item.article.origin,
        "source": item.source_id,
        "window": item.window,
        "score": hit.score,
        "snippet": "".join(text for text, _ in hit.snippet),
        "sectors": [to_plain(sector) for sector in item.tags.sectors],
        "provinces": list(dict.fromkeys(r.province for r in item.tags.regions if r.primary)),
        "ministries": list(item.tags.ministries),
        "enterprises": list(item.tags.enterprises),
        "sections": list(item.tags.sections),
        "state": item.review.state,
    }


def _marked(pieces: Pieces) -> str:
    return "".join(f"[bold red]{escape(text)}[/bold red]" if hit else escape(text) for text, hit in pieces)
