"""Small helpers of the source spider."""

from __future__ import annotations

from yuqing.core.errors import UsageError
from yuqing.core.records import ListPage, Outcome, PageResult, Source


def count_of(text: str) -> int:
    """A limit given as text. Raises UsageError if it is not a positive number."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise UsageError(f"limit “{text}”: write a number from 1.")
    return int(text)


def bad_address(url: str, source: Source, fault: str) -> PageResult:
    """The result for a link with an invalid URL."""
    return PageResult(url=url, source_id=source.id, outcome=Outcome.BAD_ADDRESS, detail=fault)


def list_key(source: Source, listed: ListPage) -> str:
    """The key of a list in the URL memory."""
    return f"{source.id} {listed.url}"
