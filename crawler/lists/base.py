"""What every list adapter takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol
from urllib.parse import urljoin

from yuqing.core.records import Link, ListPage, Page


class ListError(Exception):
    """A list page is not what its adapter reads; the message is one sentence for the run ledger."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """A request for a list page."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list page says: its links, the request for the page after it, and how many articles there are.

    No links but a ``next`` means that the list lies in another file, which this page only names: it is to be
    fetched whatever the spider thinks of paging. ``beside`` are further files of that kind. ``total`` is None where
    the list does not tell.
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
        """The links of ``page``, the ``number``-th answer of this list, from 1. Raises ListError."""


def start(list_page: ListPage) -> Fetch:
    """The request of the systems whose first page is a plain GET of the list's URL."""
    return Fetch(list_page.url)


def following(list_page: ListPage, number: int) -> Fetch | None:
    """The page after ``number`` by the ``next`` template of the record; None where it has none.

    ``{n}`` stands for the site's own count: ``first_page`` is what the site calls the first page (0 where the
    second is ``index_1.html``, 1 where it is ``index_2.html``).
    """
    if not list_page.next:
        return None
    return Fetch(urljoin(list_page.url, list_page.next.replace("{n}", str(list_page.first_page + number))))
