"""What machines that share a URL memory exchange: one row per URL, and notes per source."""

from __future__ import annotations

import msgspec


class UrlRow(msgspec.Struct, frozen=True, kw_only=True):
    """A URL in the memory: fetched (``fetched_at`` is set), or found on a list and still pending (``link`` is set).

    ``link`` is the link as JSON; times are ISO 8601 strings.
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
    """What the memory holds about a source in addition to its URLs.

    ``missing``: when a page that cannot exist was last requested, and the answer. ``resting``: hosts in back-off, with
    its end and the reason. ``robots``: hosts whose robots.txt cannot be read, and since when.
    """

    open_lists: tuple[str, ...] = ()
    missing: tuple[str, str] | None = None
    resting: tuple[tuple[str, str, str], ...] = ()
    robots: tuple[tuple[str, str], ...] = ()
