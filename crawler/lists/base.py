"""The interface of list adapters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol
from urllib.parse import urljoin

from yuqing.core.records import Link, ListPage, Page


class ListError(Exception):
    """A list page is not in the format that its adapter reads; the message is one sentence for the run ledger."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """A request for a list page."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Listing:
    """The contents of a list page: its links, the request for the next page, and the total number of articles.

    A ``next`` without any links means that the list is in another file, to which this page only refers: it must be
    fetched whatever the spider thinks about paging. ``beside`` are more files of that kind. ``total`` is None if the
    list does not state it.
    """

    links: tuple[Link, ...] = ()
    next: Fetch | None = None
    total: int | None = None
    beside: tuple[Fetch, ...] = ()


class Adapter(Protocol):
    """A module of this package that reads the lists of one system."""

    def start(self, list_page: ListPage) -> Fetch:
        """The request for the first page."""

    def read(self, page: Page, list_page: ListPage, number: int) -> Listing:
        """The links of ``page``, the ``number``-th response for this list, from 1. Raises ListError."""


def start(list_page: ListPage) -> Fetch:
    """The first request for systems whose first page is a plain GET of the list's URL."""
    return Fetch(list_page.url)


def following(list_page: ListPage, number: int) -> Fetch | None:
    """The page after ``number`` according to the ``next`` template of the record; None if it has none.

    ``{n}`` is the site's own page number: ``first_page`` is the number of the first page there (0 if the second is
    ``index_1.html``, 1 if it is ``index_2.html``).
    """
    if not list_page.next:
        return None
    return Fetch(urljoin(list_page.url, list_page.next.replace("{n}", str(list_page.first_page + number))))
