"""What ``yuqing search`` prints: hits with highlights, then facets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from rich.console import Console
from rich.markup import escape

from indexer.store import Found, Hit, Pieces, Query, Store
from yuqing.core.decided import decided
from yuqing.core.facets import FACETS, Facet
from yuqing.core.jsonio import to_plain
from yuqing.core.labels import STATES
from yuqing.core.urls import printed_url


def show_found(found: Found, console: Console) -> None:
    """Print the result for people."""
    say = partial(console.print, highlight=False, soft_wrap=True)
    say(f"共 {found.total} 条")
    for hit in found.hits:
        article = hit.item.article
        say(f"\n{article.published_at[:10] or '无日期'}  {_marked(hit.title)}")
        if hit.snippet:
            say(f"  {_marked(hit.snippet)}")
        say(f"  {escape(printed_url(article.url) or hit.item.source_name)}", style="dim")
    for field, name, names in _counted():
        if values := found.facets.get(field, []):
            text = "  ".join(f"{names.get(value, value)} {count}" for value, count in values[:10])
            say(f"\n[bold]{name}[/bold]  {escape(text)}")


def unmatched(store: Store, query: Query) -> Iterator[str]:
    """Why ``query`` found nothing: a sentence for each of its filters that no stored item matches, with near names."""
    status = store.status()
    if not status.items:
        yield f"条目库还是空的（{status.location}）。请先采集；已经采集过的，请到那个工作文件夹里运行。"
        return
    counts = store.search(Query(relevant=None, size=0)).facets
    for facet in FACETS:
        value = query.tags.get(facet.key, "")
        if value and not store.count(Query(tags={facet.key: value}, relevant=None)):
            yield _no_item(
                facet.label, value, (name for field in facet.fields for name, _ in counts.get(field.key, []))
            )
    if query.source and not store.count(Query(source=query.source, relevant=None)):
        yield _no_item("来源", query.source, (name for name, _ in counts.get("source", [])))
    windows = [name for name, _ in status.windows if name]
    if query.window and query.window not in windows:
        yield f"监测期 {query.window} 没有条目；有条目的：{'、'.join(windows[-6:]) or '无'}"


def _no_item(label: str, value: str, names: Iterable[str]) -> str:
    near = sorted({name for name in names if value in name or name in value})
    return f"库中没有{label}为“{value}”的条目" + (f"；名称相近的有：{'、'.join(near[:6])}" if near else "")


def _counted() -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """The fields whose counts are printed: name, Chinese name, and Chinese names of their values."""
    for facet in FACETS:
        if "search" in facet.shown:
            yield facet.fields[0].key, facet.fields[0].label, facet.values
    yield "source", "来源", {}
    yield "state", "审核", STATES


def found_json(found: Found) -> dict[str, Any]:
    """The result for programs."""
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
        **{facet.attribute: list(getattr(item.tags, facet.attribute)) for facet in _plain_facets()},
        "state": item.review.state,
    }


def _plain_facets() -> Iterator[Facet]:
    return (facet for facet in FACETS if facet.plain and "search" in facet.shown)


def _marked(pieces: Pieces) -> str:
    return "".join(f"[bold red]{escape(text)}[/bold red]" if hit else escape(text) for text, hit in pieces)
