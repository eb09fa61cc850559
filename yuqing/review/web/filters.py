"""The queue's filters: parsed from the URL, written to it, and applied to a window's entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import chain
from urllib.parse import urlencode

from yuqing.core.facets import queue_filters
from yuqing.core.names import Names
from yuqing.review.web.labels import ALL_STATES, HEATS, SECTIONS
from yuqing.review.web.queue_cache import NO_SECTION, Pair, QueueEntry, pair

PAGE = 50  # entries per page of the queue


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the queue shows. Empty fields do not filter, except ``state`` (pending) and ``rel`` (relevant)."""

    window: str = ""
    q: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    source: str = ""
    state: str = "pending"
    heat: str = ""
    rel: str = ""
    sort: str = ""
    page: str = ""
    item: str = ""

    def link(self, **changes: str) -> str:
        """The query string with ``changes``; changing a filter returns to the first page."""
        if changes.keys() - {"item", "page"}:
            changes = {"page": "", "item": "", **changes}
        return urlencode(
            {name: value for name, value in (self.settings() | changes).items() if value != _UNSET.get(name, "")}
        )

    def settings(self) -> dict[str, str]:
        """What differs from the defaults, as in the URL."""
        own = {name: getattr(self, name) for name in _OWN}
        return {name: value for name, value in (own | dict(self.tags)).items() if value != _UNSET.get(name, "")}

    def value(self, name: str) -> str:
        """The value of the filter ``name``, "" if not set."""
        found: str = getattr(self, name) if name in _OWN else self.tags.get(name, "")
        return found


@dataclass(frozen=True)
class View:
    """The matching entries, in order; ``near`` holds, by facet, those that only that facet's own filter excludes.

    Counting is most of the cost, and some callers need only the order, so counts are computed on first access.
    """

    entries: list[QueueEntry]
    near: Mapping[str, list[QueueEntry]]
    note: str = ""

    @cached_property
    def _counts(self) -> Counter[Pair]:
        return Counter(chain.from_iterable(entry.facets for entry in self.entries))

    @cached_property
    def facets(self) -> dict[str, list[tuple[str, int]]]:
        """Counts by facet, highest first; a facet's counts ignore its own filter."""
        counts = self._counts.copy()
        for name, near in self.near.items():
            counts.update(one for entry in near for one in entry.facets if one[0] == name)
        facets: dict[str, list[tuple[str, int]]] = {name: [] for name in self.near}
        for (name, value), count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
            if name in facets:
                facets[name].append((value, count))
        return facets

    @property
    def waiting(self) -> int:
        """Number of pending entries."""
        return self._counts["state", "pending"]


def parse_filters(given: Mapping[str, str], window: str) -> Filters:
    """The filters in a URL; an invalid page or heat is ignored."""
    known = {name: given[name].strip() for name in _OWN if name in given}
    tags = {name: given[name].strip() for name in queue_filters() if given.get(name, "").strip()}
    if not re.fullmatch("[1-9][0-9]{0,5}", known.get("page", "")):
        known.pop("page", None)
    if known.get("heat") not in HEATS:
        known.pop("heat", None)
    known["window"] = known.get("window") or window
    return Filters(**known, tags=tags)


def apply_filters(
    entries: Iterable[QueueEntry], filters: Filters, found: Mapping[str, int] | None, names: Names
) -> View:
    """The view of ``entries`` (newest first); ``found`` maps the ids that match the text search to their rank, None
    without a text search."""
    needed = _needed(filters)
    if found is not None:
        entries = [entry for entry in entries if any(card.id in found for card in entry.cards)]
    matched: list[QueueEntry] = []
    others: dict[str, list[QueueEntry]] = {name: [] for name in _counted()}
    for entry in entries:
        if needed <= entry.facets:  # most entries: cheaper than the difference
            matched.append(entry)
        elif len(lacking := needed - entry.facets) == 1:
            (name, _), *_ = lacking
            if name in others:
                others[name].append(entry)
    if found is not None and not filters.sort:
        matched.sort(key=lambda entry: min(found.get(card.id, len(found)) for card in entry.cards))
    elif filters.sort == "report":
        order = {name: rank for rank, name in enumerate((*names.ministries, *names.provinces, *names.enterprises))}
        matched.sort(key=lambda entry: _in_report(entry, order))
    elif filters.sort in _ORDERS:
        matched.sort(key=_ORDERS[filters.sort], reverse=True)
    return View(matched, others)


def progress(marks: Counter[Pair]) -> list[tuple[str, str, Counter[str]]]:
    """Section, its name, and the number of its entries in each state, given how often a window's entries have each
    mark; the last line is for the whole window."""
    lines: list[tuple[str, str]] = [*SECTIONS.items(), (NO_SECTION, "未归栏"), ("", "合计")]
    return [
        (section, name, Counter({state: marks[section, state] for state in ALL_STATES if marks[section, state]}))
        for section, name in lines
    ]


def _needed(filters: Filters) -> frozenset[Pair]:
    """The (facet, value) pairs that an entry must have."""
    needed = {pair(name, value) for name in _counted() if (value := filters.value(name)) and value != "all"}
    if filters.rel != "all":
        needed.add(pair("rel", filters.rel))
    return frozenset(needed)


def _counted() -> tuple[str, ...]:
    return (*queue_filters(), "section", "source", "state", "heat")


_OWN = tuple(f.name for f in fields(Filters) if f.name != "tags")
_UNSET = {"state": "pending"}
_ORDERS: dict[str, Callable[[QueueEntry], float]] = {
    "heat": lambda entry: entry.heat,
    "score": lambda entry: entry.head.score,
    "unsure": lambda entry: -entry.head.score,
}
_SECTIONS: dict[str, int] = {section: rank for rank, section in enumerate(SECTIONS)}
_LABELLED = {"ministry": "ministry", "province": "province", "enterprise": "enterprise"}


def _in_report(entry: QueueEntry, order: Mapping[str, int]) -> tuple[int, int, str]:
    """The position of the entry in the report: by section, by the first ministry, province or enterprise, by day."""
    card = entry.head
    section = next(iter(card.sections), "")
    labels = card.values.get(_LABELLED.get(section, ""), ())
    rank = min((order.get(label, len(order)) for label in labels), default=len(order))
    return _SECTIONS.get(section, len(_SECTIONS)), rank, card.day
