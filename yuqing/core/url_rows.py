"""What machines that share a URL memory tell each other: a row a URL, and notes a source."""

from __future__ import annotations

import msgspec


class UrlRow(msgspec.Struct, frozen=True, kw_only=True):
    """A URL as the memory has it: fetched (``fetched_at`` is set), or named by a list and owed (``link`` is set).

    ``link`` is the link as JSON; times are ISO texts.
    """

    id: str
    source_id: str
    url: str = ""
    fetched_at: str = ""
    fetches: int = 0
    due_at: str | None = None
    etag: str = ""
    last_modified: str = ""
    link: str = ""
    named_at: str = ""


class SourceNotes(msgspec.Struct, frozen=True, kw_only=True):
    """What the memory has of a source beside its URLs.

    ``missing``: when it was asked for a page that cannot exist, and what it said. ``resting``: hosts with the end of
    their rest and the sign; ``robots``: hosts whose robots.txt cannot be read, with since when.
    """

    open_lists: tuple[str, ...] = ()
    missing: tuple[str, str] | None = None
    resting: tuple[tuple[str, str, str], ...] = ()
    robots: tuple[tuple[str, str], ...] = ()
