"""Paragraphs of segments: names and numbers that carry the entries they are based on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from yuqing.review.report.records import Entry, Paragraph, Segment

NAMED = 6  # names listed before 等


class Text:
    """Builds a paragraph; names and numbers are segments with the ids of the entries they are based on."""

    def __init__(self) -> None:
        self._parts: list[Segment] = []

    def say(self, text: str) -> Text:
        """Append plain text."""
        if text:
            self._parts.append(Segment(text=text))
        return self

    def refer(self, said: int | str, refs: Iterable[str]) -> Text:
        """Append a number or a name with the ids of its entries."""
        self._parts.append(Segment(text=str(said), refs=tuple(dict.fromkeys(refs))))
        return self

    def number(self, entries: Sequence[Entry]) -> Text:
        """Append the number of stories in ``entries``: one that is in several rows counts once."""
        found = once(entries)
        return self.refer(len(found), (entry.id for entry in found))

    def names(self, named: Mapping[str, Sequence[str]], many: str, *, limit: int = NAMED, quoted: bool = False) -> Text:
        """Append the names, each with its entries: 甲、乙、丙, or 甲、乙等``many`` if there are more than ``limit``."""
        before = ""
        for name, refs in [*named.items()][:limit]:
            said = phrase(name) if quoted else name
            self.say("、" if before and not (before.endswith("”") and said.startswith("“")) else "").refer(said, refs)
            before = said
        return self.say("等" + many if len(named) > limit else "")

    def done(self) -> Paragraph:
        """The paragraph."""
        return tuple(self._parts)


def phrase(name: str) -> str:
    """A sector within a sentence: 互联网+X in quotation marks."""
    return f"“{name}”" if name.startswith("互联网+") else name


def once(entries: Iterable[Entry]) -> list[Entry]:
    """``entries`` without repetitions of a story under a second label or in a second section."""
    found: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        found.setdefault((*entry.item_ids, entry.id.partition("~")[2]), entry)
    return list(found.values())
