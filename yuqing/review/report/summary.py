"""【舆情总结】 and the lead paragraphs: every sentence from counts, every number with its entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from yuqing.core.times import Window
from yuqing.review.draft.actions import ACTION_NAMES, Action
from yuqing.review.draft.places import short_province
from yuqing.review.report.records import Change, Count, Entry, Paragraph, Row, Segment, TableSection

_NAMED = 8  # labels written out in a list before 等
_STOOD_OUT = 5  # sectors named in the summary
_CHANGES = 3  # sectors named for each kind of change
_ACTIONS: tuple[Action, ...] = ("document", "cooperation", "platform", "pilot", "meeting", "other")


class Text:
    """Builds a paragraph; numbers are segments with the entries they count."""

    def __init__(self) -> None:
        self._parts: list[Segment] = []

    def say(self, text: str) -> Text:
        if text:
            self._parts.append(Segment(text=text))
        return self

    def number(self, entries: Sequence[Entry]) -> Text:
        return self.count(len(entries), entries)

    def count(self, value: int, entries: Sequence[Entry]) -> Text:
        """A number of things other than entries (ministries, provinces), resting on ``entries``."""
        return self.refer(value, tuple(entry.id for entry in entries))

    def refer(self, value: int, refs: tuple[str, ...]) -> Text:
        """A number with the ids of its entries."""
        self._parts.append(Segment(text=str(value), refs=refs))
        return self

    def done(self) -> Paragraph:
        return tuple(self._parts)


def _names(labels: Sequence[str]) -> str:
    return "、".join(labels[:_NAMED]) + ("等" if len(labels) > 1 else "")


def _all(rows: Sequence[Row]) -> list[Entry]:
    return [entry for row in rows for entry in row.entries]


def _by_action(rows: Sequence[Row]) -> dict[Action, list[tuple[str, Entry]]]:
    found: defaultdict[Action, list[tuple[str, Entry]]] = defaultdict(list)
    for row in rows:
        for entry in row.entries:
            found[entry.action].append((row.label, entry))
    return {action: found[action] for action in _ACTIONS if action in found}


def lead(rows: Sequence[Row], subject: str, unit: str, label: Callable[[str], str] = str) -> Paragraph:
    """The lead paragraph of a table: how many, who, and the labels grouped by kind of act."""
    if not rows:
        return Text().say(f"本期未监测到{subject}“互联网+”相关举措。").done()
    entries = _all(rows)
    text = Text().say(f"本期监测到{subject}“互联网+”相关举措").number(entries).say("条，涉及")
    text.say(_names([label(row.label) for row in rows])).count(len(rows), entries).say(unit + "。")
    kinds = _by_action(rows)
    for index, (action, found) in enumerate(kinds.items()):
        labels = list(dict.fromkeys(label(name) for name, _ in found))
        text.say(f"{ACTION_NAMES[action]}方面，{_names(labels)}").count(len(labels), [e for _, e in found])
        text.say(f"{unit}有相关举措").number([entry for _, entry in found])
        text.say("条。" if index == len(kinds) - 1 else "条；")
    return text.done()


def ministry_lead(rows: Sequence[Row]) -> Paragraph:
    return lead(rows, "国家部委", "个部委")


def province_lead(rows: Sequence[Row]) -> Paragraph:
    return lead(rows, "地方", "个省（区、市）", short_province)


def enterprise_lead(rows: Sequence[Row]) -> Paragraph:
    return lead(rows, "电信运营商及互联网企业参与的", "家企业")


def _level(text: Text, name: str, rows: Sequence[Row], unit: str) -> None:
    if not rows:
        return
    entries = _all(rows)
    text.say(f"{name}层面，").count(len(rows), entries).say(f"{unit}有相关举措").number(entries).say("条")
    kinds = sorted(_by_action(rows).items(), key=lambda pair: (-len(pair[1]), _ACTIONS.index(pair[0])))
    told = [(action, found) for action, found in kinds if action != "other"][:3]
    for index, (action, found) in enumerate(told):
        text.say("，其中" if not index else "、").say(ACTION_NAMES[action])
        text.number([entry for _, entry in found]).say("条")
    text.say("。")


def summary(
    window: Window,
    sections: Sequence[TableSection],
    summits: Sequence[Entry],
    unique: Sequence[Entry],
    reprints: int,
    sectors: Sequence[Count],
    changes: Sequence[Change],
) -> Paragraph:
    """【舆情总结】. ``unique`` are the entries without cross-listed ones."""
    first, last = window.first, window.last
    end = f"{last.month}月{last.day}日" if first.year == last.year else f"{last.year}年{last.month}月{last.day}日"
    text = Text().say(f"{first.year}年{first.month}月{first.day}日至{end}，")
    if not unique:
        return text.say("未监测到“互联网+”相关信息。").done()
    text.say("共监测到“互联网+”相关信息").number(unique).say("条")
    text.say(f"（另有转载{reprints}条，已合并）。" if reprints else "。")
    ministry, province, enterprise = (section.rows for section in sections)
    _level(text, "中央", ministry, "个部委")
    _level(text, "地方", province, "个省（区、市）")
    _level(text, "企业", enterprise, "家企业")
    if summits:
        text.say("相关峰会、论坛").number(summits).say("场。")
    top = [sector for sector in sectors if sector.count > 1][:_STOOD_OUT]
    if top:
        text.say("从领域看，")
        for index, sector in enumerate(top):
            text.say("、" if index else "").say(f"{_quoted(sector.name)}（")
            text.refer(sector.count, sector.refs).say("条）")
        text.say("等较为集中。" if len(top) < len(sectors) else "较为集中。")
    _against_before(text, changes, sectors)
    return text.done()


def _quoted(name: str) -> str:
    return f"“{name}”" if name.startswith("互联网+") else name


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
            text.say("、" if index else "").say(f"{_quoted(change.name)}（上期{change.before}条，本期")
            text.refer(change.now, refs.get(change.name, ())).say("条）")
    if told:
        text.say("。")
