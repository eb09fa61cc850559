"""Small parts of the source spider."""

from __future__ import annotations

from yuqing.core.errors import UsageError
from yuqing.core.records import ListPage, Outcome, PageResult, Source


def count_of(text: str) -> int:
    """A limit as written. Raises UsageError for what is none."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise UsageError(f"limit “{text}”: write a number from 1.")
    return int(text)


def bad_address(url: str, source: Source, fault: str) -> PageResult:
    """What a link is counted as that leads to no address."""
    return PageResult(url=url, source_id=source.id, outcome=Outcome.BAD_ADDRESS, detail=fault)


def list_key(source: Source, listed: ListPage) -> str:
    """What a list is called in the URL memory."""
    return f"{source.id} {listed.url}"
