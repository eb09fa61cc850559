"""Builds the monthly report from the items of a window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from yuqing.core.decided import decided
from yuqing.core.names import Names
from yuqing.core.records import Item, Section
from yuqing.core.times import Window
from yuqing.review.issue.arrange import ITEM_ID, arrange
from yuqing.review.issue.finish import Issue, finish
from yuqing.review.issue.parts import NO_EDITS, ORDER, IssueEdits, in_order
from yuqing.review.report.compare import Earlier, changes_since, earlier, earlier_of
from yuqing.review.report.coverage import SourceNote, coverage_notes
from yuqing.review.report.form import Form
from yuqing.review.report.groups import group
from yuqing.review.report.leads import leads
from yuqing.review.report.placing import Place, labels_of, place_all
from yuqing.review.report.records import (
    FORMAT,
    Count,
    Cover,
    Entry,
    Placed,
    Report,
    Row,
    TableSection,
    Topic,
    Version,
)
from yuqing.review.report.sections import OTHER, TABLES, own_titles, section_heading
from yuqing.review.report.summary import summaries


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

    ``items`` may include other windows' items: an item belongs to the window in which it was first seen, as in the
    queue, even if its page has changed its date since. A person's tags override the rules'. ``before`` are the items of
    the previous window, or what :func:`earlier` extracted from them, for the comparison (None: no comparison).
    ``sources`` are the sources that 覆盖说明 mentions. ``versions`` (keywords, sources, program) are stored as given.
    ``place`` does the work of :func:`place_all`.
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
        lambda one, section: labels_of(heads[one.entry.id.split("-")[1]], section, one.entry.text)[0],
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
    changes, new_words = changes_since(earlier_of(groups), compared)
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


def _cover(window: Window, form: Form) -> Cover:
    year, month = window.name.split("-")
    return Cover(
        title=form.title,
        subtitle=form.subtitle,
        issue=f"{year}年第{int(month)}期",
        institute=form.institute,
        period=f"{window.first:%Y.%m.%d} - {window.last:%Y.%m.%d}",
    )


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
    """``entries`` in the order that a person chose under ``name``."""
    by_id = {entry.id: entry for entry in entries}
    return tuple(by_id[key] for key in in_order(by_id, edits.listed(f"{ORDER}.{name}")))


def _merged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Summits by name: stories about one summit become one entry, with the first one's text and everyone's links."""
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
