"""Search filters as strings, as given on command lines, in URLs, in saved searches and by programs.

One record each; the options of `yuqing export`, `yuqing feed` and `yuqing searches save`, the parameters of the API and
of the feeds, and the contents of saved searches are derived from :func:`filters`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from indexer.store import Query
from yuqing.core.errors import UsageError
from yuqing.core.facets import FACETS
from yuqing.core.records import ReviewState, Tier
from yuqing.core.times import Windows, day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A filter: its ``key``, a description, and the permitted ``values`` (empty: any)."""

    key: str
    help: str
    values: tuple[str, ...] = ()
    flag: bool = False


def filters() -> tuple[Filter, ...]:
    """All filters in display order. A flag is given as ``yes``."""
    return (
        Filter(key="text", help="Words that must all occur in title or text"),
        Filter(key="window", help="The review window, YYYY-MM"),
        Filter(key="since", help="Only from this day on: YYYY-MM-DD, or 14d for 14 days ago"),
        Filter(key="until", help="Only up to this day: YYYY-MM-DD, or 1d for yesterday"),
        *(
            Filter(key=facet.key, help=facet.help, values=tuple(facet.values))
            for facet in FACETS
            if "search" in facet.shown
        ),
        Filter(key="source", help="Source id"),
        Filter(key="tier", help="Tier of the source", values=get_args(Tier)),
        Filter(key="state", help="Decision in the review", values=get_args(ReviewState)),
        Filter(key="leads", help="Only the lead of each reprint cluster", flag=True),
        Filter(key="all", help="Include items that are not relevant", flag=True),
    )


def query_of(given: Mapping[str, str], **more: Any) -> Query:
    """The query for the filters ``given`` (empty ones are ignored), with ``more`` of its fields.

    Raises UsageError for an unknown filter or an invalid value.
    """
    words = {key: value.strip() for key, value in given.items() if value.strip()}
    known = {one.key: one for one in filters()}
    for key, value in words.items():
        if key not in known:
            raise UsageError(f"“{key}” is not a filter; available: {', '.join(known)}.")
        allowed = ("yes",) if known[key].flag else known[key].values
        if allowed and value not in allowed:
            raise UsageError(f"{key}: “{value}” is not one of {', '.join(allowed)}.")
    if window := words.get("window"):
        Windows().get(window)
    return Query(
        text=words.get("text", ""),
        window=words.get("window", ""),
        since=day_of(words["since"]) if "since" in words else None,
        until=day_of(words["until"]) if "until" in words else None,
        tags={facet.key: words[facet.key] for facet in FACETS if facet.key in words},
        source=words.get("source", ""),
        tier=cast("Tier", words.get("tier", "")),
        state=cast("ReviewState", words.get("state", "")),
        cluster_leads_only="leads" in words,
        relevant=None if "all" in words else True,
        **more,
    )
