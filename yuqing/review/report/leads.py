"""The lead paragraphs of the tables, in three variants: by action, by sector, and in figures.

Each names who did what; every name and number rests on entries of its table, and each entry appears under one kind.
"""

from __future__ import annotations

from collections.abc import Sequence

from yuqing.core.records import Section
from yuqing.review.report.kinds import KindGroup, by_kind, sectors_of_entries, short_label
from yuqing.review.report.prose import Text, once
from yuqing.review.report.records import Entry, Paragraph, Row
from yuqing.review.report.sections import OTHER, TABLES

_GROUPS = 5  # maximum number of kinds mentioned
_A_SENTENCE = 2  # kinds mentioned in one sentence
_SECTORS = 3  # maximum number of sectors mentioned
_OPENING = 4  # names in the first sentence


def leads(rows: Sequence[Row], section: Section) -> tuple[Paragraph, ...]:
    """The lead of a table in each of the variants, the usual one first; identical variants only once."""
    entries = once(entry for row in rows for entry in row.entries)
    if not entries:
        return (Text().say(f"本期未监测到{TABLES[section].subject}“互联网+”相关举措。").done(),)
    made = (_by_kind(rows, section), _by_sector(rows, section), _in_figures(rows, section, entries))
    return tuple(dict.fromkeys(made))


def tell_kinds(text: Text, groups: Sequence[KindGroup], section: Section) -> None:
    """Sentences that name who did what, two kinds each."""
    told = groups[:_GROUPS]
    for start in range(0, len(told), _A_SENTENCE):
        for index, group in enumerate(told[start : start + _A_SENTENCE]):
            text.say("，" if index else "此外，" if start and start + _A_SENTENCE >= len(told) else "")
            text.names(group.labels, TABLES[section].unit).say(group.told)
        text.say("。")


def _opening(rows: Sequence[Row], section: Section) -> Text:
    """Who did something, and in which sectors."""
    text = Text().say("本期，")
    labels = _labels(rows, section)
    text.names(labels, TABLES[section].unit, limit=_OPENING).say("推出“互联网+”相关举措")
    sectors = sectors_of_entries(entry for row in rows for entry in row.entries)
    if sectors:
        text.say("，涉及").names(sectors, "领域", limit=_SECTORS, quoted=True)
        text.say("" if len(sectors) > _SECTORS else "领域")
    return text.say("。")


def _labels(rows: Sequence[Row], section: Section) -> dict[str, tuple[str, ...]]:
    """Label → ids of its entries, in the order of the table."""
    named = [row for row in rows if row.label != OTHER] or rows
    return {short_label(row.label, section): tuple(entry.id for entry in row.entries) for row in named}


def _by_kind(rows: Sequence[Row], section: Section) -> Paragraph:
    text = _opening(rows, section)
    named = [row for row in rows if row.label != OTHER]
    groups = by_kind(named, section)
    tell_kinds(text, groups, section)
    told = {label for group in groups[:_GROUPS] for label in group.labels}
    rest = {label: ids for label, ids in _labels(named, section).items() if label not in told} if named else {}
    if rest and groups:
        text.names(rest, TABLES[section].unit).say("也有相关举措。")
    return text.done()


def _by_sector(rows: Sequence[Row], section: Section) -> Paragraph:
    """The most frequent sectors, each with who did what in it."""
    named = [row for row in rows if row.label != OTHER]
    text = _opening(rows, section)
    for name in [*sectors_of_entries(entry for row in named for entry in row.entries)][:_SECTORS]:
        inside = [
            Row(label=row.label, entries=tuple(entry for entry in row.entries if name in entry.sectors))
            for row in named
            if any(name in entry.sectors for entry in row.entries)
        ]
        groups = by_kind(inside, section)[:_A_SENTENCE]
        if not groups:
            continue
        refs = tuple(entry.id for row in inside for entry in row.entries)
        text.names({name: refs}, "", quoted=True).say("方面，")
        for index, group in enumerate(groups):
            text.say("，" if index else "").names(group.labels, TABLES[section].unit).say(group.told)
        text.say("。")
    return text.done()


def _in_figures(rows: Sequence[Row], section: Section, entries: Sequence[Entry]) -> Paragraph:
    """How many items from how many labels, in total and by kind, for readers who want figures."""
    text = Text().say(f"本期收录{TABLES[section].subject}“互联网+”相关信息").number(entries).say("条")
    if len(rows) > 1:
        text.say("，涉及").refer(len(rows), (entry.id for entry in entries)).say(TABLES[section].counted)
    text.say("。")
    groups = sorted(by_kind(rows, section), key=lambda group: -len(group.entries))
    for index, group in enumerate(groups):
        text.say("；" if index else "其中，").say(f"{group.kind}").number(group.entries).say("条（")
        text.names(group.labels, "").say("）")
    return text.say("。" if groups else "").done()
