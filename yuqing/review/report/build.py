"""Builds the monthly report from the items of a window."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from yuqing.core.decided import decided
from yuqing.core.labels import SECTIONS
from yuqing.core.names import NO_NAMES, Names
from yuqing.core.records import Item, Section
from yuqing.core.times import Window
from yuqing.review.draft.dates import find_days
from yuqing.review.draft.records import Draft
from yuqing.review.draft.rows import draft, draft_paragraph
from yuqing.review.issue.arrange import ITEM_ID, arrange
from yuqing.review.issue.finish import Issue, finish
from yuqing.review.issue.parts import NO_EDITS, ORDER, IssueEdits, in_order
from yuqing.review.report.coverage import SourceNote, coverage_notes
from yuqing.review.report.form import Form
from yuqing.review.report.groups import Group, group, sectors_of
from yuqing.review.report.leads import leads
from yuqing.review.report.records import (
    FORMAT,
    Change,
    Count,
    Cover,
    Entry,
    Placed,
    Report,
    ReportLink,
    Row,
    TableSection,
    Topic,
    Version,
)
from yuqing.review.report.sections import OTHER, TABLES, own_titles, section_heading
from yuqing.review.report.summary import summaries

_ACTION = "action:"  # before the kind in the rule of its evidence
_RESULTS = "成效发布"
_FIGURE = re.compile(r"\d|[一二三四五六七八九]成|[百千万亿]")


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the comparison takes of the window before: items by sector, and the phrases that keywords.yaml lacks."""

    sectors: Mapping[str, int]
    words: frozenset[str]


Place = Callable[[Sequence[Group], Window, Names], list[Placed]]


def place_all(stories: Sequence[Group], window: Window, names: Names = NO_NAMES) -> list[Placed]:
    """The drafted entries of ``stories``, each in every section that it belongs to: the long part of the work."""
    return [entry for found in stories for entry in _place(found, window, names)]


def build_report(
    items: Iterable[Item],
    window: Window,
    form: Form | None = None,
    *,
    before: Iterable[Item] | Earlier | None = None,
    sources: Sequence[SourceNote] = (),
    versions: Mapping[str, str] | None = None,
    place: Place = place_all,
    edits: IssueEdits = NO_EDITS,
) -> Report:
    """The report of ``window`` as people edited it; see :func:`build_issue`."""
    return build_issue(
        items, window, form, before=before, sources=sources, versions=versions, place=place, edits=edits
    ).report


def build_issue(
    items: Iterable[Item],
    window: Window,
    form: Form | None = None,
    *,
    before: Iterable[Item] | Earlier | None = None,
    sources: Sequence[SourceNote] = (),
    versions: Mapping[str, str] | None = None,
    place: Place = place_all,
    edits: IssueEdits = NO_EDITS,
) -> Issue:
    """The report of ``window``, and what the program would print without the ``edits``.

    ``items`` may hold other windows' items: an item belongs to the window of its first sight, as in the queue, even if
    its page has changed its day since. A person's tags go before those of the rules. ``before`` are the items of the
    window before, or what :func:`earlier` took of them, for the comparison (None: no comparison). ``sources`` are the
    sources that 覆盖说明 names. ``versions`` (keywords, sources, program) are kept as given. ``place`` does the work of
    :func:`place_all`.
    """
    form = form or Form()
    inside = [decided(item) for item in items if item.window == window.name]
    groups = group(inside, form.tiers)
    if form.accepted_only:
        groups = [found for found in groups if found.head.review.state == "accepted"]
    heads = {found.head.id[:ITEM_ID]: found.head for found in groups}
    arranged = arrange(
        place(groups, window, form.names),
        edits,
        lambda one, section: _labels(heads[one.entry.id.split("-")[1]], section, one.entry.text)[0],
    )
    placed, edits = arranged.placed, arranged.edits
    tables = (
        _table("ministry", tuple(form.names.ministries), placed, edits, form.names),
        _table("province", form.names.provinces, placed, edits, form.names),
        _table("enterprise", tuple(form.names.enterprises), placed, edits, form.names),
    )
    summits = _ordered(_merged(entry.entry for entry in placed if entry.section == "summit"), edits, "summit")
    topics = _topics(placed, edits)
    unplaced = tuple(one.entry for one in placed if one.section == "unplaced")
    shown = [entry for table in tables for row in table.rows for entry in row.entries]
    shown += [*summits, *(entry for topic in topics for entry in topic.entries)]
    unique = [entry for entry in shown if not entry.cross_listed]
    sectors = _counts((name, entry) for entry in unique for name in entry.sectors)
    compared = before if before is None or isinstance(before, Earlier) else earlier(before, form)
    changes, new_words = _changes(earlier_of(groups), compared)
    provinces = tuple(
        Count(name=row.label, count=len(row.entries), refs=tuple(entry.id for entry in row.entries))
        for row in tables[1].rows
    )
    told = summaries(window, tables, summits, unique, sum(len(found.items) - 1 for found in groups), sectors, changes)
    variants = {f"lead.{table.key}": leads(table.rows, table.key)[1:] for table in tables} | {"summary": told[1:]}
    report = Report(
        format=FORMAT,
        window=window.name,
        first=window.first.isoformat(),
        last=window.last.isoformat(),
        cover=_cover(window, form),
        preface=form.preface,
        summary=told[0],
        sections=tables,
        summits=summits,
        topics=topics,
        sectors=sectors,
        provinces=provinces,
        days=_days(unique, window),
        changes=changes,
        new_words=new_words,
        coverage=coverage_notes(unplaced, [row.label for row in tables[1].rows], form, sources),
        unplaced=unplaced,
        contacts=form.contacts,
        versions=tuple(Version(name=name, value=value) for name, value in sorted((versions or {}).items())),
        shown=form.shown,
        headings=own_titles(form.names),
    )
    return finish(report, arranged, variants)


def earlier_of(groups: Iterable[Group]) -> Earlier:
    """What a comparison takes of the stories of a window."""
    found = [story.head for story in groups]
    return Earlier(
        sectors=Counter(name for item in found for name in sectors_of(item)),
        words=frozenset(tag.phrase for item in found for tag in item.tags.sectors if tag.name is None),
    )


def earlier(items: Iterable[Item], form: Form) -> Earlier:
    """What a comparison takes of the items of the window before."""
    return earlier_of(group(map(decided, items), form.tiers))


def _cover(window: Window, form: Form) -> Cover:
    year, month = window.name.split("-")
    return Cover(
        title=form.title,
        subtitle=form.subtitle,
        issue=f"{year}年第{int(month)}期",
        institute=form.institute,
        period=f"{window.first:%Y.%m.%d} - {window.last:%Y.%m.%d}",
    )


def _sections(item: Item) -> tuple[Section, ...]:
    """The sections of an item in the order of the report."""
    return tuple(section for section in SECTIONS if section in item.tags.sections)


def _entry(found: Group, section: str, window: Window, names: Names, heading: str = "") -> Entry:
    item = found.head
    long = section in ("summit", "special")
    made = draft_paragraph(item, names) if long else next(iter(draft(item, names, limit=1)), None)
    text = item.review.row or (made.text if made else item.article.title)
    day = made.date_start if made else item.article.day
    if item.review.row:
        said = find_days(item.review.row[:24], item.article.day or window.last)
        day = next((mention.first for mention in said if mention.first), day)
    return Entry(
        id=f"{section}-{item.id[:ITEM_ID]}",
        text=text,
        links=tuple(ReportLink(name=member.source_name, url=member.article.url) for member in found.items),
        item_ids=tuple(member.id for member in found.items),
        date=day.isoformat() if day else "",
        found=item.article.published_at[:10],
        actions=_acts(item, made),
        state=item.review.state,
        heading=heading,
        sectors=sectors_of(item),
    )


def _acts(item: Item, made: Draft | None) -> tuple[str, ...]:
    """The kinds of what is done that the headline or the row tells: a lead must not claim what only the rest says.

    Those that a person added have no evidence and count. Results are told by figures.
    """
    spans = [(quote.field, quote.start, quote.end) for quote in made.evidence] if made else []
    evidence = [shown for shown in item.tags.evidence if shown.rule.startswith(_ACTION)]
    told = {
        shown.tag
        for shown in evidence
        if (shown.field == "title" or any(f == shown.field and s <= shown.start < e for f, s, e in spans))
        and (shown.tag != _RESULTS or _FIGURE.search(shown.text))
    }
    by_rules = {shown.tag for shown in evidence}
    return tuple(kind for kind in item.tags.actions if kind in told or kind not in by_rules)


def _place(found: Group, window: Window, names: Names) -> list[Placed]:
    """The entries of a story: one in every section (and under every label) that it belongs to."""
    item = found.head
    placed: list[Placed] = []
    short: Entry | None = None
    if not _sections(item):
        return [Placed("unplaced", "", _entry(found, "unplaced", window, names), item.article.title, item.content_hash)]
    for section in _sections(item):
        if section in ("summit", "special"):
            heading = _summit_name(item) if section == "summit" else item.article.title
            entry = _entry(found, section, window, names, heading)
        else:
            short = short or _entry(found, section, window, names)
            entry = short
        for index, label in enumerate(_labels(item, section, entry.text)):
            suffix = f"-{index + 1}" if index else ""
            marker = "➢" if section == "enterprise" else ""
            key = f"{section}-{item.id[:ITEM_ID]}{suffix}"
            listed = replace(entry, id=key, marker=marker, cross_listed=bool(placed))
            placed.append(Placed(section, label, listed, item.article.title, item.content_hash))
    return placed


def _summit_name(item: Item) -> str:
    return item.tags.events[0].name if item.tags.events else item.article.title


def _labels(item: Item, section: Section, text: str) -> tuple[str, ...]:
    """The rows of ``section`` that an item stands in.

    A ministry's item stands once, under the ministry that its row names first; a province's under every
    primary region; an enterprise's under every enterprise that its row or title names.
    """
    tags = item.tags
    if section == "ministry":
        named = sorted((name for name in tags.ministries if name in text), key=text.index)
        return ((named or [*tags.ministries, OTHER])[0],)
    if section == "province":
        regions = [region for region in tags.regions if region.primary] or list(tags.regions[:1])
        return tuple(dict.fromkeys(region.province for region in regions)) or (OTHER,)
    if section == "enterprise":
        named = [name for name in tags.enterprises if name in text or name in item.article.title]
        return tuple(named) or tags.enterprises[:1] or (OTHER,)
    if section == "special":
        return tags.topics or (OTHER,)
    return ("",)


def _table(
    key: Section, order: Sequence[str], placed: Sequence[Placed], edits: IssueEdits, names: Names
) -> TableSection:
    rank = {label: index for index, label in enumerate(order)}
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for found in placed:
        if found.section == key:
            entries[found.label].append(found.entry)
    labels = sorted(entries, key=lambda label: (label == OTHER, rank.get(label, len(rank)), label))
    rows = tuple(
        Row(label=label, entries=_ordered(sorted(entries[label], key=_by_day), edits, f"{key}/{label}"))
        for label in in_order(labels, edits.listed(f"{ORDER}.{key}"))
    )
    return TableSection(
        key=key,
        heading=section_heading(key, names),
        columns=TABLES[key].columns,
        lead=leads(rows, key)[0],
        rows=rows,
    )


def _by_day(entry: Entry) -> tuple[str, str]:
    return entry.date, entry.id


def _ordered(entries: Sequence[Entry], edits: IssueEdits, name: str) -> tuple[Entry, ...]:
    """``entries`` in the order that a person gave them under ``name``."""
    by_id = {entry.id: entry for entry in entries}
    return tuple(by_id[key] for key in in_order(by_id, edits.listed(f"{ORDER}.{name}")))


def _merged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Summits by name: stories of one summit make one entry, told by the first, with the links of all."""
    by_name: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.state != "accepted", entry.date, entry.id)):
        known = by_name.get(entry.heading)
        by_name[entry.heading] = (
            replace(known, links=known.links + entry.links, item_ids=known.item_ids + entry.item_ids)
            if known
            else entry
        )
    return tuple(sorted(by_name.values(), key=_by_day))


def _topics(placed: Sequence[Placed], edits: IssueEdits) -> tuple[Topic, ...]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in placed:
        if entry.section == "special":
            found[entry.label].append(entry.entry)
    names = sorted(found, key=lambda name: (name == OTHER, -len(found[name]), name))
    return tuple(
        Topic(name=name, entries=_ordered(sorted(found[name], key=_by_day), edits, f"special/{name}"))
        for name in in_order(names, edits.listed(f"{ORDER}.special"))
    )


def _counts(pairs: Iterable[tuple[str, Entry]]) -> tuple[Count, ...]:
    refs: defaultdict[str, list[str]] = defaultdict(list)
    for name, entry in pairs:
        refs[name].append(entry.id)
    return tuple(
        Count(name=name, count=len(found), refs=tuple(found))
        for name, found in sorted(refs.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )


def _days(entries: Sequence[Entry], window: Window) -> tuple[Count, ...]:
    refs: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        refs[entry.found].append(entry.id)
    days = (window.last - window.first).days + 1
    names = [(window.first + timedelta(days=index)).isoformat() for index in range(days)]
    return tuple(Count(name=name, count=len(refs[name]), refs=tuple(refs[name])) for name in names)


def _changes(now: Earlier, before: Earlier | None) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Sectors against the window before, and 互联网+ words that keywords.yaml and the window before lack."""
    if before is None:
        return (), ()
    counts = [Counter(found.sectors) for found in (now, before)]
    changes = tuple(
        Change(name=name, kind=_kind(counts[0][name], counts[1][name]), now=counts[0][name], before=counts[1][name])
        for name in sorted(set(counts[0]) | set(counts[1]), key=lambda name: (-counts[0][name], -counts[1][name], name))
    )
    return changes, tuple(sorted(now.words - before.words))


def _kind(now: int, before: int) -> Literal["new", "up", "down", "gone", "same"]:
    if now == before:
        return "same"
    if not before or not now:
        return "gone" if before else "new"
    return "up" if now > before else "down"
