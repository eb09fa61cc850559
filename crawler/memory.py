"""What a crawl needs of the URL memory; one machine's file and what several machines share both keep this contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol

from crawler.state import Known
from yuqing.core.records import Link, Page, Source

MayAsk = Literal["yes", "wait", "no"]


class UrlMemory(Protocol):
    """What was fetched, is owed, is due and rests, and which sources this crawl may ask now.

    A source is asked by one crawl at a time: :meth:`take` gives its turn, which lasts until :meth:`done`.
    """

    def begin(self, sources: Sequence[Source], work: str) -> None:
        """A crawl of ``sources`` begins; ``work`` says what is asked of each, for others that do the same."""

    def take(self) -> list[Source]:
        """Some sources whose turn comes now, in the order given; what is known of them is known here from now on."""

    def take_also(self, source: Source) -> bool:
        """Whether ``source``, which a search led to, is this crawl's, or now becomes it."""

    def done(self, source_id: str) -> None:
        """The turn of the source is over: its lists were read, and what they named was asked for."""

    def beat(self) -> None:
        """To be called about every second: keeps the turns, ends those that are done, passes on what was learnt."""

    @property
    def busy(self) -> bool:
        """Whether a source is still to be taken, or its turn to be ended."""

    @property
    def left(self) -> str:
        """A sentence on what this crawl did not bring to its end; empty where there is nothing."""

    def may_ask(self, host: str) -> MayAsk:
        """Whether a request may go to ``host`` now; "wait" while it is not known whose turn the source is."""

    def known(self, url: str, when: datetime) -> Known | None:
        """What is known of ``url`` at ``when``; None if it was never fetched."""

    def fetched(self, page: Page) -> None:
        """Remember that ``page`` was fetched and dealt with."""

    def add_pending(self, links: Iterable[tuple[Link, str]], when: datetime) -> None:
        """Remember that a list named ``links`` (each with the id of its source) at ``when``."""

    def pending(self, when: datetime) -> list[tuple[Link, str]]:
        """The links that lists named lately and no run has fetched, with the ids of their sources."""

    def read_on(self, list_key: str, on: bool) -> None:
        """Remember that a further page of the list is to be read, or that the list was read to its end."""

    def open_lists(self) -> frozenset[str]:
        """The lists that a run left before their end."""

    def refused(self, host: str, until: datetime, sign: str) -> None:
        """Leave ``host`` alone until ``until``."""

    def backing_off(self, host: str, when: datetime) -> str:
        """The sign with which ``host`` refused, while it is to be left alone; else an empty string."""

    def robots_unreachable(self, host: str, when: datetime) -> datetime:
        """Remember that the robots.txt of ``host`` could not be read at ``when``; since when that is so."""

    def robots_answered(self, host: str) -> None:
        """Remember that the robots.txt of ``host`` was answered."""

    def said_to_missing(self, source_id: str, since: datetime) -> tuple[str, ...] | None:
        """The lines of the source's answer to an address that cannot exist; None if not asked after ``since``."""

    def asked_for_missing(self, source_id: str, when: datetime, said: tuple[str, ...]) -> None:
        """Remember how the source answered at ``when``."""

    def close(self) -> None:
        """End all turns and close what is open."""
