"""The services that the surrounding program provides to the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from indexer.store import Store
from yuqing.core.names import Names
from yuqing.core.records import Article, Item, Link, Outcome, Page, PageResult, Source
from yuqing.core.times import Windows
from yuqing.review.issue.finish import Issue
from yuqing.review.issue.parts import IssueEdits
from yuqing.review.report.house import House
from yuqing.review.report.records import Report
from yuqing.review.web.tag_names import TagNames


class Retagged(Protocol):
    """What new rules change: titles by the tag that was added, removed or replaced; why new tags were refused."""

    @property
    def items(self) -> int: ...
    @property
    def changed(self) -> int: ...
    @property
    def added(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def dropped(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def moved(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def refused(self) -> Sequence[str]: ...


class Run(Protocol):
    """A run of the ledger; ``outcomes`` counts its pages."""

    @property
    def id(self) -> str: ...
    @property
    def command(self) -> str: ...
    @property
    def started(self) -> str: ...
    @property
    def ended(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def outcomes(self) -> Counter[str]: ...
    @property
    def pages(self) -> int: ...


class SourceHealth(Protocol):
    """The health of a source (see :class:`yuqing.monitor.ops.health.Health`); ``ill`` means it needs attention."""

    @property
    def source(self) -> Source: ...
    @property
    def state(self) -> str: ...
    @property
    def ill(self) -> bool: ...
    @property
    def seen(self) -> str: ...
    @property
    def silent(self) -> int | None: ...
    @property
    def news(self) -> int: ...
    @property
    def expected(self) -> float: ...
    @property
    def refused(self) -> int: ...


@dataclass(frozen=True, slots=True)
class ProbeLine:
    """The result of the last probe of a source: its verdict, its day (ISO), and the fix it proposes, in Chinese."""

    verdict: str
    day: str
    text: str


@dataclass(frozen=True, slots=True)
class FaultLine:
    """``count`` pages of a source with one outcome, and the last of them with its time."""

    count: int
    at: str
    page: PageResult

    @property
    def outcome(self) -> str:
        """What became of the pages."""
        return self.page.outcome.value


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page as it was fetched, decoded, with the encoding used.

    ``article`` is what is extracted from it now; None if nothing is. ``files`` are those that a person attached.
    """

    page: Page
    text: str
    encoding: str
    article: Article | None
    files: tuple[tuple[str, bytes], ...] = ()


class Addition(Protocol):
    """What adding an article would result in: ``result`` gives the reason if there is no ``item``."""

    @property
    def result(self) -> PageResult: ...
    @property
    def page(self) -> Page | None: ...
    @property
    def item(self) -> Item | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An article that a person typed, with the names and contents of its files."""

    title: str
    text: str
    day: date
    source: str
    url: str
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """Adding an article: preview it by URL or as typed, each with the person's name, then keep it."""

    look: Callable[[str, str], Addition]
    look_at_typed: Callable[[Typed, str], Addition]
    keep: Callable[[Page], tuple[Item, PageResult]]


class SeenArticle(Protocol):
    """An article as a new source's record reads it."""

    @property
    def title(self) -> str: ...
    @property
    def day(self) -> date | None: ...
    @property
    def origin(self) -> str: ...
    @property
    def length(self) -> int: ...


class NewSource(Protocol):
    """A proposed source: its record as a diff of the file, and what it reads; if ``whole`` it may be written."""

    @property
    def problem(self) -> str: ...
    @property
    def source_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def diff(self) -> str: ...
    @property
    def links(self) -> Sequence[Link]: ...
    @property
    def article(self) -> SeenArticle | None: ...
    @property
    def text(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def requests(self) -> int: ...
    @property
    def whole(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSources:
    """Adding a source: examine its URL, then write the record; returns the backup of the previous file."""

    look: Callable[[str], NewSource]
    keep: Callable[[Any], Path | None]


class MakeIssue(Protocol):
    """Builds the issue of a window from items already read."""

    def __call__(self, window: str, items: Sequence[Item], edits: IssueEdits, *, accepted_only: bool) -> Issue: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The store and everything else that the page reads and does. All callables must be thread-safe.

    ``window`` is shown first. ``sources`` maps source ids to names. ``kept_rules`` is the folder with every version of
    the rules file, under the version name that tags carry. ``report`` takes a window and whether only accepted items
    count (None: as chosen for the issue); ``issue`` builds the window's issue from given items; ``adding`` adds
    articles that the crawl missed, ``new_sources`` adds sites; ``archived`` finds the page as fetched, or None;
    ``dry_run`` takes a rules file and a window; ``retag`` applies the saved rules to a window. ``run`` returns a run
    and its pages by outcome for each source. ``crawl_days`` counts the crawls' pages from a day on, by day and outcome,
    and ``faults`` returns those with certain outcomes. ``names`` are the permitted names of tags, ``listed`` those of
    keywords.yaml with all their spellings. ``reasons``: a change of sections or tags requires a reason. ``house`` is
    the style of the downloads.
    """

    store: Store
    windows: Windows
    window: str
    sources: Mapping[str, str]
    keywords: Path
    kept_rules: Path
    report: Callable[[str, bool | None], Report]
    issue: MakeIssue
    adding: Adding
    new_sources: NewSources
    archived: Callable[[Item], ArchivedPage | None]
    dry_run: Callable[[Path, str], Retagged]
    retag: Callable[[str], Retagged]
    runs: Callable[[], Sequence[Run]]
    run: Callable[[str], tuple[Run, Mapping[str, Counter[str]]]]
    crawl_days: Callable[[date], Mapping[str, Counter[str]]]
    faults: Callable[[date, Sequence[Outcome]], Sequence[FaultLine]]
    health: Callable[[], Sequence[SourceHealth]]
    probes: Callable[[], Mapping[str, ProbeLine]]
    names: Callable[[], TagNames]
    listed: Callable[[], Names]
    reasons: bool = False
    house: House = field(default_factory=House)
