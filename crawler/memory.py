"""The interface of the URL memory, implemented by a single machine's file and by the memory shared by several
machines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol

from crawler.state import Known
from yuqing.core.records import Link, Page, Source

MayAsk = Literal["yes", "wait", "no"]


class UrlMemory(Protocol):
    """Which URLs were fetched, are pending or due, which hosts are in back-off, and which sources this crawl may
    access.

    A source is crawled by one crawl at a time: :meth:`take` begins its turn, which lasts until :meth:`done`.
    """

    def begin(self, sources: Sequence[Source], work: str) -> None:
        """A crawl of ``sources`` begins; ``work`` identifies what it requests from each, for others that do the
        same."""

    def take(self) -> list[Source]:
        """Some sources whose turn begins now, in the order given; from now on everything known about them is
        available."""

    def take_also(self, source: Source) -> bool:
        """Whether ``source``, found through a search, is this crawl's, or becomes so now."""

    def done(self, source_id: str) -> None:
        """The turn of the source is over: its lists were read, and the articles they link to were requested."""

    def beat(self) -> None:
        """To be called about every second: renews the turns, ends those that are done, shares what was learnt."""

    @property
    def busy(self) -> bool:
        """Whether a source is still waiting for its turn, or a turn has not been ended."""

    @property
    def left(self) -> str:
        """A sentence about what this crawl did not complete; empty if there is nothing."""

    def may_ask(self, host: str) -> MayAsk:
        """Whether a request may go to ``host`` now; "wait" while it is uncertain whose turn the source is."""

    def known(self, url: str, when: datetime) -> Known | None:
        """What is known of ``url`` at ``when``; None if it was never fetched."""

    def fetched(self, page: Page) -> None:
        """Remember that ``page`` was fetched and processed."""

    def add_pending(self, links: Iterable[tuple[Link, str]], when: datetime) -> None:
        """Remember that a list linked to ``links`` (each with the id of its source) at ``when``."""

    def pending(self, when: datetime) -> list[tuple[Link, str]]:
        """The links recently found on lists that no run has fetched, with the ids of their sources."""

    def read_on(self, list_key: str, on: bool) -> None:
        """Remember that the next page of the list still has to be read, or that the list was read to its end."""

    def open_lists(self) -> frozenset[str]:
        """The lists that a run has not read to their end."""

    def refused(self, host: str, until: datetime, sign: str) -> None:
        """Do not access ``host`` until ``until``."""

    def backing_off(self, host: str, when: datetime) -> str:
        """The reason for which ``host`` is in back-off; an empty string if it is not."""

    def robots_unreachable(self, host: str, when: datetime) -> datetime:
        """Remember that the robots.txt of ``host`` could not be read at ``when``; returns since when that has been
        so."""

    def robots_answered(self, host: str) -> None:
        """Remember that the robots.txt of ``host`` was received."""

    def said_to_missing(self, source_id: str, since: datetime) -> tuple[str, ...] | None:
        """The lines of the source's response to a URL that cannot exist; None if not requested after ``since``."""

    def asked_for_missing(self, source_id: str, when: datetime, said: tuple[str, ...]) -> None:
        """Remember how the source responded at ``when``."""

    def close(self) -> None:
        """End all turns and close open files."""
