"""The queue's filters: from the address, to the address, and applied to a window's stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from urllib.parse import urlencode

from review.web.labels import SECTIONS
from review.web.stories import Story

PAGE = 50  # stories on a page of the queue
NO_SECTION = "none"
_NUMBERS = ("heat", "page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the queue shows. Empty fields do not restrict, but ``state`` (pending) and ``rel`` (on the subject) do."""

    window: str = ""
    q: str = ""
    sector: str = ""
    province: str = ""
    ministry: str = ""
    enterprise: str = ""
    section: str = ""
    source: str = ""
    state: str = "pending"
    heat: str = ""
    rel: str = ""
    sort: str = ""
    page: str = ""
    item: str = ""

    def link(self, **changes: str) -> str:
        """The query string with ``changes``; another filter begins at the first page."""
        if changes.keys() - {"item", "page"}:
            changes = {"page": "", "item": "", **changes}
        return urlencode(replace(self, **changes).settings())

    def settings(self) -> dict[str, str]:
        """The fields that differ from the defaults."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}


@dataclass(frozen=True, slots=True)
class View:
    """The stories found, in order, and counts by facet; a facet ignores its own filter."""

    stories: list[Story]
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    note: str = ""

    def place(self, item_id: str) -> int | None:
        """Where the story of an item stands."""
        for number, story in enumerate(self.stories):
            if any(card.id == item_id for card in story.cards):
                return number
        return None


def parse_filters(given: Mapping[str, str], window: str) -> Filters:
    """The filters of an address; numbers that are none are left out."""
    known = {f.name: given[f.name].strip() for f in fields(Filters) if f.name in given}
    for name in _NUMBERS:
        if not (known.get(name, "").isascii() and known.get(name, "").isdigit()):
            known.pop(name, None)
    known["window"] = known.get("window") or window
    return Filters(**known)


def apply_filters(stories: Iterable[Story], filters: Filters, found: Mapping[str, int] | None) -> View:
    """The view; ``found`` are the ids that the text was found in with their rank, None without a text."""
    checks = _checks(filters, found)
    matched: list[Story] = []
    counts: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}
    for story in stories:
        failed = [name for name, check in checks if not check(story)]
        if not failed:
            matched.append(story)
            for name, values in _FACETS.items():
                counts[name].update(values(story))
        elif len(failed) == 1 and failed[0] in counts:
            counts[failed[0]].update(_FACETS[failed[0]](story))
    if found is not None and not filters.sort:
        matched.sort(key=lambda story: min(found.get(card.id, len(found)) for card in story.cards))
    else:
        matched.sort(key=lambda story: story.head.id)
        matched.sort(key=_ORDERS.get(filters.sort, _ORDERS[""]), reverse=True)
    ranked = {name: sorted(count.items(), key=lambda pair: (-pair[1], pair[0])) for name, count in counts.items()}
    return View(matched, ranked)


def progress(stories: Iterable[Story]) -> list[tuple[str, str, Counter[str]]]:
    """Section, its name, and how many of its stories are in each state; the last line is the whole window."""
    counts: dict[str, Counter[str]] = {section: Counter() for section in (*SECTIONS, NO_SECTION, "")}
    for story in stories:
        if story.relevant:
            state = story.state
            for section in story.head.sections or (NO_SECTION,):
                counts[section][state] += 1
            counts[""][state] += 1
    names = {NO_SECTION: "未归栏", "": "合计"} | {str(section): name for section, name in SECTIONS.items()}
    return [(section, names[section], count) for section, count in counts.items()]


def _checks(filters: Filters, found: Mapping[str, int] | None) -> list[tuple[str, Callable[[Story], bool]]]:
    checks: list[tuple[str, Callable[[Story], bool]]] = []
    if found is not None:
        checks.append(("q", lambda story: any(card.id in found for card in story.cards)))
    if filters.rel != "all":
        low = filters.rel == "low"
        checks.append(("rel", lambda story: story.head.relevant != low if low else story.relevant))
    if filters.state != "all":
        checks.append(("state", lambda story: story.state == filters.state))
    if filters.heat:
        least = int(filters.heat)
        checks.append(("heat", lambda story: story.heat >= least))
    for name, values in _FACETS.items():
        wanted = getattr(filters, name, "")
        if wanted and name not in ("state", "heat"):
            checks.append((name, _holds(values, wanted)))
    return checks


def _holds(values: Callable[[Story], Iterable[str]], wanted: str) -> Callable[[Story], bool]:
    return lambda story: wanted in values(story)


def _sector(story: Story) -> tuple[str, ...]:
    values = story.head.values
    return values.get("sector", ()) + values.get("phrase", ())


def _heat(story: Story) -> tuple[str, ...]:
    return tuple(least for least in ("2", "5", "10") if story.heat >= int(least))


_FACETS: dict[str, Callable[[Story], tuple[str, ...]]] = {
    "sector": _sector,
    "province": lambda story: story.head.values.get("province", ()),
    "ministry": lambda story: story.head.values.get("ministry", ()),
    "enterprise": lambda story: story.head.values.get("enterprise", ()),
    "section": lambda story: story.head.sections or (NO_SECTION,),
    "source": lambda story: tuple({card.source for card in story.cards}),
    "state": lambda story: (story.state,),
    "heat": _heat,
}
_ORDERS: dict[str, Callable[[Story], tuple[float | str, ...]]] = {
    "": lambda story: (story.head.day,),
    "heat": lambda story: (story.heat, story.head.day),
    "score": lambda story: (story.head.score, story.head.day),
}
