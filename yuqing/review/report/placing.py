"""The drafted entries of the stories, each in the sections and under the labels where it belongs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from yuqing.core.labels import SECTIONS
from yuqing.core.names import NO_NAMES, Names
from yuqing.core.records import Item, Section
from yuqing.core.times import Window
from yuqing.core.urls import printed_url
from yuqing.review.draft.dates import find_days
from yuqing.review.draft.records import Draft
from yuqing.review.draft.rows import draft, draft_paragraph
from yuqing.review.draft.voice import for_table
from yuqing.review.issue.arrange import ITEM_ID
from yuqing.review.report.groups import Group, sectors_of
from yuqing.review.report.records import Entry, Placed, ReportLink
from yuqing.review.report.sections import OTHER

_PARAGRAPHS = frozenset({"summit", "special"})  # the sections of paragraphs; the others are tables of rows
_ACTION = "action:"  # prefix of the kind in the rule of its evidence
_RESULTS = "成效发布"
_FIGURE = re.compile(r"\d|[一二三四五六七八九]成|[百千万亿]")

Place = Callable[[Sequence[Group], Window, Names], list[Placed]]


def place_all(stories: Sequence[Group], window: Window, names: Names = NO_NAMES) -> list[Placed]:
    """The drafted entries of ``stories``, each in every section where it belongs; the expensive part of a report."""
    return [entry for found in stories for entry in _place(found, window, names)]


def _sections(item: Item) -> tuple[Section, ...]:
    """The sections of an item in the order of the report."""
    return tuple(section for section in SECTIONS if section in item.tags.sections)


def _entry(found: Group, section: str, window: Window, names: Names, heading: str = "") -> Entry:
    item = found.head
    long = section in _PARAGRAPHS
    made = draft_paragraph(item, names) if long else next(iter(draft(item, names, limit=1)), None)
    text = item.review.row or (made.text if made else item.article.title)
    if not long and not _PARAGRAPHS.isdisjoint(item.tags.sections):  # what was accepted is the summit's paragraph
        text = for_table(text)
    day = made.date_start if made else item.article.day
    if item.review.row:
        said = find_days(item.review.row[:24], item.article.day or window.last)
        day = next((mention.first for mention in said if mention.first), day)
    return Entry(
        id=f"{section}-{item.id[:ITEM_ID]}",
        text=text,
        links=tuple(ReportLink(name=member.source_name, url=printed_url(member.article.url)) for member in found.items),
        item_ids=tuple(member.id for member in found.items),
        date=day.isoformat() if day else "",
        found=item.article.published_at[:10],
        actions=_acts(item, made),
        state=item.review.state,
        heading=heading,
        sectors=sectors_of(item),
    )


def _acts(item: Item, made: Draft | None) -> tuple[str, ...]:
    """The kinds of action that the headline or the row states: a lead must not claim what only the rest of the text
    says.

    Kinds that a person added have no evidence and count too. Results must be stated in figures.
    """
    quotes = made.evidence if made else ()
    if "summit" in item.tags.sections:  # what came of it, which its last sentence tells, is not what it is
        quotes = quotes[:-1] or quotes
    spans = [(quote.field, quote.start, quote.end) for quote in quotes]
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
    """The entries of a story: one in every section (and under every label) where it belongs."""
    item = found.head
    placed: list[Placed] = []
    short: Entry | None = None
    if not _sections(item):
        return [Placed("unplaced", "", _entry(found, "unplaced", window, names), item.article.title, item.content_hash)]
    for section in _sections(item):
        if section in _PARAGRAPHS:
            heading = _summit_name(item) if section == "summit" else item.article.title
            entry = _entry(found, section, window, names, heading)
        else:
            short = short or _entry(found, section, window, names)
            entry = short
        for index, label in enumerate(labels_of(item, section, entry.text)):
            suffix = f"-{index + 1}" if index else ""
            marker = "➢" if section == "enterprise" else ""
            key = f"{section}-{item.id[:ITEM_ID]}{suffix}"
            listed = replace(entry, id=key, marker=marker, cross_listed=bool(placed))
            placed.append(Placed(section, label, listed, item.article.title, item.content_hash))
    return placed


def _summit_name(item: Item) -> str:
    """The name of the summit as a heading: single quotation marks, which it has inside “…” in the text, are double."""
    if not item.tags.events:
        return item.article.title
    name = item.tags.events[0].name
    return name if "“" in name else name.translate(str.maketrans("‘’", "“”"))


def labels_of(item: Item, section: Section, text: str) -> tuple[str, ...]:
    """The rows of ``section`` in which an item is listed.

    A ministry's item is listed once, under the ministry that its row names first; a province's under every primary
    region; an enterprise's under every enterprise that its row or title names.
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
