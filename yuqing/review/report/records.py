"""The report as data: what the four renderers print, and what JSON contains (schema: report.schema.json)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from yuqing.core.records import ReviewState, Section

FORMAT = 2  # raised when a field changes its meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLink:
    """A page that an entry is based on; ``name`` is the site's name."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of the report; a reprint cluster counts as one.

    ``id`` is the anchor (section and item); ``links`` start with the most authoritative page, and ``item_ids`` are in
    the order of the links; ``heading`` is set for summits and topics; ``date`` is the day (ISO) the row begins with;
    ``cross_listed`` means that the same item is in an earlier section too; ``found`` is the day the lead was published;
    ``actions`` are the kinds of action according to the item's tags.
    """

    id: str
    text: str
    links: tuple[ReportLink, ...]
    item_ids: tuple[str, ...]
    date: str
    found: str
    actions: tuple[str, ...]
    state: ReviewState
    marker: str = ""
    heading: str = ""
    cross_listed: bool = False
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry, the section it is in, and its label there.

    ``title`` is the article's; ``facts`` changes when the article's content does.
    """

    section: Section | Literal["unplaced"]
    label: str
    entry: Entry
    title: str
    facts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The entries of one ministry, province or enterprise."""

    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a drafted paragraph; a number carries the ids of the entries it counts."""

    text: str
    refs: tuple[str, ...] = ()


Paragraph = tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSection:
    """A section with a lead paragraph and a table."""

    key: Section
    heading: str
    columns: tuple[str, ...]
    lead: Paragraph
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A special topic of the window and its entries."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The cover page."""

    title: str
    subtitle: str
    issue: str
    institute: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A bar of a chart: how many entries (``refs``) a name has."""

    name: str
    count: int
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A sector compared with the previous window, reprints collapsed."""

    name: str
    kind: Literal["new", "up", "down", "gone", "same"]
    now: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What the report was made with: keywords, sources, program."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is printed besides the chapters. JSON contains everything, whatever is printed.

    ``appendix``: the comparison with the previous window and 覆盖说明; ``versions``: what the report was made with.
    """

    charts: bool = True
    appendix: bool = False
    versions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report. It contains no creation time: equal items and versions give equal bytes.

    ``headings`` are those that people or keywords.yaml changed, by chapter (``summary``, ``summit``, ``special`` …);
    ``corrections`` are those made after the issue was signed off.
    """

    format: int
    window: str
    first: str
    last: str
    cover: Cover
    preface: str
    summary: Paragraph
    sections: tuple[TableSection, ...]
    summits: tuple[Entry, ...]
    topics: tuple[Topic, ...]
    sectors: tuple[Count, ...]
    provinces: tuple[Count, ...]
    days: tuple[Count, ...]
    changes: tuple[Change, ...]
    new_words: tuple[str, ...]
    coverage: tuple[Paragraph, ...]
    unplaced: tuple[Entry, ...]
    contacts: tuple[str, ...]
    versions: tuple[Version, ...]
    shown: Shown = Shown()
    headings: Mapping[str, str] = field(default_factory=dict)
    corrections: tuple[str, ...] = ()

    def entries(self) -> tuple[Entry, ...]:
        """Every entry in the order of the report, cross-listed ones included."""
        tables = [entry for section in self.sections for row in section.rows for entry in row.entries]
        topics = [entry for topic in self.topics for entry in topic.entries]
        return (*tables, *self.summits, *topics, *self.unplaced)
