"""【舆情总结】 in three variants: as in the published issues, in figures, and short."""

from __future__ import annotations

from collections.abc import Sequence

from yuqing.core.times import Window
from yuqing.review.report.kinds import by_kind
from yuqing.review.report.leads import tell_kinds
from yuqing.review.report.prose import Text, once, phrase
from yuqing.review.report.records import Change, Count, Entry, Paragraph, TableSection
from yuqing.review.report.sections import TABLES

_KINDS = 3  # kinds mentioned per level
_STOOD_OUT = 5  # sectors mentioned
_CHANGES = 3  # sectors mentioned per kind of change
_SUMMITS = 3  # summits mentioned


def summaries(
    window: Window,
    sections: Sequence[TableSection],
    summits: Sequence[Entry],
    unique: Sequence[Entry],
    reprints: int,
    sectors: Sequence[Count],
    changes: Sequence[Change],
) -> tuple[Paragraph, ...]:
    """【舆情总结】 in each of the variants, the usual one first. ``unique`` excludes cross-listed entries."""
    if not unique:
        return (_opening(window).say("未监测到“互联网+”相关信息。").done(),)
    published = _counted(_opening(window), unique, reprints)
    figures = _counted(_opening(window), unique, reprints)
    short = _counted(_opening(window), unique, reprints)
    for section in sections:
        if section.rows:
            _told_level(published, section)
            _counted_level(figures, section)
    for text in (published, figures):
        if summits:
            heads = {entry.heading: (entry.id,) for entry in summits}
            text.say("相关峰会、论坛有").names({_quoted(name): ids for name, ids in heads.items()}, "", limit=_SUMMITS)
            text.say("。")
    _stood_out(published, sectors, counts=False)
    _stood_out(figures, sectors, counts=True)
    _stood_out(short, sectors, counts=False)
    _against_before(published, changes, sectors)
    _against_before(figures, changes, sectors)
    return tuple(dict.fromkeys(text.done() for text in (published, figures, short)))


def _opening(window: Window) -> Text:
    first, last = window.first, window.last
    end = f"{last.month}月{last.day}日" if first.year == last.year else f"{last.year}年{last.month}月{last.day}日"
    return Text().say(f"{first.year}年{first.month}月{first.day}日至{end}，")


def _quoted(name: str) -> str:
    """A summit's name in quotation marks; quotation marks within it become single ones."""
    whole = name.startswith("“") and name.endswith("”") and name.count("“") == 1
    return name if whole else f"“{name.replace('“', '‘').replace('”', '’')}”"


def _counted(text: Text, unique: Sequence[Entry], reprints: int) -> Text:
    text.say("共监测到“互联网+”相关信息").number(unique).say("条")
    return text.say(f"（另有转载{reprints}条，已合并）。" if reprints else "。")


def _told_level(text: Text, section: TableSection) -> None:
    """Who did what at a level; only the first names if there was no action of a known kind."""
    groups = by_kind([row for row in section.rows if row.label != "其他"], section.key)[:_KINDS]
    text.say(f"{TABLES[section.key].level}层面，")
    if groups:
        tell_kinds(text, groups, section.key)
        return
    entries = [entry for row in section.rows for entry in row.entries]
    text.names({row.label: tuple(entry.id for entry in row.entries) for row in section.rows}, "", limit=_KINDS)
    text.say("有相关举措。" if entries else "")


def _counted_level(text: Text, section: TableSection) -> None:
    name, unit = TABLES[section.key].level, TABLES[section.key].counted
    entries = once(entry for row in section.rows for entry in row.entries)
    text.say(f"{name}层面，").refer(len(section.rows), (entry.id for entry in entries)).say(unit)
    text.say("的信息").number(entries).say("条")
    groups = sorted(by_kind(section.rows, section.key), key=lambda group: -len(group.entries))[:_KINDS]
    for index, group in enumerate(groups):
        text.say("、" if index else "，其中").say(group.kind).number(group.entries).say("条")
    text.say("。")


def _stood_out(text: Text, sectors: Sequence[Count], *, counts: bool) -> None:
    top = [sector for sector in sectors if sector.count > 1][:_STOOD_OUT]
    if not top:
        return
    text.say("从领域看，")
    if not counts:
        text.names({sector.name: sector.refs for sector in top}, "", quoted=True)
    for index, sector in enumerate(top if counts else ()):
        text.say("、" if index else "").refer(phrase(sector.name), sector.refs)
        text.say("（").refer(sector.count, sector.refs).say("条）")
    text.say("等较为集中。" if len(top) < len(sectors) else "较为集中。")


def _against_before(text: Text, changes: Sequence[Change], sectors: Sequence[Count]) -> None:
    refs = {sector.name: sector.refs for sector in sectors}
    told = False
    for kind, verb in (("new", "新出现"), ("up", "增加较多的有"), ("down", "减少较多的有")):
        found = [change for change in changes if change.kind == kind]
        found.sort(key=lambda change: (-abs(change.now - change.before), change.name))
        if not found:
            continue
        text.say("；" if told else "与上期相比，").say(verb)
        told = True
        for index, change in enumerate(found[:_CHANGES]):
            text.say("、" if index else "").say(f"{phrase(change.name)}（上期{change.before}条，本期")
            text.refer(change.now, refs.get(change.name, ())).say("条）")
    if told:
        text.say("。")
